// Who is home, where, how far, and who may know: by phones that post, as people say it.
import { beforeEach, describe, expect, test } from 'vitest';
import { fixAt, type WhereaboutsRig, whereabouts } from './rig/whereabouts.ts';

const noon = Date.UTC(2026, 2, 2, 11);
let now: number;
let rig: WhereaboutsRig;

beforeEach(async () => {
  now = noon;
  rig = await whereabouts({ now: () => new Date(now) });
});

type Report = Parameters<typeof fixAt>[1];
const report = (who: string, place: [number, number], more: Report = {}) =>
  rig.post(who, fixAt(place, more, now));
const heard = async (who: string, sentence: string, language = 'en') =>
  (await rig.say(who, sentence, { language })).say;

describe('who is home', () => {
  test('nobody reports: it says so, and what to do', async () => {
    expect(await heard('anna', 'Is anyone home?')).toMatch(/cannot say who is home.*OwnTracks/);
  });

  test('some are, some are not', async () => {
    await report('anna', [20, 0]);
    await report('ben', [0, 3400]);
    await report('cleo', [-30, 10]);
    expect(await heard('anna', "Who's home?")).toBe('You and Cleo are home. Ben is away.');
    expect(await heard('anna', 'Is anyone home?')).toMatch(/^Yes\. You and Cleo are home/);
    expect(await heard('anna', 'Is the house empty?')).toMatch(/^No\. /);
    expect(await heard('anna', 'Is everyone home?')).toMatch(/^No\. Ben is away/);
    expect(await heard('anna', 'Is Ben home?')).toBe('No. Ben is not home.');
    expect(await heard('ben', 'Is Anna home?')).toBe('Yes. Anna is home.');
    expect(await heard('anna', 'Ist jemand zu Hause?', 'de')).toMatch(
      /^Ja\. Du und Cleo seid zu Hause/,
    );
  });

  test('an empty house is said as far as it can be seen', async () => {
    await report('ben', [9000, 0]);
    expect(await heard('anna', 'Is the house empty?')).toBe(
      'As far as I can see, nobody is home. Ben is away. Of anybody else I know nothing.',
    );
  });

  test('an old position is no presence, and a coarse one proves nothing', async () => {
    await report('ben', [0, 0]);
    await report('cleo', [0, 0], { acc: 2000 });
    now += 13 * 3_600_000;
    await report('cleo', [0, 0], { acc: 2000 });
    const outcome = await rig.say('anna', 'Who is home?');
    expect(outcome.say).toMatch(
      /nobody is home\. Of Ben I have heard nothing since .*noon\. Of Cleo/,
    );
    expect(outcome.show).toMatchObject({ home: [], unsure: ['Cleo'] });
    expect(await heard('anna', 'Is Ben home?')).toMatch(/nothing since/);
  });
});

describe('where somebody is', () => {
  test('in words, with its age, and never in coordinates', async () => {
    await report('cleo', [0, 3400], { ageMinutes: 20 });
    const outcome = await rig.say('anna', 'Where is Cleo?');
    expect(outcome.say).toBe('Cleo is about 3.4 kilometres east of home, 20 minutes ago.');
    expect(JSON.stringify(outcome.show)).not.toMatch(/59\.|10\.7|latitude/);
    expect(await heard('anna', 'Wo ist Cleo?', 'de')).toContain('3,4 Kilometer östlich');
    await report('cleo', [0, 0]);
    expect(await heard('anna', 'where is Cleo right now')).toBe('Cleo is home.');
  });

  test('home or away only, where that is all that is shared', async () => {
    await report('ben', [0, 3400]);
    expect(await heard('anna', 'Where is Ben?')).toBe(
      'Ben is not home. More than that is not shared with you.',
    );
    expect(await heard('ben', 'where am I')).toBe('You are about 3.4 kilometres east of home.');
  });

  test('the last place is told as that', async () => {
    await report('cleo', [0, 3400]);
    now += 30 * 3_600_000;
    expect(await heard('anna', 'where is Cleo')).toMatch(
      /^The last I know is from Monday, March 2, noon: Cleo is about 3\.4 kilometres/,
    );
  });

  test('a stranger is left to the mind, and a thing is no person', async () => {
    const outcome = await rig.say('anna', 'where is Zorro');
    expect(outcome).toMatchObject({ ok: false, error: { code: 'person-unknown-here' } });
    for (const said of ['where is my phone', 'where is the bus stop', 'where is everybody']) {
      expect(rig.fastPath.match(said, 'en')?.tool).not.toBe('location_where');
    }
  });
});

