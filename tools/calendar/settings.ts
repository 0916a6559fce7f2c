/** What a calendar account is given by; apart from the libraries that speak to it. */
import { z } from 'zod';
import { googleAccount } from '../core/google.ts';

export const googleCalendarAccount = googleAccount.extend({
  calendars: googleAccount.shape.person.describe(
    'Names of calendars, separated by commas. Unset: those that Google Calendar shows.',
  ),
});
export type GoogleCalendarAccount = z.infer<typeof googleCalendarAccount>;

export const caldavAccount = z.object({
  url: z
    .url({ protocol: /^https?$/ })
    .describe('iCloud: https://caldav.icloud.com; Nextcloud: https://…/remote.php/dav'),
  username: z.string().min(1),
  password: z.string().min(1).describe('An app password, not the one of the account.'),
  calendars: z
    .string()
    .min(1)
    .optional()
    .describe('Names of calendars, separated by commas. Unset: all of them.'),
  person: z
    .string()
    .min(1)
    .optional()
    .describe('User name of the person whose account it is. Unset: the household shares it.'),
});
export type CaldavAccount = z.infer<typeof caldavAccount>;
