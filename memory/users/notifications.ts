/** By what a person wants to be told things, and when only what is urgent. */
import { z } from 'zod';

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 22:30');
const noticeCode = z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, 'must be the code of a notice');

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
});
type Notifications = z.infer<typeof notificationsSchema>;

const standard: Notifications = {
  channels: { app: true, whatsapp: false, spoken: false },
  quiet: null,
  urgent: ['device-waits', 'login-locked', 'device-stolen', 'incident-opened'],
};

/** What a person has said, and for the rest what holds for everybody. */
export const notificationsOf = (kept: Record<string, unknown>): Notifications => {
  const { channels, quiet, urgent } = notificationsSchema.shape;
  return {
    channels: channels.safeParse(kept.channels).data ?? standard.channels,
    quiet: quiet.safeParse(kept.quiet).data ?? standard.quiet,
    urgent: urgent.safeParse(kept.urgent).data ?? standard.urgent,
  };
};
