/** Everything behind Butler fails, singly and in pairs: no silence, no wrong success, it lives. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { table } from './bench/table.ts';
import { type RunningButler, startButler } from './rig/butler.ts';
import {
  type BrokenHome,
  breakPart,
  type OutageKind,
  type OutagePart,
  startBrokenHome,
} from './rig/outages.ts';
import { type Providers, startProviders } from './rig/providers.ts';
import type { WebSocketUser } from './rig/websocket-user.ts';
import { type Clip, said } from './speech/clips.ts';

const silenceMaxMs = 3_000;
const answer = 'Leonardo da Vinci.';
/** What a mind says that never looked; and what nobody may hear while no light can be reached. */
const lie = 'Done. The light is off.';
const success =
  /(^|[.!?\n] ?)done\b|(?<!not )\b(turned|switched) off\b|\bis done\b|\b(is|are) (now )?off\b/im;
const theTime = /\d/;
/** After the first sign: the rest of a short sentence has been written by then. */
const settleMs = 400;
/** A voice that hangs is given up after three seconds; the reason follows the words. */
const namedWithinMs = 4_000;

const question = said('Who painted the Mona Lisa?');
const command = said('What time is it?');
const order = said('Turn off the light in the bedroom.');

interface Cell {
  name: string;
  parts: OutagePart[];
  kind: OutageKind;
}

const remote: OutagePart[] = ['hearing', 'mind', 'voice'];
const singles: [string, OutagePart[]][] = [
  ['speech to text', ['hearing']],
  ['mind', ['mind']],
  ['voice', ['voice']],
  ['Home Assistant', ['home']],
  ['internet', remote],
];
const pairs: [string, OutagePart[]][] = [
  ['speech to text + mind', ['hearing', 'mind']],
  ['speech to text + voice', ['hearing', 'voice']],
  ['mind + voice', ['mind', 'voice']],
  ['Home Assistant + speech to text', ['home', 'hearing']],
  ['Home Assistant + mind', ['home', 'mind']],
  ['Home Assistant + voice', ['home', 'voice']],
  ['Home Assistant + internet', ['home', ...remote]],
];
const cellsOf = (list: [string, OutagePart[]][], kinds: OutageKind[]): Cell[] =>
  list.flatMap(([name, parts]) => kinds.map((kind) => ({ name, parts, kind })));
const cells = [
  ...cellsOf(singles, ['refuse', 'error', 'hang']),
  ...cellsOf(pairs, ['refuse', 'hang']),
];

let providers: Providers;
let home: BrokenHome;
let butler: RunningButler;
let user: WebSocketUser;

beforeAll(async () => {
  providers = await startProviders({
    ...{ transcriptionMs: 60, firstTokenMs: 80, tokensPerSecond: 120 },
    ...{ speechFirstByteMs: 40, speechRealTimeFactor: 10 },
  });
  home = await startBrokenHome();
  butler = await startButler({
    environment: {
      ...providers.environment,
      HOME_ASSISTANT_URL: home.url,
      HOME_ASSISTANT_TOKEN: 'a-long-lived-token-of-a-test',
    },
  });
  user = await butler.join();
  await sleep(1_000);
});

afterAll(async () => {
  await user?.leave();
  await butler?.stop();
  await Promise.all([providers?.stop(), home?.stop()]);
});

interface Sign {
  /** From the last sample, or from the typed word, to the first sign of life. */
  ms: number;
  sign: string;
}

/** The first sound, word or error after `sinceMs`; where the voice works, only sound counts. */
const firstSign = async (sinceMs: number, voiceWorks: boolean): Promise<Sign> => {
  while (performance.now() < sinceMs + 8_000) {
    const soundAtMs = user.ear.firstSoundAfter(sinceMs);
    if (soundAtMs !== undefined) return { ms: soundAtMs - sinceMs, sign: 'sound' };
    const shown = user.messages.all.find(
      ({ type, atMs, who }) =>
        atMs > sinceMs && (type === 'error' || (type === 'transcript' && who === 'butler')),
    );
    if (shown && !voiceWorks) return { ms: shown.atMs - sinceMs, sign: 'words' };
    await sleep(10);
  }
  return { ms: Number.POSITIVE_INFINITY, sign: 'silence' };
};

