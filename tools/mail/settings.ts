/** What an IMAP account is given by; apart from the library that speaks to it. */
import { z } from 'zod';

/** One account; `IMAP_HOST`, `IMAP_USERNAME`, `IMAP_PASSWORD` … */
export const imapAccount = z.object({
  host: z.string().min(1).describe('Mail server, e.g. imap.gmail.com.'),
  port: z.int().min(1).max(65_535).default(993),
  secure: z
    .boolean()
    .default(true)
    .describe('false: without TLS from the start, which is then asked for where it is offered.'),
  username: z.string().min(1),
  password: z.string().min(1).describe('An app password where the provider has such.'),
  mailbox: z.string().min(1).default('INBOX').describe('The folder that is read.'),
  person: z
    .string()
    .min(1)
    .optional()
    .describe('User name of the person whose mail it is. Unset: the household shares it.'),
});
export type ImapAccount = z.infer<typeof imapAccount>;
