/** `fetch` for a calendar server: limits on time, size and hosts, and a sentence for each fault. */
import { type HttpFault, httpSentences } from '../core/http.words.ts';
import { ToolError } from '../core/tool-error.ts';

const requestMs = 6_000;
/** A server that looks through a big calendar; the first reading goes on after the answer. */
const bigRequestMs = 25_000;
const bytesMax = 32 * 1024 * 1024;

const service = { en: 'the calendar server', de: 'der Kalender-Server' };

export interface DavAccess {
  url: string;
  username: string;
  password: string;
}

/** One sentence for doctor: how access is got or renewed. */
export const renewCaldav =
  'Make a new app password (Nextcloud: Settings, Security; iCloud: account.apple.com) and set ' +
  'CALDAV_USERNAME and CALDAV_PASSWORD in .env.';

export const davFault = (fault: HttpFault, language: string, seconds?: number): ToolError => {
  const words = { service, renew: renewCaldav, language, seconds };
  const { say, mend } = httpSentences(fault, words);
  const away = ['service-failed', 'service-slow', 'unreachable'].includes(fault);
  return new ToolError(say, away ? 'unreachable' : fault, { mend });
};

const faultOf = (status: number): HttpFault => {
  if (status === 401 || status === 403) return 'access-refused';
  if (status === 404 || status === 410) return 'not-found';
  if (status === 429) return 'too-many-requests';
  return status >= 500 ? 'service-failed' : 'service-refused';
};

/** "p42-caldav.icloud.com" belongs to "caldav.icloud.com"; the password goes no further. */
const belongs = (url: URL, home: URL): boolean => {
  if (url.host === home.host) return url.protocol === home.protocol || url.protocol === 'https:';
  const ends = (host: string): string => host.split('.').slice(-2).join('.');
  const isNamed = /[a-z]$/i.test(home.hostname) && home.hostname.split('.').length > 2;
  return url.protocol === 'https:' && isNamed && ends(url.hostname) === ends(home.hostname);
};

/** @returns undefined where it is too much. */
const bodyOf = async (response: Response): Promise<Uint8Array<ArrayBuffer> | undefined> => {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    if (size > bytesMax) return undefined;
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
};

/** Answers that mean something to the protocol itself, and are no fault of the service. */
const isProtocol = (url: URL, status: number, body: string): boolean =>
  // Where nothing is well known, the address that was set is used.
  (url.pathname.startsWith('/.well-known/') && status >= 300 && status < 500 && status !== 429) ||
  // RFC 6578 3.8: the sync token is too old.
  ([403, 409, 412, 507].includes(status) && /valid-sync-token|number-of-matches/.test(body));

const isMultistatus = (body: string): boolean => /<([\w-]+:)?multistatus[\s>/]/i.test(body);

const checked = (
  response: Response,
  bytes: Uint8Array<ArrayBuffer>,
  { url, language }: { url: URL; language: string },
): Response => {
  const { status } = response;
  const body = status === 200 || status >= 300 || status === 207 ? textOf(bytes) : '';
  const headers = new Headers({ 'content-type': response.headers.get('content-type') ?? '' });
  const location = response.headers.get('location');
  if (location !== null) headers.set('location', location);
  const answer = () => new Response(bytes.byteLength > 0 ? bytes : null, { status, headers });
  if (isProtocol(url, status, body)) return answer();
  if (status >= 300 && status < 400) throw davFault('service-moved', language);
  if (status >= 400) {
    const seconds = Number(response.headers.get('retry-after')) || undefined;
    throw davFault(faultOf(status), language, seconds);
  }
  // Anything else (a login page, a proxy's greeting) would be read as an empty calendar.
  if (!isMultistatus(body)) throw davFault('service-garbage', language);
  headers.set('content-type', 'application/xml; charset=utf-8');
  return answer();
};

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** @param options.signal ends what is in flight; each request has a limit besides. */
export const davFetch = (
  access: DavAccess,
  { signal, language }: { signal: AbortSignal; language: string },
): typeof fetch => {
  const home = new URL(access.url);
  const credentials = Buffer.from(`${access.username}:${access.password}`).toString('base64');
  // Discovery would try one address after the other, and wait for each of them.
  let away: ToolError | undefined;
  return async (input, init) => {
    if (away) throw away;
    const url = new URL(input instanceof Request ? input.url : input);
    if (!belongs(url, home)) throw davFault('service-moved', language);
    const headers = new Headers(init?.headers);
    const isBig = init?.method === 'REPORT' || headers.get('depth') === '1';
    headers.set('authorization', `Basic ${credentials}`);
    const limit = AbortSignal.timeout(isBig ? bigRequestMs : requestMs);
    try {
      const response = await fetch(url, {
        ...init,
        headers,
        redirect: 'manual',
        signal: AbortSignal.any([signal, limit]),
      });
      const bytes = await bodyOf(response);
      if (!bytes) throw davFault('too-big', language);
      return checked(response, bytes, { url, language });
    } catch (error) {
      if (error instanceof ToolError) throw error;
      const slow = limit.aborted || signal.aborted;
      away = davFault(slow ? 'service-slow' : 'unreachable', language);
      throw away;
    }
  };
};
