/** Butler's tools against a real Home Assistant: every change is read back by another way. */

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileFastPath, type FastPath } from '../agent/fastpath.ts';
import { loadTools, type Toolbox } from '../tools/core/load.ts';
import { runTool, type ToolOutcome } from '../tools/core/run.ts';
import { portsInProcess } from './fakes/ports.ts';
import { type HomeAssistantServer, startHomeAssistant } from './servers/home-assistant.ts';

let server: HomeAssistantServer;
let toolbox: Toolbox;
let fastPath: FastPath;

const load = async (url: string, token: string): Promise<Toolbox> => {
  const environment = { HOME_ASSISTANT_URL: url, HOME_ASSISTANT_TOKEN: token };
  return (await loadTools({ environment })).toolbox;
};

beforeAll(async () => {
  const started = await startHomeAssistant();
  // Without it these tests would prove nothing: they fail, and say what is missing.
  if ('unavailable' in started) throw new Error(started.unavailable);
  server = started;
  toolbox = await load(server.url, server.token);
  fastPath = compileFastPath(toolbox.tools.values());
}, 1_200_000);

afterAll(async () => {
  await toolbox?.close();
  await server?.stop();
});

interface Said {
  input?: Record<string, unknown>;
  language?: string;
  yes?: boolean;
  sure?: number;
  box?: Toolbox;
}

const run = (name: string, input: Record<string, unknown>, said: Said = {}) =>
  runTool({
    // Each call as if it were the first: the limits on how often one asks count by toolbox.
    toolbox: { tools: new Map((said.box ?? toolbox).tools) },
    ...{ name, input, timeZone: 'Europe/Brussels' },
    ...portsInProcess(),
    caller: {
      ...{ personId: 'anna', name: 'Anna', role: 'owner', sure: said.sure ?? 1, door: 'app' },
      language: said.language ?? 'en',
    },
    signal: new AbortController().signal,
    now: () => new Date(),
    ...(said.yes && {
      yes: (digest: string) => ({ by: 'yes' as const, personId: 'anna', digest, ageMs: 1000 }),
    }),
  });

/** As it is said: through the fast path, the gate, the tool. */
const say = (sentence: string, said: Said = {}): Promise<ToolOutcome> => {
  const match = fastPath.match(sentence, said.language ?? 'en');
  if (!match) throw new Error(`Nothing declares: ${sentence}`);
  return run(match.tool, match.input, said);
};

const stateOf = async (id: string): Promise<string> => (await server.state(id)).state;

