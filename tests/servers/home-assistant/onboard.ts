/** Onboarding without a browser: a user, a token that lasts, and the furnished demo home. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Connection,
  createConnection,
  createLongLivedTokenAuth,
} from 'home-assistant-js-websocket';
import { furnish } from './home.ts';

const RUNNING_WITHIN_MS = 120_000;
const language = 'en';
const years10Days = 3650;

async function answer<T>(response: Response): Promise<T> {
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${text}`);
  return JSON.parse(text) as T;
}

/** Users can be made before the devices are there. */
async function untilRunning(connection: Connection): Promise<void> {
  const giveUpAtMs = performance.now() + RUNNING_WITHIN_MS;
  for (;;) {
    const config = await connection.sendMessagePromise<{ state: string }>({ type: 'get_config' });
    if (config.state === 'RUNNING') return;
    if (performance.now() > giveUpAtMs) throw new Error(`Home Assistant is still ${config.state}.`);
    await sleep(200);
  }
}

/**
 * @param url of a Home Assistant that has no user yet.
 * @returns a long-lived access token of its owner.
 */
export async function onboard(url: string): Promise<string> {
  const client_id = `${url}/`;
  const post = (path: string, body: object, token?: string) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
  const user = { name: 'Butler', username: 'butler', password: crypto.randomUUID() };
  const made = await answer<{ auth_code: string }>(
    await post('/api/onboarding/users', { client_id, language, ...user }),
  );
  const form = { grant_type: 'authorization_code', code: made.auth_code, client_id };
  const granted = await answer<{ access_token: string }>(
    await fetch(`${url}/auth/token`, { method: 'POST', body: new URLSearchParams(form) }),
  );
  const token = granted.access_token;
  await answer(await post('/api/onboarding/core_config', {}, token));
  await answer(await post('/api/onboarding/analytics', {}, token));
  const back = { client_id, redirect_uri: client_id };
  await answer(await post('/api/onboarding/integration', back, token));
  // Onboarding makes a shopping list; a second list shows that names are told apart.
  const path = '/api/config/config_entries/flow';
  const flow = await answer<{ flow_id: string }>(
    await post(path, { handler: 'local_todo' }, token),
  );
  await answer(await post(`${path}/${flow.flow_id}`, { todo_list_name: 'Chores' }, token));
  const auth = createLongLivedTokenAuth(url, token);
  const connection: Connection = await createConnection({ auth });
  try {
    await untilRunning(connection);
    await furnish(connection);
    const type = 'auth/long_lived_access_token';
    const lasting = { type, client_name: 'Butler tests', lifespan: years10Days };
    return await connection.sendMessagePromise<string>(lasting);
  } finally {
    connection.close();
  }
}
