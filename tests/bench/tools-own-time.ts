/** What Butler itself adds to a call of a tool: against the bare function, in the same run. */
import { loadavg } from 'node:os';
import { z } from 'zod';
import type { LoadedTool } from '../../tools/core/load.ts';
import { runTool } from '../../tools/core/run.ts';
import { portsInProcess } from '../fakes/ports.ts';
import { median, percentile } from './table.ts';
import { owner } from './tools-everything.ts';

const calls = 1_000;
/** The first ones are slow in any process, until the code is compiled. */
const warmUps = 200;

type Row = Record<string, string | number | undefined>;

const rowOf = (measured: string, tookMs: readonly number[]): Row => {
  const fine = (value: number | undefined): string => (value ?? 0).toFixed(4);
  return {
    measured,
    calls: tookMs.length,
    median: fine(median(tookMs)),
    p95: fine(percentile(tookMs, 0.95)),
    max: fine(Math.max(...tookMs)),
    load: loadavg()[0],
  };
};

const answer = async ({ word }: Record<string, unknown>) => ({
  ...{ say: `It is ${String(word)}.`, receipt: { word } },
});

const toolOf = (more: Partial<LoadedTool>): LoadedTool => ({
  ...{ about: 'x', effect: 'read', confirm: 'never', says: [], name: 'only', integration: 'bench' },
  ...{ input: z.object({ word: z.string(), level: z.int().default(3) }), run: answer },
  client: async () => undefined,
  ...more,
});

const kinds: Record<string, LoadedTool> = {
  'a read': toolOf({}),
  'an effect that is looked at first': toolOf({
    effect: 'write',
    effectOf: () => ({ effect: 'write', what: 'set the word' }),
  }),
};

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
};

/** Bare and whole calls take turns, so that both meet the same noise. */
export const ownTime = async (): Promise<Row[]> => {
  const rows: Row[] = [];
  for (const [name, tool] of Object.entries(kinds)) {
    const bare: number[] = [];
    const whole: number[] = [];
    const toolbox = { tools: new Map([['only', tool]]) };
    const ports = portsInProcess();
    for (let at = -warmUps; at < calls; at++) {
      // A fresh person now and then: nobody may ask a thousand times in a minute.
      const caller = { ...owner, personId: `person ${at >> 3}` };
      const input = { word: `word ${at}` };
      const bareMs = await timed(() => answer(input));
      const wholeMs = await timed(async () => {
        const outcome = await runTool({
          ...{ ...ports, toolbox, name: 'only', input, caller, timeZone: 'UTC' },
          ...{ now: () => new Date(0), signal: new AbortController().signal },
        });
        if (!outcome.ok) throw new Error(`The call did not run: ${outcome.say}`);
      });
      if (at < 0) continue;
      bare.push(bareMs);
      whole.push(wholeMs);
    }
    rows.push(rowOf(`${name}: the bare function`, bare), rowOf(`${name}: through Butler`, whole));
  }
  return rows;
};