describe('what is said is done, and read back', () => {
  const commands: [sentence: string, says: string, shows: string][] = [
    ['turn off the kitchen lights', 'The Kitchen Lights are off.', 'light.kitchen_lights off'],
    ['turn on the kitchen light', 'The Kitchen Lights are on.', 'light.kitchen_lights on'],
    ['turn on the kitchen lights', 'The Kitchen Lights are already on.', 'light.kitchen_lights on'],
    [
      'turn off all lights but the hall',
      'All lights but the hall are off.',
      'light.entrance_color_white_lights on',
    ],
    [
      'turn on the lamp by the sofa',
      'The Living Room RGBWW Lights are on.',
      'light.living_room_rgbww_lights on',
    ],
    [
      'set the bedside lamp to 40 percent',
      'The Bed Light is at 40 percent.',
      'light.bed_light brightness 102',
    ],
    ['dim the bedside lamp', 'The Bed Light is at 20 percent.', 'light.bed_light brightness 51'],
    ['turn everything off upstairs', 'Everything upstairs is off.', 'light.bed_light off'],
    [
      'make the desk lamp blue',
      'The Office RGBW Lights are blue.',
      'light.office_rgbw_lights rgb_color 0,0,255',
    ],
    [
      'make the kitchen lights warm white',
      'The Kitchen Lights are warm white.',
      'light.kitchen_lights color_mode color_temp',
    ],
    ['turn on the air conditioner', 'The AC is on.', 'switch.ac on'],
    [
      'set the living room fan to 66 percent',
      'The Living Room Fan is at 66 percent.',
      'fan.living_room_fan percentage 66',
    ],
    [
      'set the heating to 21 degrees',
      'The HeatPump is set to 21 degrees.',
      'climate.heatpump temperature 21',
    ],
    [
      'make the heating warmer',
      'The HeatPump is set to 22 degrees.',
      'climate.heatpump temperature 22',
    ],
    ['set the hvac to heat mode', 'The Hvac is set to heat.', 'climate.hvac heat'],
    ['close the hall blind', 'The Hall Window is closing.', 'cover.hall_window closing'],
    [
      'set the living room blind to 30 percent',
      'The Living Room Window is on the way to 30 percent.',
      'cover.living_room_window current_position 60',
    ],
    ['lock the kitchen door', 'The Kitchen Door is locked.', 'lock.kitchen_door locked'],
    ['pause the walkman', 'The Walkman is paused.', 'media_player.walkman paused'],
    ['play walkman again', 'The Walkman is playing.', 'media_player.walkman playing'],
    [
      'set the walkman to 35 percent',
      'The Walkman is at 35 percent.',
      'media_player.walkman volume_level 0.35',
    ],
    [
      'next song on walkman',
      'The Walkman is at the next one.',
      'media_player.walkman media_track 2',
    ],
    [
      'switch the lounge room to the source youtube',
      'The Lounge room is on youtube.',
      'media_player.lounge_room source youtube',
    ],
    ['activate the cosy scene', 'I started Cosy.', 'light.bed_light brightness 60'],
    ['run the script reading light', 'I started Reading light.', 'light.bed_light brightness 102'],
    [
      'start the vacuum cleaner 0 ground floor',
      'The 0 Ground floor is cleaning.',
      'vacuum.0_ground_floor cleaning',
    ],
  ];
  test.each(commands)('%s', async (sentence, says, shows) => {
    const outcome = await say(sentence);
    expect(outcome).toMatchObject({ ok: true, verdict: 'run', verified: true, say: says });
    const [entity = '', key = '', value] = shows.split(' ');
    const shown = async () => {
      const { state, attributes } = await server.state(entity);
      return value === undefined ? state : String(attributes[key]);
    };
    await expect.poll(shown, { timeout: 3000 }).toBe(value ?? key);
  });

  test('a receipt names what changed, from what to what', async () => {
    await server.call('light', 'turn_on', { entity_id: 'light.ceiling_lights' });
    await server.call('light', 'turn_off', { entity_id: 'light.bed_light' });
    // What another hand did comes over the connection a moment later.
    await sleep(300);
    const outcome = await say('turn off the lights in the bedroom');
    expect(outcome.receipt).toMatchObject({
      ...{ confirmed: 2, missed: [], unchanged: [], alreadyThere: ['light.bed_light'] },
      changed: [{ entity: 'light.ceiling_lights', from: expect.stringMatching(/^on/), to: 'off' }],
    });
    const { tool, input } = outcome.undo ?? { tool: '', input: {} };
    expect((await run(tool, input)).ok).toBe(true);
    expect(await stateOf('light.ceiling_lights')).toBe('on');
  });

  test('a device that only assumes its state is not claimed', async () => {
    const outcome = await say('turn off the fairy lights');
    expect(outcome).toMatchObject({ verified: false });
    expect(outcome.say).toMatch(/could not check/);
  });

  test('a list keeps what was put on it, and says so twice only once', async () => {
    expect((await say('add milk to the shopping list')).say).toBe('Milk is on the shopping list.');
    expect((await say('add milk to the shopping list')).say).toMatch(/already/);
    await say('add bread to the shopping list');
    expect((await say('what is on the shopping list')).say).toBe(
      'On the shopping list: milk and bread.',
    );
    const done = await say('tick milk off the shopping list');
    expect(done).toMatchObject({ say: 'Milk is ticked off.', verified: true });
    expect((await say('what is on the shopping list')).say).toBe('On the shopping list: bread.');
    await run(done.undo?.tool ?? '', done.undo?.input ?? {});
    expect((await say('what is on the shopping list')).say).toMatch(/milk/);
  });

  test('the tools of lists hand a list over that is kept here, with all they can do', async () => {
    const put = await say('add rice, oats and two lemons to the groceries list');
    expect(put.say).toBe('Rice, oats and two lemons are on the shopping list.');
    expect((await say('which lists are there')).say).toMatch(/shopping list/i);
    const gone = await say('take rice off the shopping list');
    expect(gone).toMatchObject({ say: 'Rice is no longer on the list.', verified: true });
    expect((await say('clear the shopping list')).ask?.by).toBe('yes');
    const cleared = await say('clear the shopping list', { yes: true });
    expect(cleared).toMatchObject({ say: 'The shopping list is empty now.', verified: true });
    await run(cleared.undo?.tool ?? '', cleared.undo?.input ?? {});
    const read = await say('what is on the shopping list');
    expect(read).toMatchObject({ outside: true });
    expect(read.say).toMatch(/oats and two lemons|lemons/);
    // What Home Assistant does not have is the household's own.
    expect((await say('add a tent to the camping list')).say).toMatch(/^I started a camping list/);
  });
});

