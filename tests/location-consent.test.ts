// Who may know where somebody is: said, read back, taken back, and never leaked.
import { beforeEach, describe, expect, test } from 'vitest';
import { fixAt, type WhereaboutsRig, whereabouts } from './rig/whereabouts.ts';

let now: number;
let rig: WhereaboutsRig;
const far: [number, number] = [0, 3400];

beforeEach(async () => {
  now = Date.UTC(2026, 2, 2, 11);
  rig = await whereabouts({ now: () => new Date(now) });
  for (const who of ['anna', 'ben', 'cleo', 'gus']) await rig.post(who, fixAt(far, {}, now));
});

const heard = async (who: string, sentence: string) => (await rig.say(who, sentence)).say;
const sees = async (who: string, whom: string) =>
  /kilometres/.test(await heard(who, `where is ${whom}`));

test('a grant lets one person see, and is read back', async () => {
  expect(await sees('ben', 'Anna')).toBe(false);
  const shared = await rig.say('anna', 'let Ben see where I am');
  expect(shared).toMatchObject({
    ...{ ok: true, say: 'Ben may see where you are.', verified: true },
    receipt: { stopped: false, sharedWith: [{ name: 'Ben' }] },
  });
  expect(await sees('ben', 'Anna')).toBe(true);
  expect(await sees('cleo', 'Anna')).toBe(false);
  expect(await heard('anna', 'who can see where I am')).toBe(
    'Ben may see where you are. The grown-ups here see whether you are home.',
  );
  expect(await rig.run('anna', shared.undo ?? { tool: '', input: {} })).toMatchObject({ ok: true });
  expect(await sees('ben', 'Anna')).toBe(false);
});

test('a grant ends when it was said to', async () => {
  expect(await heard('anna', 'let Ben see where I am for two hours')).toBe(
    'Ben may see where you are until 2 p.m.',
  );
  expect(await sees('ben', 'Anna')).toBe(true);
  now += 2 * 3_600_000;
  expect(await sees('ben', 'Anna')).toBe(false);
  expect(await heard('anna', 'let Ben see where I am until tomorrow')).toContain('March 3');
});

test('everybody at home are the household, never a guest', async () => {
  await rig.say('anna', 'everybody at home may see where I am');
  expect([await sees('ben', 'Anna'), await sees('cleo', 'Anna')]).toEqual([true, true]);
  const guest = await rig.say('gus', 'where is Anna');
  expect(guest).toMatchObject({ ok: false, verdict: 'refuse' });
  expect(guest.say).toMatch(/Guests see nobody/);
  const toGuest = await rig.say('anna', 'let Gus see where I am');
  expect(toGuest).toMatchObject({ ok: false, error: { code: 'guests-see-nothing' } });
});

describe('a stop', () => {
  test('hides a grown-up altogether, in the same words as a phone that is off', async () => {
    await rig.say('anna', 'let Ben see where I am');
    const stopped = await rig.say('anna', 'stop sharing my location');
    expect(stopped).toMatchObject({ ok: true, receipt: { stopped: true, sharedWith: [] } });
    const hidden = await rig.say('ben', 'where is Anna');
    expect(await heard('ben', 'why can I not see where Anna is')).toBe(hidden.say);
    expect(await heard('ben', 'is Anna home')).toBe(hidden.say);
    expect(hidden.say).toContain('or it is not shared with you');
    expect((await rig.say('ben', 'who is home')).say).not.toContain('Anna');
    const silent = await whereabouts({ now: () => new Date(now) });
    expect((await silent.say('ben', 'where is Anna')).say).toBe(hidden.say);
    expect((await silent.say('ben', 'where is Anna')).show).toEqual(hidden.show);
    await rig.run('anna', stopped.undo ?? { tool: '', input: {} });
    expect(await sees('ben', 'Anna')).toBe(true);
  });

  test('with one person is for that one', async () => {
    await rig.say('anna', 'everybody at home may see where I am');
    await rig.say('anna', 'let Ben see where I am');
    const answer = await heard('anna', 'stop sharing my location with Ben');
    // Everybody still may: that is said, not hidden behind "Ben no longer sees it".
    expect(answer).toContain('Everybody at home may see where you are');
    expect(await heard('anna', 'stop sharing my location with Cleo')).toContain('did not see');
  });

  test('of a child leaves the grown-ups, until an owner says otherwise', async () => {
    expect(await sees('ben', 'Cleo')).toBe(true);
    expect(await heard('cleo', 'stop sharing my location')).toContain(
      'The grown-ups here still do',
    );
    expect(await sees('ben', 'Cleo')).toBe(true);
    const byAdult = await rig.say('ben', 'Cleo may stop sharing her location');
    expect(byAdult).toMatchObject({ ok: false, verdict: 'refuse' });
    const allowed = await rig.say('anna', 'Cleo may stop sharing her location');
    expect(allowed).toMatchObject({ ok: true, receipt: { child: 'Cleo', mayStop: true } });
    expect(await sees('ben', 'Cleo')).toBe(false);
    expect(await rig.run('anna', allowed.undo ?? { tool: '', input: {} })).toMatchObject({
      ok: true,
    });
    expect(await sees('ben', 'Cleo')).toBe(true);
    expect((await rig.say('anna', 'Ben may stop sharing his location')).error?.code).toBe(
      'no-child',
    );
  });
});

test('sharing needs whoever it is about, surely, and no words from outside', async () => {
  const unsure = await rig.say('anna', 'let Ben see where I am', { sure: 0.3 });
  expect(unsure).toMatchObject({ ok: false, verdict: 'ask' });
  const tainted = await rig.say('anna', 'let Ben see where I am', { tainted: true, yes: true });
  expect(tainted).toMatchObject({ ok: false, verdict: 'refuse' });
  expect((await rig.say('anna', 'where is Cleo', { sure: 0.3 })).verdict).toBe('refuse');
  expect((await rig.say('anna', 'let Anna see where I am')).error?.code).toBe('nothing-to-share');
  expect((await rig.run('anna', { tool: 'location_share', input: {} })).error?.code).toBe(
    'nothing-named',
  );
});

test('an undo that comes too late changes nothing', async () => {
  const first = await rig.say('anna', 'let Ben see where I am');
  await rig.say('anna', 'stop sharing my location');
  const late = await rig.run('anna', first.undo ?? { tool: '', input: {} });
  expect(late).toMatchObject({ ok: false, error: { code: 'changed-meanwhile' } });
  expect(await sees('ben', 'Anna')).toBe(false);
});

test('two changes at once lose nothing of either', async () => {
  await Promise.all([
    rig.say('anna', 'let Ben see where I am'),
    rig.say('anna', 'let Cleo see where I am'),
  ]);
  expect([await sees('ben', 'Anna'), await sees('cleo', 'Anna')]).toEqual([true, true]);
});
