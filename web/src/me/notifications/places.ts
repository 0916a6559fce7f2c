/** Where something can be done about a notice, by its code. */
import { notificationWords as words } from '../../words/notifications.ts';

interface NoticePlace {
  path: string;
  name: string;
}

const devices = { path: '/me/devices', name: words.toDevices };

const places: readonly (readonly [start: string, place: NoticePlace])[] = [
  ['device-', devices],
  ['login-', devices],
  ['passkey-', devices],
  ['account-', { path: '/me/accounts', name: words.toAccounts }],
  ['incident-', { path: '/house/status', name: words.toStatus }],
  ['backup-', { path: '/house/backups', name: words.toBackups }],
];

/** Undefined where there is nothing to do but to know. */
export function placeOf(code: string): NoticePlace | undefined {
  return places.find(([start]) => code.startsWith(start))?.[1];
}
