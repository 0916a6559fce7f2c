/** `npm run connect -- google`, with the emulator's consent page and the token that comes of it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectGoogle } from '../agent/setup/connect-google.ts';
import { googleAuth } from '../tools/core/google-client.ts';
import { type GoogleServer, startGoogle } from './servers/google.ts';
import { freePorts } from './servers/ports.ts';

const email = 'maria@example.com';
let google: GoogleServer;
let port: number;

beforeAll(async () => {
  [port = 0] = await freePorts(['tcp']);
  const redirectUris = [`http://127.0.0.1:${port}/`];
  google = await startGoogle({ users: [{ email, name: 'Maria' }] }, { redirectUris });
});
afterAll(() => google?.stop());

/** Connects while `visit` plays the person with the browser. */
const connect = (
  visit: (url: string) => Promise<unknown>,
  { secret = google.account.clientSecret, withinMs = 10_000 } = {},
) => {
  const said: string[] = [];
  const lines = connectGoogle({
    ...{ clientId: google.account.clientId, clientSecret: secret, baseUrl: google.url, port },
    say: (text) => said.push(text),
    open: (url) => void visit(url),
    signal: AbortSignal.timeout(withinMs),
  });
  return { lines, said };
};

const consent = async (url: string) => fetch(await google.consent(url, email));

test('consent in the browser gives lines for .env with which Google can be read', async () => {
  const asked: URL[] = [];
  const { lines, said } = connect((url) => {
    asked.push(new URL(url));
    return consent(url);
  });
  const settings = Object.fromEntries((await lines).map((line) => line.split(/=(.*)/s)));
  expect(settings).toMatchObject({
    GOOGLE_CLIENT_ID: google.account.clientId,
    GOOGLE_CLIENT_SECRET: google.account.clientSecret,
  });
  expect(said).toEqual([]);
  const auth = googleAuth({ ...google.account, refreshToken: settings.GOOGLE_REFRESH_TOKEN ?? '' });
  expect((await auth.getAccessToken()).token).toBeTruthy();
  const [url] = asked;
  expect(url?.searchParams.get('code_challenge_method')).toBe('S256');
  expect(url?.searchParams.get('scope')).toMatch(/calendar\.readonly .*gmail\.readonly$/);
});

test('a page that was not asked for does not end it, and a refusal does', async () => {
  const { lines } = connect(async (url) => {
    const home = `http://127.0.0.1:${port}/`;
    expect((await fetch(`${home}?code=stolen&state=guessed`)).status).toBe(404);
    const state = new URL(url).searchParams.get('state') ?? '';
    await fetch(`${home}?error=access_denied&state=${state}`);
  });
  await expect(lines).rejects.toThrow(/gave no access/);
});

test('a wrong secret, and nobody who answers', async () => {
  const wrong = connect(consent, { secret: 'wrong' });
  await expect(wrong.lines).rejects.toThrow(/client id or secret/);
  const nobody = connect(async () => undefined, { withinMs: 300 });
  await expect(nobody.lines).rejects.toThrow(/Nobody answered/);
});
