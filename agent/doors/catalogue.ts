/** What the house can do, for its page: integrations with how they are, and a person's tools. */

import type { AnyTool, Effect } from '../../tools/core/define.ts';
import type { Listed } from '../../tools/core/load.ts';
import type { Caller } from '../caller.ts';
import { tongueOf } from '../fastpath/sentence.ts';
import type { House } from '../house.ts';
import type { PartHealth } from '../monitor.ts';
import { couldUse } from '../offering/at-hand.ts';
import { findingOf } from '../setup/doctor-tools.ts';

interface ToolView {
  name: string;
  about: string;
  effect: Effect;
  /** Null: the role alone decides. */
  permission: string | null;
}

/** A tool that one person may use, and how it is asked for in their language. */
export interface UsableTool extends ToolView {
  integration: string;
  examples: string[];
}

export interface IntegrationView {
  name: string;
  about: string;
  on: boolean;
  state: 'ready' | 'starting' | 'failed' | 'off' | 'mistaken';
  latencyMs: number | null;
  since: Date | null;
  tools: ToolView[];
  /** For owners: settings by name, never their values. */
  setup: {
    variables: { name: string; about: string; required: boolean }[];
    mistakes: string[];
    /** What it said of itself, or what is wrong. */
    line: string;
    /** What mends it, or switches it on. */
    mend: string | null;
  };
}

export interface Catalogue {
  integrations(): IntegrationView[];
  /** Those that are on and that the gate could ever let through for this person. */
  tools(caller: Pick<Caller, 'role' | 'permissions' | 'language'>): UsableTool[];
}

type Shown = Pick<House, 'toolbox' | 'settings' | 'watching'>;

const viewOf = ({ name, about, effect, permission }: AnyTool & { name: string }): ToolView => ({
  ...{ name, about, effect, permission: permission ?? null },
});

const stateOf = (one: Listed, known: PartHealth | undefined): IntegrationView['state'] => {
  if (one.mistakes.length > 0) return 'mistaken';
  return one.on ? (known?.state ?? 'starting') : 'off';
};

const integrationOf = ({ settings }: Shown, one: Listed, known: PartHealth | undefined) => {
  const lineOf = ({ sentence, mend }: PartHealth) => ({
    ...{ integration: one.name, ok: known?.state !== 'failed', line: sentence },
    ...(mend !== undefined && { mend }),
  });
  const found = findingOf(one, known && lineOf(known), settings.integrations);
  const isAsked = known !== undefined || !one.on;
  return {
    ...{ name: one.name, about: one.about, on: one.on, state: stateOf(one, known) },
    ...{ latencyMs: known?.latencyMs ?? null, since: known?.since ?? null },
    tools: one.declared.filter(({ hidden }) => !hidden).map(viewOf),
    setup: {
      variables: one.variables.map(({ name, about, required }) => ({ name, about, required })),
      mistakes: [...one.mistakes],
      line: isAsked ? found.detail : 'It was not asked yet.',
      mend: found.mend ?? null,
    },
  };
};

/** Sentences as people say them: from the examples, in this language or else in English. */
const examplesIn = ({ examples = [] }: Pick<AnyTool, 'examples'>, language: string): string[] => {
  const of = (tongue: string) =>
    examples
      .filter((one) => tongueOf(one.language ?? 'en') === tongue)
      .map(({ says }) => says)
      .slice(0, 3);
  const own = of(tongueOf(language));
  return own.length > 0 ? own : of('en');
};

export const catalogueOf = (house: Shown): Catalogue => ({
  integrations: () => {
    const known = new Map(
      house.watching.monitor.states().map((one) => [`${one.kind} ${one.part}`, one]),
    );
    return house.toolbox.integrations.map((one) =>
      integrationOf(house, one, known.get(`integration ${one.name}`)),
    );
  },
  tools: (caller) =>
    [...house.toolbox.tools.values()]
      .filter((tool) => couldUse(tool, caller))
      .map((tool) => ({
        ...viewOf(tool),
        integration: tool.integration,
        examples: examplesIn(tool, caller.language),
      })),
});
