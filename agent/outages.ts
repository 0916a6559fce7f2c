/** Services that do not answer: known before somebody asks, and tried again until they do. */
import type { Down } from '../tools/core/breaker.ts';
import type { Toolbox } from '../tools/core/load.ts';
import { breakersOf } from '../tools/core/run.ts';
import type { Part } from './parts.ts';

const lookEveryMs = 30_000;
const healthWithinMs = 10_000;

const minutesOf = (forMs: number): string => {
  const minutes = Math.floor(forMs / 60_000);
  if (minutes < 1) return 'since a moment ago';
  return minutes === 1 ? 'since 1 minute' : `since ${minutes} minutes`;
};

type Watched = Pick<Toolbox, 'tools' | 'away' | 'health'>;

export class Outages {
  readonly #toolbox: Watched;
  readonly #timer: NodeJS.Timeout;
  readonly #closing = new AbortController();
  #looking: Promise<void> | undefined;

  constructor(toolbox: Watched, everyMs = lookEveryMs) {
    this.#toolbox = toolbox;
    this.#timer = setInterval(() => void this.look(), everyMs);
    this.#timer.unref();
  }

  /** Integrations that failed when they were last asked, by name. */
  list(): Down[] {
    const down = new Map<string, Down>();
    for (const one of [...this.#toolbox.away(), ...breakersOf(this.#toolbox.tools).down()]) {
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

  /** Asks those that are down, and only those, how they are. Never throws. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#closing.abort();
    await this.#looking;
  }

  async #look(): Promise<void> {
    const down = new Set(this.list().map(({ integration }) => integration));
    if (down.size === 0) return;
    const { signal } = this.#closing;
    const limit = AbortSignal.any([signal, AbortSignal.timeout(healthWithinMs)]);
    const lines = await this.#toolbox.health(limit, down).catch(() => []);
    const breakers = breakersOf(this.#toolbox.tools);
    for (const { integration, ok } of lines) if (ok) breakers.succeeded(integration);
  }
}
