/** The Google emulator (`emulate`): OAuth, calendar and mail on a loopback port of its own. */
import { createEmulator } from 'emulate';
import { googleScopes } from '../../tools/core/google.ts';
import { googleClient } from '../../tools/core/google-client.ts';
import { freePorts } from './ports.ts';

const client = {
  clientId: 'butler.apps.googleusercontent.com',
  clientSecret: 'GOCSPX-only-for-tests',
};
/** Google lets a desktop application come back to any loopback port; the emulator to this one. */
const redirectUri = 'http://127.0.0.1/';

/** As `emulate` takes it below `google`; the first user is the one whose account it is. */
export interface GoogleSeed {
  users: { email: string; name: string }[];
  calendars?: Record<string, unknown>[];
  calendar_events?: Record<string, unknown>[];
  messages?: Record<string, unknown>[];
  labels?: Record<string, unknown>[];
}

export interface GoogleServer {
  url: string;
  /** An account that may read; `baseUrl` leads to the emulator. */
  account: { clientId: string; clientSecret: string; refreshToken: string; baseUrl: string };
  /** Somebody takes Butler's access away, as on myaccount.google.com. */
  revoke(refreshToken?: string): Promise<void>;
  /** The consent page's button for this person is pressed. @returns where Google leads back to. */
  consent(authUrl: string, email: string): Promise<URL>;
  stop(): Promise<void>;
}

const unescaped = (text: string): string => text.replaceAll('&amp;', '&').replaceAll('&#39;', "'");

/** Sends the form of the consent page, as a browser would. */
const pressButton = async (authUrl: string, email: string): Promise<URL> => {
  const page = await (await fetch(authUrl, { redirect: 'manual' })).text();
  const forms = [...page.matchAll(/<form[^>]*action="([^"]+)"[\s\S]*?<\/form>/g)];
  const form = forms.find(([text]) => text.includes(`"${email}"`));
  if (!form) throw new Error(`The consent page does not offer ${email}: ${page.slice(0, 400)}`);
  const fields = form[0].matchAll(/name="([^"]+)"[^>]*value="([^"]*)"/g);
  const body = new URLSearchParams(
    [...fields].map(([, key = '', value = '']): [string, string] => [key, unescaped(value)]),
  );
  const action = new URL(unescaped(form[1] ?? ''), authUrl);
  const answer = await fetch(action, { method: 'POST', redirect: 'manual', body });
  return new URL(answer.headers.get('location') ?? '');
};

/**
 * Starts the emulator in this process.
 * @param seed users, calendars, calendar events, messages … as `emulate` takes them for `google`.
 *   The first user is whose account `account` is.
 */
export const startGoogle = async (
  seed: GoogleSeed,
  { redirectUris = [] }: { redirectUris?: string[] } = {},
): Promise<GoogleServer> => {
  const [port = 0] = await freePorts(['tcp']);
  const email = seed.users[0]?.email;
  if (email === undefined) throw new Error('The seed needs a user whose account it is.');
  const known = {
    client_id: client.clientId,
    client_secret: client.clientSecret,
    name: 'Butler',
    redirect_uris: [redirectUri, ...redirectUris],
  };
  const google = { ...seed, oauth_clients: [known] };
  const emulator = await createEmulator({ service: 'google', port, seed: { google } });
  const url = `http://127.0.0.1:${port}`;
  const oauth = googleClient({ ...client, baseUrl: url }, redirectUri);
  const authUrl = oauth.generateAuthUrl({ access_type: 'offline', scope: googleScopes });
  const back = await pressButton(authUrl, email);
  const { tokens } = await oauth.getToken(back.searchParams.get('code') ?? '');
  const refreshToken = tokens.refresh_token ?? '';
  return {
    url,
    account: { ...client, refreshToken, baseUrl: url },
    revoke: async (token = refreshToken) => {
      await fetch(`${url}/oauth2/revoke`, {
        method: 'POST',
        body: new URLSearchParams({ token }),
      });
    },
    consent: pressButton,
    stop: () => emulator.close(),
  };
};
