// OwnTracks over a real Mosquitto: tcp, WebSockets, TLS, what is refused, and coming back.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { fixAt, type WhereaboutsRig, whereabouts } from './rig/whereabouts.ts';
import { type MosquittoServer, startMosquitto } from './servers/mosquitto.ts';

let broker: MosquittoServer;
let rig: WhereaboutsRig | undefined;

beforeAll(async () => {
  const started = await startMosquitto();
  // Without it these tests would prove nothing: they fail, and say what is missing.
  if ('unavailable' in started) throw new Error(started.unavailable);
  broker = started;
});
afterAll(() => broker?.stop());
afterEach(async () => {
  await rig?.toolbox.close();
  rig = undefined;
});

const login = () => ({ MQTT_USERNAME: broker.username, MQTT_PASSWORD: broker.password });
const open = async (environment: Record<string, string>): Promise<WhereaboutsRig> => {
  rig = await whereabouts({ environment });
  rig.toolbox.wake();
  return rig;
};
const health = async ({ toolbox }: WhereaboutsRig) =>
  (await toolbox.health(AbortSignal.timeout(10_000))).find(
    ({ integration }) => integration === 'location',
  );
const publish = (topic: string, place: [number, number], more = {}) =>
  broker.publish(topic, JSON.stringify(fixAt(place, more, Date.now())));

/** Until a sentence is answered so. */
const becomes = async (house: WhereaboutsRig, sentence: string, wanted: RegExp) => {
  const giveUpAtMs = performance.now() + 20_000;
  for (;;) {
    const { say } = await house.say('anna', sentence);
    if (wanted.test(say)) return say;
    if (performance.now() > giveUpAtMs) throw new Error(`"${sentence}" is answered: ${say}`);
    // Nobody may ask more often than once a second.
    await sleep(1_100);
  }
};

describe('a phone that reports to the broker', () => {
  test.each(['tcp', 'WebSockets'])('%s: its last position is there at once', async (kind) => {
    await publish('owntracks/anna/phone', [0, 0]);
    await publish('owntracks/Ben/pixel', [9000, 0]);
    await publish('owntracks/nobody/phone', [0, 0]);
    const url = kind === 'tcp' ? broker.url : broker.webSocketUrl;
    const house = await open({ MQTT_URL: url, ...login() });
    const { say } = await house.say('anna', 'Is anyone home?');
    expect(say).toBe('Yes. You are home. Ben is away.');
    expect(await health(house)).toMatchObject({
      ok: true,
      line: expect.stringContaining('3 phones'),
    });
  });

  test('moves, and what it sends besides changes nothing', async () => {
    const house = await open({ MQTT_URL: broker.url, ...login() });
    await publish('owntracks/anna/phone', [0, 0]);
    await becomes(house, 'where am I', /^You are home/);
    const junk = ['', '{', '[]', '{"_type":"lwt","tst":1}', '{"_type":"encrypted","data":"x"}'];
    const wrong = [...junk.slice(1), JSON.stringify({ ...fixAt([9000, 0], {}, 0), lat: 91 })];
    for (const message of wrong)
      await broker.publish('owntracks/anna/phone', message, { retain: false });
    const binary = Buffer.from([0, 1, 0xff, 0xfe]);
    await broker.publish('owntracks/anna/phone', binary, { retain: false });
    await broker.publish('owntracks/anna/phone', 'x'.repeat(2_000_000), { retain: false });
    await publish('owntracks/ben/phone', [3000, 0]);
    await becomes(house, 'is Ben home', /^No/);
    expect((await house.say('anna', 'where am I')).say).toBe('You are home.');
    expect((await health(house))?.line).toMatch(
      /1 other messages, 5 that were no position, 1 encr/,
    );
    await publish('owntracks/anna/phone', [5000, 0]);
    await becomes(house, 'where am I', /^You are about 5 kilometres north/);
    // Taken away at the broker: forgotten here too.
    await broker.publish('owntracks/anna/phone', '');
    await becomes(house, 'where am I', /^I do not know where you are/);
  });

  test('reports below another topic', async () => {
    await publish('phones/home/anna/x', [0, 0]);
    const house = await open({ MQTT_URL: broker.url, MQTT_TOPIC: 'phones/home/+/+', ...login() });
    expect((await house.say('anna', 'am I home')).say).toBe('Yes. You are home.');
  });

  test('is heard again when the broker comes back', async () => {
    const house = await open({ MQTT_URL: broker.url, ...login() });
    await publish('owntracks/anna/phone', [0, 0]);
    await becomes(house, 'am I home', /^Yes/);
    await broker.kill();
    for (let tries = 0; (await health(house))?.ok && tries < 100; tries++) await sleep(50);
    expect(await health(house)).toMatchObject({ ok: false, line: /cannot be reached.*MQTT_URL/ });
    expect((await house.say('anna', 'am I home')).say).toBe('Yes. You are home.');
    await broker.start();
    await publish('owntracks/anna/phone', [4000, 0]);
    await becomes(house, 'am I home', /^No/);
    expect(await health(house)).toMatchObject({ ok: true });
  });
});

