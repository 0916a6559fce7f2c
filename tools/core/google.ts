/** A Google account: its settings, and what its refusals mean for a person. */
import { z } from 'zod';
import { ToolError } from './tool-error.ts';

/** One account; `GOOGLE_CLIENT_ID`, `GOOGLE_CLIENT_SECRET`, `GOOGLE_REFRESH_TOKEN` … */
export const googleAccount = z.object({
  clientId: z.string().min(1).describe('OAuth client of your own Google Cloud project.'),
  clientSecret: z.string().min(1),
  refreshToken: z
    .string()
    .min(1)
    .describe('`npm run connect -- google` prints it. Read-only access to calendar and mail.'),
  person: z
    .string()
    .min(1)
    .optional()
    .describe('User name of the person whose account it is. Unset: the household shares it.'),
  baseUrl: z.url().optional().describe('Another address than Google, for tests.'),
});
export type GoogleAccount = z.infer<typeof googleAccount>;

/** What Butler asks to see; it never asks to write. */
export const googleScopes = [
  'https://www.googleapis.com/auth/calendar.readonly',
  'https://www.googleapis.com/auth/gmail.readonly',
];

/** One sentence for doctor: how access is got or renewed. */
export const renewGoogle =
  'Run `npm run connect -- google` and put the lines that it prints into .env; ' +
  'while the OAuth client is "in testing", Google ends the access after 7 days.';

/** The root of Google's APIs, for `rootUrl` of the `@googleapis/*` clients: ends in a slash. */
export const googleRoot = ({ baseUrl }: { baseUrl?: string | undefined }): { rootUrl?: string } =>
  baseUrl === undefined ? {} : { rootUrl: `${baseUrl.replace(/\/+$/, '')}/` };

const sentences = {
  en: {
    revoked:
      'Google no longer lets me in. On the server, run npm run connect -- google, and put the ' +
      'lines it prints into the file .env.',
    client: 'Google does not know my client id or secret. Correct them in the file .env.',
    notAllowed:
      'Google does not let me read that. Run npm run connect -- google again and tick everything.',
    switchedOff: 'That Google service is not switched on for my project: do so in Google Cloud.',
    notFound: 'Google has nothing there any more.',
    busy: 'Google says that I have asked too often. Please try again in a few minutes.',
    broken: 'Google has trouble of its own right now. Please try again in a few minutes.',
    garbage: 'I did not understand what Google answered. Please try again later.',
    unreachable: 'I cannot reach Google right now. Check the internet connection.',
    slow: 'Google takes too long to answer. Please try again in a moment.',
  },
  de: {
    revoked:
      'Google lässt mich nicht mehr hinein. Führ auf dem Server npm run connect -- google aus ' +
      'und trag die Zeilen, die er ausgibt, in die Datei .env ein.',
    client: 'Google kennt meine Client-ID oder mein Secret nicht. Berichtige sie in .env.',
    notAllowed:
      'Google lässt mich das nicht lesen. Führ npm run connect -- google noch einmal aus und ' +
      'erlaub dort alles.',
    switchedOff:
      'Dieser Google-Dienst ist für mein Projekt nicht eingeschaltet. Schalt ihn in Google ' +
      'Cloud ein.',
    notFound: 'Das gibt es bei Google nicht mehr.',
    busy: 'Google sagt, dass ich zu oft gefragt habe. Versuch es in ein paar Minuten noch einmal.',
    broken: 'Google hat gerade selbst eine Störung. Versuch es in ein paar Minuten noch einmal.',
    garbage: 'Die Antwort von Google habe ich nicht verstanden. Versuch es später noch einmal.',
    unreachable: 'Ich erreiche Google gerade nicht. Prüf die Internetverbindung.',
    slow: 'Google braucht zu lange. Versuch es gleich noch einmal.',
  },
};

type Trouble = keyof typeof sentences.en;

const codes: Record<Trouble, string> = {
  revoked: 'access-refused',
  client: 'access-refused',
  notAllowed: 'access-refused',
  switchedOff: 'access-refused',
  notFound: 'not-found',
  busy: 'too-many-requests',
  // What is away counts against the service, whichever way it is away.
  broken: 'unreachable',
  garbage: 'service-garbage',
  unreachable: 'unreachable',
  slow: 'unreachable',
};

/** What the libraries throw, by shape: gaxios' error, or what `fetch` threw below it. */
interface Thrown {
  name?: string;
  message?: string;
  code?: unknown;
  status?: number;
  cause?: unknown;
  response?: { status?: number; data?: unknown };
}

/** @returns the HTTP status of what a Google client threw, where there was an answer. */
export const googleStatus = (error: unknown): number | undefined => {
  const { status, response } = (error ?? {}) as Thrown;
  return status ?? response?.status;
};

/** The reasons in an answer, in both forms that Google writes them (OAuth and API errors). */
const reasonsIn = (error: unknown): string => {
  const { response, message } = (error ?? {}) as Thrown;
  const data = response?.data;
  const text = typeof data === 'string' ? data : JSON.stringify(data ?? '');
  return `${text.slice(0, 4_000)} ${message ?? ''}`;
};

const refusal = (status: number, reasons: string): Trouble => {
  if (/invalid_grant/.test(reasons)) return 'revoked';
  if (/invalid_client|unauthorized_client|deleted_client/.test(reasons)) return 'client';
  if (status === 429 || /rateLimitExceeded|quotaExceeded|RESOURCE_EXHAUSTED/i.test(reasons)) {
    return 'busy';
  }
  if (/accessNotConfigured|SERVICE_DISABLED/.test(reasons)) return 'switchedOff';
  if (status === 401) return 'revoked';
  if (status === 403) return 'notAllowed';
  if (status === 404 || status === 410) return 'notFound';
  return status >= 500 ? 'broken' : 'garbage';
};

const causes = (error: unknown): Thrown[] => {
  const found: Thrown[] = [];
  for (let one = error; one instanceof Error && found.length < 5; one = one.cause) {
    found.push(one as Thrown);
  }
  return found;
};

const troubleOf = (error: unknown): Trouble => {
  const chain = causes(error);
  const said = chain.map(({ name, code, message }) => `${name} ${String(code)} ${message}`).join();
  const status = googleStatus(error);
  // An answer that breaks off or is no JSON comes with status 200.
  if (status !== undefined && status >= 400) return refusal(status, reasonsIn(error));
  if (/invalid_grant|No refresh token|No access, refresh/.test(said)) return 'revoked';
  if (/TimeoutError|AbortError|ETIMEDOUT|aborted|timeout/i.test(said)) return 'slow';
  if (/SyntaxError|ZodError|invalid json|Unexpected (token|end)|terminated/i.test(said)) {
    return 'garbage';
  }
  if (/E(CONN|NOTFOUND|HOST|NET|AI_AGAIN|PIPE)|UND_ERR|fetch failed|socket/i.test(said)) {
    return 'unreachable';
  }
  return 'garbage';
};

/**
 * What a person hears when Google refused or did not answer. A `ToolError` is given back as it is.
 * @param language BCP 47.
 */
export const googleError = (error: unknown, language: string): ToolError => {
  if (error instanceof ToolError) return error;
  const trouble = troubleOf(error);
  const say = sentences[language.toLowerCase().startsWith('de') ? 'de' : 'en'][trouble];
  const refused = trouble === 'revoked' || trouble === 'notAllowed';
  return refused
    ? new ToolError(say, codes[trouble], { mend: renewGoogle })
    : new ToolError(say, codes[trouble]);
};
