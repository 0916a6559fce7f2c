/** Tools that only read, for another program that asks in a person's name; nothing else. */
import { z } from 'zod';
import { digestOf } from '../../tools/core/digest.ts';
import { judge } from '../../tools/core/gate.ts';
import type { LoadedTool } from '../../tools/core/load.ts';
import { runTool } from '../../tools/core/run.ts';
import type { Caller } from '../caller.ts';
import type { House } from '../house.ts';
import { noteAlone } from '../reasons/reasoning.ts';

/** A tool as another program sees it. */
export interface ReadingTool {
  name: string;
  about: string;
  /** JSON Schema 2020-12 of an object. */
  input: Record<string, unknown>;
  /** Its answers may hold words from outside. */
  outside: boolean;
}

export interface Reading {
  ok: boolean;
  /** A sentence for a person. */
  say: string;
  show?: unknown;
  /** It holds words from outside. */
  outside: boolean;
  /** Why not, for a program. */
  code?: string;
}

type Lending = Pick<House, 'toolbox' | 'lent' | 'clock'> & {
  reasons: Pick<House['reasons'], 'note'>;
  settings: Pick<House['settings'], 'BUTLER_TIMEZONE'>;
};

const answerWithinMs = 30_000;

/** Tools of other servers stay where they are: asked through Butler, nobody could tell whose. */
const notHandedOn: ReadonlySet<string> = new Set(['mcp']);

/**
 * What this person may read without being asked. Whoever asks may have read anything before, so
 * the gate takes every call as tainted; where it would have to ask, the tool is not offered.
 */
const mayRead = (tool: LoadedTool, caller: Caller, own = false): boolean => {
  const { name, effect, confirm, hidden, integration } = tool;
  if (effect !== 'read' || (hidden && !own) || notHandedOn.has(integration)) return false;
  if (confirm !== 'never' && confirm !== 'if-unsure') return false;
  const facts = { name, input: {}, language: caller.language, effect };
  const { verdict } = judge(tool, {
    ...{ ...facts, caller, digest: digestOf(facts) },
    ...{ ask: false, tainted: true, hasPin: false },
  });
  return verdict === 'run';
};

const schemas = new WeakMap<z.ZodObject, Record<string, unknown>>();

const schemaOf = (input: z.ZodObject): Record<string, unknown> => {
  const known = schemas.get(input) ?? { ...z.toJSONSchema(input, { io: 'input' }) };
  schemas.set(input, known);
  return known;
};

/** By name. */
export const readingsFor = ({ toolbox }: Pick<House, 'toolbox'>, caller: Caller): ReadingTool[] =>
  [...toolbox.tools.values()]
    .filter((tool) => mayRead(tool, caller))
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .map(({ name, about, input, outside = false }) => ({
      ...{ name, about, input: schemaOf(input), outside },
    }));

/** @returns undefined for every tool that is not offered to this person; never throws. */
export const readFor = async (
  house: Lending,
  order: { caller: Caller; tool: string; input: unknown; signal: AbortSignal; own?: boolean },
): Promise<Reading | undefined> => {
  const { caller, input, signal, own } = order;
  const tool = house.toolbox.tools.get(order.tool);
  if (!tool || !mayRead(tool, caller, own)) return undefined;
  const outcome = await runTool({
    ...{ toolbox: house.toolbox, name: tool.name, input, caller },
    ...{ ...house.lent, now: house.clock, timeZone: house.settings.BUTLER_TIMEZONE },
    signal: AbortSignal.any([signal, AbortSignal.timeout(answerWithinMs)]),
    // A tool that turns out to do more than read would need a yes, which nobody can give here.
    tainted: true,
  });
  // Butler's own page reads for whoever looks at it; what a program reads is told.
  if (!own) noteAlone(house, { caller, tool: tool.name, input, path: 'program', outcome });
  const { ok, say, show, outside, error } = outcome;
  const code = error ? { code: error.code } : {};
  return { ok, say, show, outside: outside ?? tool.outside ?? false, ...code };
};
