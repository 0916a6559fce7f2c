/** Services that do not answer: known before somebody asks, said to the mind and on the page. */
import type { Down } from '../tools/core/breaker.ts';
import type { Toolbox } from '../tools/core/load.ts';
import { breakersOf } from '../tools/core/run.ts';
import type { Part } from './parts.ts';

const minutesOf = (forMs: number): string => {
  const minutes = Math.floor(forMs / 60_000);
  if (minutes < 1) return 'since a moment ago';
  return minutes === 1 ? 'since 1 minute' : `since ${minutes} minutes`;
};

type Asked = Pick<Toolbox, 'tools' | 'away'>;

export class Outages {
  readonly #toolbox: Asked;
  readonly #failing: () => Down[];

  /** @param failing what failed when it was watched, though nobody asked it for anything. */
  constructor(toolbox: Asked, failing: () => Down[] = () => []) {
    this.#toolbox = toolbox;
    this.#failing = failing;
  }

  /** Integrations that failed when they were last asked, by name. */
  list(): Down[] {
    const down = new Map<string, Down>();
    const asked = [...this.#toolbox.away(), ...breakersOf(this.#toolbox.tools).down()];
    for (const one of [...asked, ...this.#failing()]) {
      const known = down.get(one.integration);
      if (!known || known.forMs < one.forMs) down.set(one.integration, one);
    }
    return [...down.values()].sort((a, b) => (a.integration < b.integration ? -1 : 1));
  }

  /** For the mind; undefined while everything answers. */
  note(): string | undefined {
    const names = this.list().map(
      ({ integration, forMs }) => `${integration} (${minutesOf(forMs)})`,
    );
    return names.length === 0 ? undefined : `Not reachable now: ${names.join(', ')}.`;
  }

  parts(): Part[] {
    return this.list().map(({ integration, forMs }) => ({
      name: integration,
      state: 'failed',
      sentence: `It does not answer, ${minutesOf(forMs)}. \`npm run doctor\` says how to mend it.`,
    }));
  }
}
