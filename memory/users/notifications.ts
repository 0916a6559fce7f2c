/** By what a person wants to be told things, of what, and when only what is urgent. */
import { z } from 'zod';

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 22:30');
const noticeCode = z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, 'must be the code of a notice');

/** Which notices belong together, by how their codes begin; the rest is always told. */
const codesOf = {
  devices: ['device-', 'login-', 'passkey-'],
  accounts: ['account-'],
  house: ['incident-', 'backup-'],
  spending: ['spending-'],
} as const;
type Topic = keyof typeof codesOf;
const topicNames = Object.keys(codesOf) as Topic[];
const everyTopic = { devices: true, accounts: true, house: true, spending: true };
const topics = z.strictObject({
  devices: z.boolean(),
  accounts: z.boolean(),
  house: z.boolean(),
  spending: z.boolean(),
});

export const notificationsSchema = z.strictObject({
  channels: z.strictObject({
    /** On Butler's page and its devices. */
    app: z.boolean(),
    whatsapp: z.boolean(),
    /** Aloud, where they are. */
    spoken: z.boolean(),
  }),
  /** In the household's time zone, also over midnight; null: at any hour. */
  quiet: z.strictObject({ from: timeOfDay, to: timeOfDay }).nullable(),
  /** Codes of notices that are told in quiet hours, too. */
  urgent: z.array(noticeCode).max(40, 'must be at most 40 codes'),
  /** What is false is kept for them to read, and not told. */
  topics: topics.default(everyTopic),
});
export type Notifications = z.infer<typeof notificationsSchema>;

const standard: Notifications = {
  channels: { app: true, whatsapp: false, spoken: false },
  quiet: null,
  urgent: ['device-waits', 'login-locked', 'device-stolen', 'incident-opened'],
  topics: everyTopic,
};

/** What a person has said, and for the rest what holds for everybody. */
export const notificationsOf = (kept: Record<string, unknown>): Notifications => {
  const { channels, quiet, urgent } = notificationsSchema.shape;
  return {
    channels: channels.safeParse(kept.channels).data ?? standard.channels,
    quiet: quiet.safeParse(kept.quiet).data ?? standard.quiet,
    urgent: urgent.safeParse(kept.urgent).data ?? standard.urgent,
    topics: topics.safeParse(kept.topics).data ?? standard.topics,
  };
};

const minutesOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
};

const isQuiet = ({ quiet }: Notifications, now: { minutes: number }): boolean => {
  if (quiet === null) return false;
  const [from, to] = [minutesOf(quiet.from), minutesOf(quiet.to)];
  if (from === to) return false;
  const { minutes } = now;
  return from < to ? minutes >= from && minutes < to : minutes >= from || minutes < to;
};

/**
 * Whether a notice is told on the page now: `never` it only lies there to be read, `later` it
 * waits until it is no more quiet.
 * @param now.minutes since midnight in the household's zone.
 */
export const tellsNow = (
  wishes: Notifications,
  code: string,
  now: { minutes: number },
): 'now' | 'later' | 'never' => {
  const topic = topicNames.find((name) => codesOf[name].some((start) => code.startsWith(start)));
  if (!wishes.channels.app || (topic && !wishes.topics[topic])) return 'never';
  return isQuiet(wishes, now) && !wishes.urgent.includes(code) ? 'later' : 'now';
};
