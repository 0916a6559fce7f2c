/** What one caller's mind is offered: some tools as they are, the others by name, as they fit. */

import type { LoadedTool, Toolbox } from '../tools/core/load.ts';
import { nearestName } from '../tools/core/sounds.ts';
import type { Caller } from './caller.ts';
import { parseArguments } from './llm/tool-arguments.ts';
import { chooseAtHand, couldUse } from './offering/at-hand.ts';
import { ranked } from './offering/relevance.ts';
import { lineOf } from './offering/schema.ts';

/** The one way to a tool that is not declared; it and `takeBackName` are declared to everybody. */
export const useToolName = 'use_tool';
export const takeBackName = 'take_back';

const shownMax = 6;
/** What fits much worse than the best does not fit. */
const shownFromShare = 0.4;
/** One rare word of a description is enough; a word that everything has is not. */
const shownFromScore = 1.8;
/** Showing one of these taints the turn: only where it fits as well as anything. */
const discoveredFromShare = 0.75;

/** A call of a tool by its full name. */
export interface NamedCall {
  tool: string;
  input: Record<string, unknown>;
}

/** Tools that are spoken of; those with words from outside stand apart. */
export interface Shown {
  own: readonly string[];
  outside: readonly string[];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a mind meant by the arguments of `use_tool`, in whatever form it wrote them. */
export const innerCall = (given: unknown): NamedCall => {
  const { tool, input, ...rest } = isObject(given) ? given : {};
  const name = typeof tool === 'string' ? tool.trim() : '';
  const written = typeof input === 'string' ? parseArguments(input) : input;
  return { tool: name, input: isObject(written) ? written : rest };
};

const shownOf = (tools: readonly LoadedTool[]): Shown => ({
  own: tools.filter(({ discovered }) => !discovered).map(lineOf),
  outside: tools.filter(({ discovered }) => discovered).map(lineOf),
});

export class Offering {
  readonly #toolbox: Pick<Toolbox, 'tools'>;
  readonly #caller: Pick<Caller, 'role' | 'permissions'>;
  /** Declared to the mind as they are; the same for as long as the house is open. */
  readonly atHand: readonly LoadedTool[];
  readonly #names: ReadonlySet<string>;

  constructor(parts: {
    toolbox: Pick<Toolbox, 'tools'>;
    caller: Pick<Caller, 'role' | 'permissions'>;
  }) {
    this.#toolbox = parts.toolbox;
    this.#caller = parts.caller;
    this.atHand = chooseAtHand(parts.toolbox.tools.values(), parts.caller);
    this.#names = new Set(this.atHand.map(({ name }) => name));
  }

  /** Whatever a mind may call by this name, also where the gate will then refuse it. */
  find(name: string): LoadedTool | undefined {
    const tool = this.#toolbox.tools.get(name);
    return tool?.hidden ? undefined : tool;
  }

  /** The tool that a declared name and its arguments really call. */
  toolOf(call: { name: string; args: string }): LoadedTool | undefined {
    if (call.name !== useToolName) return this.find(call.name);
    return this.find(innerCall(parseArguments(call.args)).tool);
  }

  couldUse(tool: LoadedTool): boolean {
    return couldUse(tool, this.#caller);
  }

  /** A call of any tool as one of a declared name: nothing else would be run. */
  asDeclared({ tool, input }: NamedCall): { name: string; args: string } {
    if (this.#names.has(tool) || tool === takeBackName) {
      return { name: tool, args: JSON.stringify(input) };
    }
    return { name: useToolName, args: JSON.stringify({ tool, input }) };
  }

  /** Tools beyond those at hand that may be what these words want: best first, few. */
  fitting(words: string): Shown {
    const found = ranked(words, this.#offered());
    const best = found[0]?.score ?? 0;
    const fits = found.filter(({ tool, score }) => {
      const share = tool.discovered ? discoveredFromShare : shownFromShare;
      return !this.#names.has(tool.name) && score >= shownFromScore && score >= best * share;
    });
    return shownOf(fits.slice(0, shownMax).map(({ tool }) => tool));
  }

  /** Tools beyond those at hand that a text of ours names, such as a skill. */
  named(text: string): Shown {
    const names = new Set(text.match(/[a-z][a-z0-9]*(?:_[a-z0-9]+)+/g) ?? []);
    const found = this.#offered().filter(({ name }) => names.has(name) && !this.#names.has(name));
    return shownOf(found.filter(({ discovered }) => !discovered));
  }

  /** Could this caller call a tool of this name? */
  has(name: string): boolean {
    const tool = this.find(name);
    return tool !== undefined && this.couldUse(tool);
  }

  /** What a mind may have meant by a name that no tool has. */
  nearest(name: string, words: string): Shown {
    const offered = this.#offered();
    const like = nearestName(name, offered, (tool) => tool.name);
    const alike = ranked(`${name} ${words}`, offered).map(({ tool }) => tool);
    const all = [...new Set([...(like ? [like] : []), ...alike])];
    return shownOf(all.slice(0, shownMax));
  }

  #offered(): LoadedTool[] {
    return [...this.#toolbox.tools.values()].filter((tool) => this.couldUse(tool));
  }
}