describe('danger asks first, and only a yes opens', () => {
  const dangers: [sentence: string, question: string | RegExp, entity: string, before: string][] = [
    ['unlock the front door', 'Shall I unlock the Front Door?', 'lock.front_door', 'locked'],
    ['open the garage door', 'Shall I open the Garage Door?', 'cover.garage_door', 'closed'],
    [
      'activate the party scene',
      /start Party, which reaches the Front Door/,
      'lock.front_door',
      'locked',
    ],
    ['run the script let them in', /reaches the Front Door/, 'lock.front_door', 'locked'],
    ['run the script deep one', /reaches the Front Door/, 'lock.front_door', 'locked'],
    ['run the script by template', /cannot see all/, 'lock.front_door', 'locked'],
    ['turn on guest mode', /reaches the Kitchen Door/, 'lock.kitchen_door', 'locked'],
    ['turn on relay', /reaches the Kitchen Door/, 'lock.kitchen_door', 'locked'],
    [
      'turn on door opener button',
      /Shall I turn on the Door opener button/,
      'lock.front_door',
      'locked',
    ],
    ['turn off everything at the door', /reaches the Front Door/, 'lock.front_door', 'locked'],
  ];
  test.each(dangers)('%s', async (...[sentence, question, entity, before]) => {
    await server.call('lock', 'lock', { entity_id: ['lock.front_door', 'lock.kitchen_door'] });
    const outcome = await say(sentence);
    expect(outcome).toMatchObject({ ok: false, verdict: 'ask', effect: 'danger' });
    expect(outcome.say).toMatch(question);
    expect(await stateOf(entity)).toBe(before);
  });

  test('with a yes it is done', async () => {
    const outcome = await say('unlock the front door', { yes: true });
    expect(outcome).toMatchObject({ ok: true, verified: true, say: 'The Front Door is unlocked.' });
    expect(await stateOf('lock.front_door')).toBe('unlocked');
  });

  test('a yes of someone Butler is not sure of is no yes', async () => {
    await server.call('lock', 'lock', { entity_id: 'lock.front_door' });
    const outcome = await say('unlock the front door', { yes: true, sure: 0.3 });
    expect(outcome).toMatchObject({ ok: false, verdict: 'refuse' });
    expect(await stateOf('lock.front_door')).toBe('locked');
  });

  test.each([
    'turn on plain helper',
    'run the script good night',
    'run the script round and round',
    'lock all doors',
  ])('harmless chains ask nothing: %s', async (sentence) => {
    expect(await say(sentence)).toMatchObject({ ok: true, verdict: 'run' });
    await run('home_assistant_turn', { what: 'script.round_and_round', to: 'off' });
    await server.call('script', 'turn_off', { entity_id: 'script.round_and_round' });
  });
});