const saidSince = (sinceMs: number): string => {
  const texts = user.messages.all
    .filter(({ type, who, atMs }) => type === 'transcript' && who === 'butler' && atMs >= sinceMs)
    .map(({ text }) => String(text));
  return texts.join('\n');
};

/** Says (or types) a sentence, and tells what came back first, and all that Butler then said. */
const turn = async (clip: Clip, works: { hearing: boolean; voice: boolean }) => {
  const fromMs = performance.now();
  let endedAtMs = fromMs;
  if (works.hearing) ({ endedAtMs } = await user.say(clip.samples));
  else user.text(clip.text);
  const first = await firstSign(endedAtMs, works.voice);
  await sleep(settleMs);
  return { ...first, endedAtMs, text: saidSince(fromMs), fromMs };
};

const quiet = async (): Promise<void> => {
  user.stop();
  await user.ear.waitQuiet(500);
};

const heal = (): void => {
  for (const fake of [providers.groq, providers.claude, providers.kokoro]) fake.reset();
};

/** Scripts of what works: the words that are heard, and what the mind says to them. */
const script = (clip: Clip, parts: OutagePart[]): void => {
  if (!parts.includes('hearing')) providers.groq.always({ text: clip.text });
  const says = clip === order ? lie : answer;
  if (!parts.includes('mind')) providers.claude.always({ text: says });
};

/** The same question while it is broken, a command, and a question when it is mended. */
const tryCell = async ({ parts, kind }: Cell) => {
  heal();
  const works = { hearing: !parts.includes('hearing'), voice: !parts.includes('voice') };
  const asked = parts.includes('home') ? order : question;
  const mends = [];
  for (const part of parts) mends.push(await breakPart(part, kind, { providers, home }));
  script(asked, parts);
  // Spoken even where hearing is broken: that is the turn of which nothing must be lost in silence.
  const broken = await turn(asked, { ...works, hearing: true });
  const hangs = parts.includes('voice') && kind === 'hang';
  const since = { sinceMs: broken.fromMs, withinMs: namedWithinMs };
  if (hangs) await user.waitFor('error', undefined, since).catch(() => undefined);
  await quiet();
  const faults = user.messages
    .of('error')
    .filter(({ atMs }) => atMs >= broken.fromMs)
    .map(({ code }) => String(code));
  script(command, parts);
  const commanded = await turn(command, works);
  await quiet();
  for (const mend of mends) await mend();
  heal();
  script(question, []);
  const after = await turn(question, { hearing: true, voice: true });
  await quiet();
  return { broken, faults, commanded, after, typed: !works.hearing };
};

it('no silence, no wrong success, every session survives, commands work', async () => {
  const rows: Record<string, unknown>[] = [];
  const wrong: string[] = [];
  for (const cell of cells) {
    const { broken, faults, commanded, after, typed } = await tryCell(cell);
    const where = `${cell.name}, ${cell.kind}`;
    const check = (holds: boolean, what: string) => holds || wrong.push(`${where}: ${what}`);
    check(broken.ms <= silenceMaxMs, `silent for ${Math.round(broken.ms)} ms`);
    const lied = cell.parts.includes('home') && success.test(broken.text);
    check(!lied, `claimed success: ${broken.text}`);
    check(commanded.ms <= silenceMaxMs, `command: silent for ${Math.round(commanded.ms)} ms`);
    check(theTime.test(commanded.text), `command: said "${commanded.text}"`);
    check(user.closed() === undefined, 'the connection was closed');
    check(after.sign === 'sound' && after.text.includes(answer), `mended: said "${after.text}"`);
    rows.push({
      fails: cell.name,
      how: cell.kind,
      'first sign ms': broken.ms,
      by: broken.sign,
      named: [...new Set(faults)].join(' ') || '-',
      'command ms': commanded.ms,
      'given by': typed ? 'text' : 'voice',
      'mended ms': after.ms,
    });
  }
  const later = 'not here until the memory issue: nothing to fail yet';
  console.log(`${table([...rows, { fails: 'database', how: later }])}\n${wrong.join('\n')}`);
  expect(wrong).toEqual([]);
}, 900_000);
