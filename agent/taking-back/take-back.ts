/** Takes deeds back, newest first, each through the gate under the name of its own undo. */
import type { ToolOutcome } from '../../tools/core/outcome.ts';
import { failure } from '../../tools/core/outcome.ts';
import type { ButlerParts } from '../butler.ts';
import { run, settled } from '../calling.ts';
import { takeBackName } from '../offering.ts';
import { meantBy } from '../taking-back.ts';
import type { DoneDeed } from './done.ts';

interface Executing {
  parts: ButlerParts;
  id: string;
  signal: AbortSignal;
}

const wordsOf = ({ house, caller }: ButlerParts) => house.words(caller.language);

const notTakenBack = (say: string, code: string, deed?: DoneDeed): ToolOutcome => ({
  ...failure(say, { code, detail: `${say} Nothing was taken back: do not claim it.` }, 'write'),
  // What is quoted of the deed may be words from outside.
  ...(deed?.outcome.outside && { outside: true }),
});

const takenBackAlready = (parts: ButlerParts, deed: DoneDeed): ToolOutcome =>
  notTakenBack(wordsOf(parts).takenBackAlready(deed.outcome.say), 'taken-back-already', deed);

/** One deed: its undo is a call like any other, so the gate may ask or refuse. */
const takeBackOne = async (
  deed: DoneDeed,
  { parts, id, signal }: Executing,
): Promise<ToolOutcome> => {
  const { undo } = deed;
  const tool = undo && parts.house.toolbox.tools.get(undo.tool);
  if (!tool) {
    const say = wordsOf(parts).cannotTakeBack(deed.outcome.say);
    return notTakenBack(say, 'not-undoable', deed);
  }
  // Two presses, or a press and a word, must not take it back twice.
  if (deed.takenBack || deed.inHand) return takenBackAlready(parts, deed);
  deed.inHand = true;
  try {
    const outcome = await run({ parts, tool, input: undo.input, id, signal, path: 'undo' });
    if (outcome.ok && outcome.verdict === 'run') parts.takingBack.tookBack(deed, outcome.say);
    if (outcome.ask) parts.takingBack.waits(outcome.ask, deed);
    return outcome;
  } finally {
    deed.inHand = false;
  }
};

/** Several outcomes as one: done only where all are, and asking what the last one asks. */
const together = (outcomes: readonly ToolOutcome[]): ToolOutcome => {
  const [only] = outcomes;
  if (outcomes.length === 1 && only) return only;
  const wrong = outcomes.find(({ ok }) => !ok);
  const ask = outcomes.findLast((one) => one.ask)?.ask;
  // A question is said once, last; those before it come up again when asked for.
  const said = outcomes.filter((one) => !one.ask).map(({ say }) => say);
  const { question } = ask ?? {};
  return {
    ok: wrong === undefined,
    say: [...new Set(question ? [...said, question] : said)].join(' '),
    show: outcomes.map(({ show }) => show).filter((one) => one !== undefined),
    receipt: outcomes.map(({ receipt }) => receipt).filter((one) => one !== undefined),
    effect: outcomes.some(({ effect }) => effect === 'danger') ? 'danger' : 'write',
    verified: outcomes.every(({ verified }) => verified === true),
    ...(wrong?.error && { error: wrong.error }),
    verdict: ask ? 'ask' : 'run',
    ...(ask && { ask }),
    ...(outcomes.some(({ outside }) => outside) && { outside: true }),
  };
};

const takeBackAll = async (
  deeds: readonly DoneDeed[],
  { parts, id, signal }: Executing,
): Promise<ToolOutcome> => {
  const outcomes: ToolOutcome[] = [];
  // One after the other: two changes of one lamp must be undone in their order.
  for (const deed of deeds) {
    const outcome = await takeBackOne(deed, { parts, id, signal });
    outcomes.push(outcome);
    // One question at a time; what is older waits for its own order.
    if (outcome.ask) break;
  }
  return together(outcomes);
};

/** @param given `{ what? }` as the mind or the fast path wrote it; not trusted. */
export const takeBack = async (given: unknown, executing: Executing): Promise<string> => {
  const { parts, id } = executing;
  const { what } = (given ?? {}) as { what?: unknown };
  const words = wordsOf(parts);
  parts.deeds.begun(id);
  const wanted = typeof what === 'string' ? what.slice(0, 200) : undefined;
  const named = parts.takingBack.namedFor(id);
  const chosen = named
    ? { deeds: [named] }
    : parts.takingBack.choose(meantBy(wanted, parts.caller.language));
  let outcome: ToolOutcome;
  if ('deeds' in chosen) outcome = await takeBackAll(chosen.deeds, executing);
  else if (chosen.none === 'already') outcome = takenBackAlready(parts, chosen.deed);
  else if (chosen.none === 'nothing') {
    outcome = notTakenBack(words.nothingToTakeBack(), 'nothing-to-take-back');
  } else outcome = notTakenBack(words.notDoneLately(), 'nothing-to-take-back');
  return settled({ ...executing, tool: takeBackName, input: { what: wanted } }, outcome);
};