describe('questions', () => {
  beforeAll(async () => {
    await server.call('lock', 'lock', { entity_id: 'lock.front_door' });
    await sleep(300);
  });

  test.each<[string, string | RegExp]>([
    ['is the front door locked', 'Yes, the Front Door is locked.'],
    ['is the front door open', 'The Front Door is locked. Whether it is open I cannot see.'],
    ['are all doors locked', /^(Yes|No), /],
    ['what is the temperature outside', 'The outside temperature is 15.6 degrees.'],
    ['what is the temperature in the bedroom', 'The temperature in the bedroom is 22 degrees.'],
    ['what is the status of the vacuum 1 first floor', /docked/],
    [
      'when was the front door unlocked',
      /^The Front Door was last unlocked (today|yesterday) at .+[^.]\.$/,
    ],
    ['when was the front door opened', /last unlocked/],
    ['how long has the heating been on', /^The HeatPump has been on for at least .+\.$/],
    [
      'how long has the front door been locked',
      /^The Front Door has been locked for \d+ (second|minute)s?\.$/,
    ],
  ])('%s', async (sentence, says) => {
    expect((await say(sentence)).say).toMatch(says);
  });

  test('which lights are on', async () => {
    await server.call('light', 'turn_off', { entity_id: 'all' });
    await sleep(300);
    expect((await say('which lights are on')).say).toBe('No lights are on.');
    await server.call('light', 'turn_on', { entity_id: 'light.kitchen_lights' });
    await sleep(300);
    expect((await say('which lights are on')).say).toBe('The Kitchen Lights are on.');
  });

  test('in German', async () => {
    const german = { language: 'de' };
    expect((await say('mach das Küchenlicht aus', german)).say).toBe('Kitchen Lights ist aus.');
    expect((await say('mach das Schlafzimmerlicht an', german)).say).toBe(
      'Das Schlafzimmerlicht ist an.',
    );
    expect((await say('ist Front Door abgeschlossen', german)).say).toBe(
      'Ja, Front Door ist abgeschlossen.',
    );
  });

  test.each<[string, Record<string, unknown>]>([
    ['turn on the lights', { code: 'which-one' }],
    ['turn on the flux capacitor', { code: 'not-found', handOver: true }],
    ['set the heating to 99 degrees', { code: 'out-of-range' }],
    ['disarm the alarm', { code: 'needs-yes' }],
  ])('what cannot be done is no success: %s', async (sentence, error) => {
    expect(await say(sentence)).toMatchObject({ ok: false, error });
  });
});

describe("Home Assistant's own sentences", () => {
  const options = { language: 'en', signal: new AbortController().signal };
  test.each<[string, object | undefined]>([
    [
      'set kitchen lights brightness to 40%',
      { tool: 'home_assistant_level', input: { what: 'light.kitchen_lights', percent: 40 } },
    ],
    [
      'open the garage door',
      { tool: 'home_assistant_move', input: { what: 'cover.garage_door', to: 'open' } },
    ],
    ['write me a poem', undefined],
    ['start a timer for 5 minutes', undefined],
  ])('%s is looked up, not carried out', async (sentence, call) => {
    const understood = () => toolbox.understand(sentence, options);
    await expect.poll(understood, { timeout: 5000 }).toEqual(call);
    expect(await stateOf('cover.garage_door')).toBe('closed');
  });
});

describe('when it is away', () => {
  test('a bad token is said with its cure', async () => {
    const box = await load(server.url, 'not-a-token-that-anybody-made');
    const [, line] = await box.health(AbortSignal.timeout(10_000));
    expect(line).toMatchObject({
      ok: false,
      line: expect.stringContaining('HOME_ASSISTANT_TOKEN'),
    });
    await box.close();
  });

  test('it says so, gives out no old state, and comes back by itself', async () => {
    expect((await toolbox.health(AbortSignal.timeout(5000)))[1]).toMatchObject({ ok: true });
    await server.restart(async () => {
      await expect.poll(() => say('is the front door locked')).toMatchObject({ ok: false });
      const outcome = await say('turn on the kitchen lights');
      expect(outcome).toMatchObject({ ok: false });
      expect(outcome.say).toMatch(/cannot reach Home Assistant|does not answer/);
    });
    const again = () => run('home_assistant_state', { what: 'light.kitchen_lights' });
    await expect.poll(again, { timeout: 60_000, interval: 1000 }).toMatchObject({ ok: true });
    const back = () => say('turn on the kitchen lights');
    await expect.poll(back, { timeout: 60_000, interval: 1000 }).toMatchObject({ verified: true });
    expect(await stateOf('light.kitchen_lights')).toBe('on');
  });
});
