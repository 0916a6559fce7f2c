// Who is home by a real Home Assistant: its people and phones, with and without persons of Butler.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixAt, type WhereaboutsRig, whereabouts } from './rig/whereabouts.ts';
import { type HomeAssistantServer, startHomeAssistant } from './servers/home-assistant.ts';

/** As in the home's own configuration. */
const brussels = { latitude: 50.85, longitude: 4.35 };
let server: HomeAssistantServer;
let rig: WhereaboutsRig;

beforeAll(async () => {
  const started = await startHomeAssistant();
  // Without it these tests would prove nothing: they fail, and say what is missing.
  if ('unavailable' in started) throw new Error(started.unavailable);
  server = started;
  const environment = { HOME_ASSISTANT_URL: server.url, HOME_ASSISTANT_TOKEN: server.token };
  rig = await whereabouts({ environment, household: null });
}, 1_200_000);
afterAll(async () => {
  await rig?.toolbox.close();
  await server?.stop();
});

const see = (phone: string, more: Record<string, unknown>) =>
  server.call('device_tracker', 'see', { dev_id: phone, host_name: phone, ...more });
const gps = (latitude: number, longitude: number, accuracy = 20) => ({
  ...{ gps: [latitude, longitude], gps_accuracy: accuracy },
});
const becomes = async (sentence: string, wanted: RegExp) => {
  await expect
    .poll(async () => (await rig.say('anna', sentence)).say, { timeout: 10_000, interval: 500 })
    .toMatch(wanted);
};

test('what it sees is for other tools, with zones, and counts as words from outside', async () => {
  const outcome = await rig.run('anna', { tool: 'home_assistant_trackers', input: {} });
  expect(outcome).toMatchObject({ ok: true, outside: true });
  const show = outcome.show as { entity: string; at: string; radiusM?: number }[];
  const zone = show.find(({ entity }) => entity === 'zone.home');
  expect(zone).toMatchObject({ ...brussels, radiusM: 100 });
  for (const { at } of show) expect(new Date(at).toISOString()).toBe(at);
  expect(rig.toolbox.tools.get('home_assistant_trackers')?.hidden).toBe(true);
});

test('phones of nobody are enough to say whether anyone is home', async () => {
  await see('demo_pixel', gps(brussels.latitude, brussels.longitude));
  await becomes('is anyone home', /^Yes\..*demo.pixel/i);
  const { outside } = await rig.say('anna', 'is anyone home');
  expect(outside).toBe(true);
  await see('demo_pixel', gps(51.5, 4.35));
  await becomes('is demo pixel home', /^No\. demo.pixel is not home/i);
});

test('a phone by a person’s name is that person’s, who decides who may know', async () => {
  await see('ben', gps(brussels.latitude + 0.1, brussels.longitude));
  await becomes('is Ben home', /^No\. Ben is not home/);
  await becomes('where is Ben', /More than that is not shared/);
  await rig.say('ben', 'let Anna see where I am');
  await becomes('where is Ben', /^Ben is about 11 kilometres north of home/);
  await rig.say('ben', 'stop sharing my location');
  await becomes('is Ben home', /not shared with you/);
  expect((await rig.say('anna', 'who is home')).say).not.toContain('Ben');
  await rig.say('ben', 'start sharing my location again');
  await see('ben', gps(brussels.latitude, brussels.longitude));
  await becomes('is Ben home', /^Yes/);
});

test('no other tool tells where somebody is, however it is asked', async () => {
  for (const what of ['Ben', 'ben', 'device_tracker.ben', 'device tracker ben', 'zone.home']) {
    const calls = [
      { tool: 'home_assistant_state', input: { what } },
      { tool: 'home_assistant_state', input: { what, is: 'home' } },
      { tool: 'home_assistant_when', input: { what, did: 'changed' } },
      { tool: 'home_assistant_how_long', input: { what, is: 'off' } },
    ];
    for (const { tool, input } of calls) {
      const { error, say, show } = await rig.run('gus', { tool, input });
      expect([tool, what, error?.code]).toEqual([tool, what, 'not-found']);
      expect(JSON.stringify([say, show])).not.toMatch(/not_home|is home|away/);
    }
  }
});

test('two kilometres of accuracy prove no home, though Home Assistant believes them', async () => {
  await see('ben', gps(brussels.latitude, brussels.longitude, 2000));
  await expect
    .poll(async () => (await server.state('device_tracker.ben')).attributes.gps_accuracy)
    .toBe(2000);
  expect((await server.state('device_tracker.ben')).state).toBe('home');
  await becomes('is Ben home', /^Of Ben I cannot tell/);
});

test('who is home in the network is home, whatever an old position says', async () => {
  await rig.post('ben', { ...fixAt([0, 0], {}, Date.now()), lat: 51.5, lon: 4.35 });
  await see('ben', { location_name: 'home', source_type: 'router' });
  await expect
    .poll(async () => (await server.state('device_tracker.ben')).attributes.source_type)
    .not.toBe('gps');
  await becomes('is Ben home', /^Yes/);
});

test('a zone there is a place here', async () => {
  await rig.say('ben', 'let Anna see where I am');
  await see('ben', { location_name: 'Allotment' });
  await becomes('where is Ben', /^Ben is at Allotment/);
});

test('while it is away, that is said, and it comes back by itself', async () => {
  const ask = async () => (await rig.say('cleo', 'who is home')).say;
  await server.restart(async () => {
    await expect.poll(ask, { timeout: 15_000, interval: 500 }).toMatch(/^I cannot reach Home Assi/);
  });
  await see('cleo', gps(brussels.latitude, brussels.longitude));
  await expect.poll(ask, { timeout: 60_000, interval: 2_000 }).toMatch(/^You are home/);
});
