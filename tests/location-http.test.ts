// A phone posts to a whole Butler, and the answer is there, also after it was ended and begun anew.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownerOfTests, type RunningButler, startButler } from './rig/butler.ts';
import { fixAt } from './rig/whereabouts.ts';
import { type MosquittoServer, startMosquitto } from './servers/mosquitto.ts';

let broker: MosquittoServer;
let butler: RunningButler;
let dataFolder: string;

const start = () =>
  startButler({
    dataFolder,
    environment: {
      ...{ BUTLER_LOCATION: '59.91,10.75', BUTLER_LOCAL_MODELS: 'off' },
      ...{ MQTT_URL: broker.url, MQTT_USERNAME: broker.username, MQTT_PASSWORD: broker.password },
    },
  });

beforeAll(async () => {
  const started = await startMosquitto();
  // Without it these tests would prove nothing: they fail, and say what is missing.
  if ('unavailable' in started) throw new Error(started.unavailable);
  broker = started;
  dataFolder = await mkdtemp(join(tmpdir(), 'butler-location-'));
  butler = await start();
});
afterAll(async () => {
  await butler?.stop();
  await broker?.stop();
  await rm(dataFolder, { recursive: true, force: true });
});

const { username, password } = ownerOfTests;
const login = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

/** As the OwnTracks app does it. */
const post = (message: object, authorization = login) =>
  fetch(`${butler.url}/api/v1/owntracks`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization, 'x-limit-u': username },
    body: JSON.stringify(message),
  });

const asked = async (text: string): Promise<string> => {
  const answer = await butler.request('/api/v1/conversation', { text });
  return await answer.text();
};

test('a posted position answers, and is kept over a restart', async () => {
  expect(await asked('Is anyone home?')).toContain('cannot say who is home');
  const taken = await post(fixAt([0, 3400], {}, Date.now()));
  expect([taken.status, await taken.json()]).toEqual([200, []]);
  expect(await asked('Is anyone home?')).toContain('nobody is home');
  expect(await asked('Where am I?')).toContain('3.4 kilometres east of home');
  await butler.stop();
  butler = await start();
  expect(await asked('Where am I?')).toContain('3.4 kilometres east of home');
  expect(butler.output()).not.toMatch(/59\.9|10\.8/);
});

test('a newer one over MQTT counts, though the topic is written in another case', async () => {
  await broker.publish('owntracks/ADA/phone', JSON.stringify(fixAt([0, 0], {}, Date.now())));
  await expect.poll(() => asked('Am I home?'), { timeout: 10_000, interval: 500 }).toMatch(/Yes/);
});

test('what may not be taken is refused, in a sentence', async () => {
  const wrong = await post({}, `Basic ${Buffer.from('ada:wrong').toString('base64')}`);
  expect(await wrong.json()).toMatchObject({ status: 401, code: 'login-wrong' });
  const encrypted = await post({ _type: 'encrypted', data: 'AAAA' });
  expect(await encrypted.json()).toMatchObject({
    ...{ status: 422, code: 'owntracks-encrypted' },
    detail: expect.stringContaining('encryption key'),
  });
  // A position that is none is taken, so that the phone does not send it for ever.
  const nowhere = await post({ ...fixAt([0, 0], {}, Date.now()), lat: 91 });
  expect([nowhere.status, await nowhere.json()]).toEqual([200, []]);
  expect(await asked('Am I home?')).toMatch(/Yes/);
});
