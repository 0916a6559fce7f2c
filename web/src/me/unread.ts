/** How many notices a person has not seen, kept up by the house's own line. */
import { useAnswer } from '../app/questions.ts';
import { useAskedAgainOn } from './live.ts';

const noticeEvents = {
  topic: 'notifications',
  types: ['notification', 'notification-settled'],
} as const;

/** As many as the route gives at once; more are shown as "99+" anyway. */
const countedMax = 200;

/** @returns undefined until the house has said so. */
export function useUnreadCount(): number | undefined {
  useAskedAgainOn(noticeEvents, ['get /api/v1/notifications']);
  const query = { unread: 'true', limit: countedMax } as const;
  return useAnswer('get /api/v1/notifications', { query }).data?.notifications.length;
}