/** A broker that lets anybody in and refuses every topic: Mosquitto's own rules cannot do that. */
const refusingTopics = async (): Promise<Server> => {
  const server = createServer((socket) => {
    socket.on('data', (bytes) => {
      if (bytes[0] === 0x10) socket.write(Buffer.from([0x20, 2, 0, 0]));
      // SUBACK with the packet's own number and "failure": MQTT 3.1.1, section 3.9.
      if (bytes[0] === 0x82)
        socket.write(Buffer.from([0x90, 3, bytes[2] ?? 0, bytes[3] ?? 0, 0x80]));
    });
    socket.on('error', () => {});
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
};

describe('what is wrong is a sentence that says what to correct', () => {
  const trouble = async (environment: Record<string, string>) => {
    const house = await open(environment);
    expect((await house.say('anna', 'who is home')).ok).toBe(true);
    const line = await health(house);
    expect(line).toMatchObject({ ok: false, mend: expect.stringContaining('MQTT_USERNAME') });
    expect(line?.line).not.toContain(broker.password);
    return line?.line;
  };

  test('a wrong password', async () => {
    const wrong = { MQTT_USERNAME: 'butler', MQTT_PASSWORD: 'wrong' };
    expect(await trouble({ MQTT_URL: broker.url, ...wrong })).toMatch(
      /refuses the login.*MQTT_PASSW/,
    );
    await rig?.toolbox.close();
    expect(await trouble({ MQTT_URL: broker.webSocketUrl, ...wrong })).toMatch(/refuses the login/);
  });

  test('a topic that may not be read', async () => {
    const server = await refusingTopics();
    const { port } = server.address() as AddressInfo;
    expect(await trouble({ MQTT_URL: `mqtt://127.0.0.1:${port}` })).toMatch(/topic.*MQTT_TOPIC/);
    await rig?.toolbox.close();
    server.close();
  });

  test('a certificate that nobody knows, and no TLS at all', async () => {
    expect(await trouble({ MQTT_URL: broker.tlsUrl, ...login() })).toMatch(
      /certificate.*NODE_EXTRA/,
    );
    await rig?.toolbox.close();
    const plain = broker.url.replace('mqtt:', 'mqtts:');
    expect(await trouble({ MQTT_URL: plain, ...login() })).toMatch(/no TLS|cannot be reached/);
  });

  test('nobody there', async () => {
    expect(await trouble({ MQTT_URL: 'mqtt://127.0.0.1:9' })).toMatch(/cannot be reached/);
  });

  test('half a configuration, and wrong ones', async () => {
    const mistakes = async (environment: Record<string, string>) =>
      (await whereabouts({ environment })).mistakes.join(' ');
    expect(await mistakes({ MQTT_USERNAME: 'butler' })).toContain('MQTT_URL is missing');
    expect(await mistakes({ MQTT_URL: 'http://broker' })).toMatch(/MQTT_URL: must be an address/);
    expect(await mistakes({ MQTT_URL: 'mqtt://a:b@broker' })).toMatch(
      /MQTT_URL: must hold no passw/,
    );
    expect(await mistakes({ MQTT_URL: 'mqtt://broker', MQTT_TOPIC: 'a/#/b' })).toMatch(
      /MQTT_TOPIC/,
    );
  });
});

test('an interruption ends a question, and closing ends the connection', async () => {
  const house = await open({ MQTT_URL: 'mqtt://127.0.0.1:9' });
  const startedAtMs = performance.now();
  await house.toolbox.close();
  expect(performance.now() - startedAtMs).toBeLessThan(2_000);
});
