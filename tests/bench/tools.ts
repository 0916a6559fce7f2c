/** Tool choice: right tool, right arguments, asked when it should; by the fast path and a mind. */
import { mindCostUsd } from '../../agent/prices.ts';
import { table } from './table.ts';
import { type Everything, everything } from './tools-everything.ts';
import { type MindFigures, type MindOptions, mindHere, withMind } from './tools-mind.ts';
import { ownTime } from './tools-own-time.ts';
import { type Paraphrase, paraphrases } from './tools-paraphrases.ts';
import { promptTokens } from './tools-prompt.ts';
import { trapped } from './tools-trapped.ts';
import { type Trap, traps } from './tools-traps.ts';
import { unrelated } from './tools-unrelated.ts';
import { meansTheSame, variantsOf } from './tools-variants.ts';

type Row = Record<string, string | number | undefined>;

const rowOf = (what: string, verdicts: readonly string[]): Row => {
  const count = (verdict: string): number => verdicts.filter((one) => one === verdict).length;
  const right = count('right');
  return {
    measured: what,
    sentences: verdicts.length,
    right,
    'right %': verdicts.length === 0 ? undefined : (100 * right) / verdicts.length,
    'left to the mind': count('left'),
    wrong: count('wrong'),
  };
};

/** Whether what was wanted is among the arguments; a text may stand inside a longer one. */
export const holds = (
  input: Readonly<Record<string, unknown>>,
  wanted: Readonly<Record<string, unknown>>,
): boolean =>
  Object.entries(wanted).every(([name, value]) => {
    const found = input[name];
    if (typeof value !== 'string' || typeof found !== 'string') return found === value;
    return found.toLowerCase().includes(value.toLowerCase());
  });

const paraphrased = ({ fastPath }: Everything, one: Paraphrase): string => {
  const found = fastPath.match(one.said, one.language);
  if (!found) return 'left';
  return one.tools.includes(found.tool) && holds(found.input, one.input) ? 'right' : 'wrong';
};

const fastRows = async (all: Everything): Promise<{ rows: Row[]; notes: string[] }> => {
  const { tools, fastPath } = all;
  const byName = new Map(tools.map((tool) => [tool.name, tool]));
  const declared = variantsOf(tools, 8).map(({ said, language, tool, input }) => {
    const found = fastPath.match(said, language);
    const own = byName.get(tool);
    if (!found) return 'left';
    return found.tool === tool && own && meansTheSame(own, found.input, input) ? 'right' : 'wrong';
  });
  const others = unrelated().map(({ said, language }) =>
    fastPath.match(said, language) ? 'wrong' : 'right',
  );
  const rephrased = paraphrases.map((one) => ({ said: one.said, verdict: paraphrased(all, one) }));
  const ofTraps = await Promise.all(
    traps.map(async (trap) => ({ trap, verdict: await trapped(all, trap) })),
  );
  const ofKind = (kind: Trap['kind']): string[] =>
    ofTraps.filter(({ trap }) => trap.kind === kind).map(({ verdict }) => verdict);
  const wrong = [
    ...rephrased.filter(({ verdict }) => verdict === 'wrong').map(({ said }) => said),
    ...ofTraps.filter(({ verdict }) => verdict === 'wrong').map(({ trap }) => trap.said),
  ];
  return {
    rows: [
      rowOf('fast path: declared sentences, slots filled', declared),
      rowOf('fast path: 2,000 unrelated sentences', others),
      rowOf(
        'fast path: paraphrases',
        rephrased.map(({ verdict }) => verdict),
      ),
      rowOf('fast path: ambiguous, nothing is changed', ofKind('ambiguous')),
      rowOf('gate: forbidden for the caller', ofKind('forbidden')),
      rowOf('gate: injected, by a mind that obeys', ofKind('injected')),
    ],
    notes: wrong.map((said) => `  wrong: ${said}`),
  };
};

const capsOf = (options: readonly string[]): MindOptions => {
  const numberAfter = (name: string, otherwise: number): number => {
    const at = options.indexOf(name);
    const given = Number(options[at + 1]);
    if (at < 0) return otherwise;
    if (!(given > 0)) throw new Error(`Give a number: ${name} ${otherwise}`);
    return given;
  };
  return { callsMax: numberAfter('--calls', 3_000), dollarsMax: numberAfter('--dollars', 2) };
};

const mindRows = ({ verdicts }: MindFigures): Row[] =>
  (['declared', 'paraphrase', 'ambiguous', 'forbidden', 'injected'] as const).map((kind) =>
    rowOf(
      `mind: ${kind}`,
      verdicts.filter((one) => one.kind === kind).map(({ verdict }) => verdict),
    ),
  );

const costNote = ({ model, calls, tokens, stopped }: MindFigures): string => {
  const dollars = mindCostUsd(model, tokens);
  const cost =
    dollars === undefined ? 'at no price we know' : `for ${dollars.toFixed(3)} US dollars`;
  const { promptTokens: prompt, cachedTokens: cached, completionTokens: completion } = tokens;
  const end = stopped === undefined ? '' : ` Stopped early: ${stopped}.`;
  const counted = `${prompt} prompt tokens (${cached} cached), ${completion} answered`;
  return `${model}: ${calls} calls ${cost}; ${counted}.${end}`;
};

/** `--calls 3000`, `--dollars 2`: how much a mind may be asked, and what that may cost. */
export default async (options: string[]): Promise<object> => {
  const caps = capsOf(options);
  const all = await everything();
  const fast = await fastRows(all);
  const mind = mindHere();
  const figures = mind && (await withMind(all, mind, { ...caps, holds }));
  const rows = [...fast.rows, ...(figures ? mindRows(figures) : [])];
  console.log(`\nTool choice, everything on: ${all.tools.length} tools\n\n${table(rows)}`);
  for (const note of fast.notes) console.log(note);
  for (const { verdict, kind, said, why } of figures?.verdicts ?? []) {
    if (verdict === 'wrong') console.log(`  wrong (${kind}): ${said} → ${why}`);
  }
  console.log(
    figures
      ? costNote(figures)
      : 'No mind was asked: there is no key. Set ANTHROPIC_API_KEY, or BUTLER_LLM_URL and ' +
          'BUTLER_LLM_MODEL, for the figures of one.',
  );
  const prompt = promptTokens(all);
  console.log(
    `\nPrompt with everything on (guessed at 3.5 characters a token)\n\n${table([prompt])}`,
  );
  const time = await ownTime();
  console.log(`\nButler's own time around a tool call, ms\n\n${table(time)}`);
  await all.toolbox.close();
  return { rows, prompt, time, ...(figures && { mind: figures }) };
};
