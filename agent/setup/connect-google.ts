/** `npm run connect -- google`: asks Google for read-only access and prints the lines for .env. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CodeChallengeMethod, type OAuth2Client } from 'google-auth-library';
import { googleError, googleScopes } from '../../tools/core/google.ts';
import { googleClient } from '../../tools/core/google-client.ts';

const waitMs = 10 * 60_000;

const withoutClient = [
  'Butler reads Google with an OAuth client of your own. Make one, once:',
  '  1. console.cloud.google.com: make a project; switch on the Calendar API and the Gmail API.',
  '  2. "OAuth consent screen": External, your own address as a test user.',
  '     While it is "in testing", Google ends the access after 7 days; "publish" it to keep it.',
  '  3. "Credentials": create an OAuth client ID of the type "Desktop app".',
  '  4. Put into .env: GOOGLE_CLIENT_ID=… and GOOGLE_CLIENT_SECRET=…',
  'Then run npm run connect -- google again.',
].join('\n');

/** Something that a person can mend; the message says how. */
class ConnectError extends Error {
  readonly code = 'connect-failed';
}

export interface Connecting {
  clientId: string;
  clientSecret: string;
  /** Another address than Google, for tests. */
  baseUrl?: string | undefined;
  /** Of the page that Google leads back to; default any free one. */
  port?: number;
  /** Is told what a person should read. */
  say: (text: string) => void;
  /** Is told the address at which Google asks for consent. */
  open: (url: string) => void;
  signal: AbortSignal;
}

const page = (text: string): string =>
  '<!doctype html><meta charset="utf-8"><title>Butler</title>' +
  `<body style="font:1.2rem system-ui;margin:4rem">${text}</body>`;

const isSame = (given: string, wanted: string): boolean => {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
};

/** The code that Google sends back; anything else that comes to the page is answered with 404. */
const codeFrom = (
  message: IncomingMessage,
  response: ServerResponse,
  state: string,
): { code: string } | { refused: string } | undefined => {
  const query = new URL(message.url ?? '/', 'http://127.0.0.1').searchParams;
  const answer = (status: number, text: string): void => {
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
    response.end(page(text));
  };
  if (!isSame(query.get('state') ?? '', state)) {
    answer(404, 'Nothing is here. Use the address that the terminal shows.');
    return undefined;
  }
  const code = query.get('code');
  if (code !== null) {
    answer(200, 'Butler may read your calendar and mail now. You can close this page.');
    return { code };
  }
  answer(200, 'Google gave no access. The terminal says more; you can close this page.');
  return { refused: query.get('error') ?? 'no code' };
};

const linesOf = ({ clientId, clientSecret }: Connecting, refreshToken: string): string[] => [
  `GOOGLE_CLIENT_ID=${clientId}`,
  `GOOGLE_CLIENT_SECRET=${clientSecret}`,
  `GOOGLE_REFRESH_TOKEN=${refreshToken}`,
];

const exchanged = async (client: OAuth2Client, code: string, codeVerifier: string) => {
  try {
    return (await client.getToken({ code, codeVerifier })).tokens;
  } catch (error) {
    throw new ConnectError(googleError(error, 'en').message);
  }
};

/**
 * Waits for a person to give consent in a browser on this machine (RFC 8252, with PKCE).
 * @returns the lines for .env.
 * @throws {ConnectError} where Google or the person said no.
 */
export const connectGoogle = async (connecting: Connecting): Promise<string[]> => {
  const state = randomBytes(24).toString('base64url');
  const ended = Promise.withResolvers<{ code: string } | { refused: string }>();
  const server = createServer((message, response) => {
    const found = codeFrom(message, response, state);
    if (found) ended.resolve(found);
  }).listen(connecting.port ?? 0, '127.0.0.1');
  const onAbort = (): void =>
    ended.reject(new ConnectError('Nobody answered Google. Run npm run connect -- google again.'));
  connecting.signal.addEventListener('abort', onAbort, { once: true });
  try {
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const client = googleClient(connecting, `http://127.0.0.1:${port}/`);
    const { codeVerifier, codeChallenge = '' } = await client.generateCodeVerifierAsync();
    const url = client.generateAuthUrl({
      ...{ access_type: 'offline', prompt: 'consent', scope: googleScopes, state },
      code_challenge: codeChallenge,
      code_challenge_method: CodeChallengeMethod.S256,
    });
    connecting.open(url);
    const answer = await ended.promise;
    if ('refused' in answer) {
      throw new ConnectError('Google gave no access. Run it again and press "Continue".');
    }
    const tokens = await exchanged(client, answer.code, codeVerifier);
    if (!tokens.refresh_token) {
      throw new ConnectError(
        'Google gave no lasting access. Take Butler away at myaccount.google.com/connections and ' +
          'run it again.',
      );
    }
    const lacking = googleScopes.filter(
      (scope) => !(tokens.scope ?? '').split(' ').includes(scope),
    );
    if (lacking.length > 0) {
      const names = lacking.map((scope) => scope.split('/').at(-1)).join(' and ');
      connecting.say(`Not allowed, so Butler will not read it: ${names}.`);
    }
    return linesOf(connecting, tokens.refresh_token);
  } finally {
    connecting.signal.removeEventListener('abort', onAbort);
    server.close();
    server.closeAllConnections();
  }
};

const main = async (): Promise<number> => {
  const { GOOGLE_CLIENT_ID: clientId, GOOGLE_CLIENT_SECRET: clientSecret } = process.env;
  if (process.argv[2] !== 'google') {
    console.error('What shall be connected? Run: npm run connect -- google');
    return 1;
  }
  if (!clientId || !clientSecret) {
    console.error(withoutClient);
    return 1;
  }
  try {
    const lines = await connectGoogle({
      ...{ clientId, clientSecret, baseUrl: process.env.GOOGLE_BASE_URL || undefined },
      say: (text) => console.error(text),
      open: (url) => {
        console.error('Open this address in a browser on this machine, and allow both:\n');
        console.error(`${url}\n`);
        console.error('From another machine: ssh -L PORT:127.0.0.1:PORT, with the port in it.');
      },
      signal: AbortSignal.timeout(waitMs),
    });
    console.error('\nPut these lines into .env, and start Butler again:\n');
    console.log(lines.join('\n'));
    return 0;
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    console.error(error.message);
    return 1;
  }
};

if (import.meta.main) process.exitCode = await main();