describe('how far', () => {
  test('as the crow flies, with how fast it gets less, and no promise', async () => {
    await report('cleo', [0, 12_000], { vel: 62, cog: 270 });
    expect(await heard('anna', 'how long until Cleo is home')).toBe(
      'Cleo is 12 kilometres from home, as the crow flies. At the moment that gets less by ' +
        '62 kilometres an hour. When that ends, I cannot promise.',
    );
    await report('cleo', [0, 12_000], { vel: 62, cog: 90 });
    expect(await heard('anna', 'how far is Cleo from home')).toContain('gets more');
    await report('cleo', [0, 12_000], { vel: 0 });
    expect(await heard('anna', 'is Cleo coming home')).toContain('no movement');
  });

  test('from a named place, and from none that is not known', async () => {
    await report('ben', [5000, 0]);
    await rig.say('ben', 'call this place the office');
    await report('ben', [0, 0]);
    expect(await heard('ben', 'how far am I from the office')).toBe(
      'You are 5 kilometres from the office, as the crow flies.',
    );
    const unknown = await rig.say('ben', 'how far am I from the moon');
    expect(unknown).toMatchObject({ ok: false, error: { code: 'place-unknown' } });
  });
});

describe('places', () => {
  test('are named where one is, said, removed, and that is taken back', async () => {
    await report('anna', [2000, 0]);
    const added = await rig.say('anna', 'call this place the allotment');
    expect(added).toMatchObject({ ok: true, receipt: { name: 'the allotment', radiusM: 100 } });
    expect(await heard('anna', 'where am I')).toBe('You are at the allotment.');
    expect((await rig.say('anna', 'call this place allotment')).error?.code).toBe('place-exists');
    const removed = await rig.say('ben', 'remove the place allotment');
    expect(removed).toMatchObject({ ok: true, receipt: { confirmed: 1 } });
    expect(await heard('anna', 'where am I')).toContain('2 kilometres north of home');
    const back = removed.undo ?? { tool: '', input: {} };
    expect(await rig.run('ben', back)).toMatchObject({ ok: true });
    expect(await heard('anna', 'where am I')).toBe('You are at the allotment.');
    expect(await rig.run('anna', added.undo ?? back)).toMatchObject({ ok: true });
  });

  test('need an exact, fresh position of one’s own', async () => {
    const code = async (who: string) =>
      (await rig.say(who, 'call this place the lake')).error?.code;
    expect(await code('anna')).toBe('position-missing');
    await report('anna', [2000, 0], { acc: 900 });
    expect(await code('anna')).toBe('position-coarse');
    await report('anna', [2000, 0]);
    now += 20 * 60_000;
    expect(await code('anna')).toBe('position-old');
    expect((await rig.say('anna', 'remove the place home')).error?.code).toBe('place-is-home');
    expect((await rig.say('cleo', 'call this place the lake')).error?.code).toBe('refused');
  });
});

test('phones that are wrong are counted, and keep nothing', async () => {
  await report('ben', [0, 3400]);
  for (const wrong of [
    { lat: 91 },
    { tst: 12 },
    { _type: 'waypoint' },
    { lon: 'x' },
    { _type: 7 },
  ]) {
    const sent = { ...fixAt([0, 0], {}, now), ...wrong };
    expect((await rig.post('ben', sent)).say).toContain('no position');
  }
  const encrypted = await rig.post('ben', { _type: 'encrypted', data: 'AAAA' });
  expect(encrypted).toMatchObject({ ok: false, error: { code: 'owntracks-encrypted' } });
  await report('ben', [0, 0], { ageMinutes: 60 });
  expect(await heard('ben', 'where am I')).toContain('3.4 kilometres');
  const [line] = (await rig.toolbox.health(AbortSignal.timeout(5000))).filter(
    ({ integration }) => integration === 'location',
  );
  expect(line).toMatchObject({ ok: true });
  expect(line?.line).toMatch(/2 positions, 1 other messages, 4 that were no position, 1 encrypted/);
  expect(await rig.ports.shelves.of('location', 'en').all({ owner: 'ben' })).toHaveLength(1);
});

test('without BUTLER_LOCATION it says that home is not known', async () => {
  const lost = await whereabouts({ household: null, now: () => new Date(now) });
  await lost.post('anna', fixAt([0, 0], {}, now));
  for (const sentence of ['where am I', 'am I home', 'who is home', 'how far am I from home']) {
    expect((await lost.say('anna', sentence)).say).toContain('BUTLER_LOCATION');
  }
});
