/** The audit log in words: every deed that has some exists, and no cell is a formula. */
import { expect, it } from 'vitest';
import { whoMayCall } from '../../../admin/who-may-call.ts';
import { auditWords } from '../words/audit.ts';
import {
  type AuditLine,
  csvOf,
  deedOf,
  detailOf,
  isRoutine,
  nameIn,
  startOfDay,
} from './audit-lines.ts';

const line = (given: Partial<AuditLine>): AuditLine => ({
  ...{ number: 7, at: '2026-03-01T12:00:00.000Z', actor: { personId: 'a', name: 'Ada' } },
  ...{ device: null, what: 'delete /api/v1/backups/{name}', target: null },
  ...{ outcome: 'done', detail: { status: 204 }, ...given },
});

it('has words for deeds that there are', () => {
  const routes = Object.keys(auditWords.deeds).filter((deed) => deed.includes('/'));
  expect(routes.filter((route) => !Object.hasOwn(whoMayCall, route))).toEqual([]);
});

it('says what was done, a tool by its name, and what is unknown as it stands', () => {
  expect(deedOf('delete /api/v1/backups/{name}')).toBe('Deleted a backup');
  expect(deedOf('tool home_lights_on')).toBe('Home lights on');
  expect(deedOf('get /api/v1/newest')).toBe('get /api/v1/newest');
});

it('takes for routine only what went well', () => {
  const what = 'post /api/v1/auth/token';
  expect(isRoutine({ what, outcome: 'done' })).toBe(true);
  expect(isRoutine({ what, outcome: 'refused' })).toBe(false);
  expect(isRoutine({ what: 'post /api/v1/auth/login', outcome: 'done' })).toBe(false);
});

it('names people, strangers, parts, and those who are gone', () => {
  expect(nameIn({ personId: 'a', name: 'Ada' })).toBe('Ada');
  expect(nameIn({ id: 'door' })).toBe('Somebody at the door');
  expect(nameIn({ id: 'backup-clock' })).toBe('Backup clock');
  expect(nameIn({ id: '5669b03a-7638-4c44-b194-285b1dc15cd9' })).toBe('somebody who is gone');
});

it('tells details that say more than the outcome', () => {
  expect(detailOf(line({}))).toBe('');
  expect(detailOf(line({ detail: { status: 403, code: 'password-wrong', door: null } }))).toBe(
    'status: 403, code: password-wrong',
  );
});

it('writes a file in which nothing is a formula', () => {
  const actor = { personId: 'b', name: '=HYPERLINK("x")' };
  const [, row] = csvOf([line({ actor })]).split('\r\n');
  expect(row).toContain(`"'=HYPERLINK(""x"")"`);
  expect(row).toContain('"delete /api/v1/backups/{name}"');
});

it('takes a day from its first moment to the first of the next', () => {
  const [from = '', to = ''] = [startOfDay('2026-03-01'), startOfDay('2026-03-01', 1)];
  expect(Date.parse(to) - Date.parse(from)).toBe(86_400_000);
  expect(startOfDay('')).toBeUndefined();
  expect(startOfDay('soon')).toBeUndefined();
});
