/** All configured servers: each on a line of its own, so that a bad one harms no other. */
import type { AnyTool } from '../core/define.ts';
import { ToolError } from '../core/tool-error.ts';
import { Connection } from './connection.ts';
import { type Mapped, mapped } from './mapping.ts';
import { type ServerSettings, settingsMistake } from './settings.ts';

/** Nobody's start waits longer than this for somebody else's server. */
const firstWaitMs = 4_000;

const nothing: Mapped = { tools: {}, vouched: 0, notes: [], changed: [] };

interface Kept {
  connection: Connection;
  /** The version in which each tool was first seen, for as long as this process lives. */
  seen: Map<string, string>;
  /** A first answer, or a first failure. */
  started: Promise<void>;
  now: Mapped;
}

const counted = (count: number): string => `${count} ${count === 1 ? 'tool' : 'tools'}`;

const lineOf = ({ connection, now }: Kept): string => {
  const all = Object.keys(now.tools).length;
  const head = `${connection.server.name}: ${counted(all)}, ${now.vouched} vouched for`;
  return [head, ...now.notes].join('; ');
};

export class Servers {
  readonly #kept: Kept[];
  readonly #mistakes: string[];
  #changed: () => void = () => undefined;

  constructor(all: readonly ServerSettings[]) {
    const names = all.map(({ name }) => name);
    const twice = (server: ServerSettings, index: number): string | undefined =>
      names.indexOf(server.name) < index
        ? `Two servers are called ${server.name}: rename one.`
        : undefined;
    const mistakeOf = all.map((server, index) => settingsMistake(server) ?? twice(server, index));
    this.#mistakes = mistakeOf.flatMap((mistake) => mistake ?? []);
    this.#kept = all
      .filter((_, index) => mistakeOf[index] === undefined)
      .map((server) => this.#keep(server));
  }

  #keep(server: ServerSettings): Kept {
    const connection = new Connection({ server, onNews: () => this.#news(kept) });
    const kept: Kept = { connection, seen: new Map(), started: Promise.resolve(), now: nothing };
    kept.started = connection.start();
    return kept;
  }

  #news(kept: Kept): void {
    const { connection, seen } = kept;
    const call: Connection['call'] = (...what) => connection.call(...what);
    kept.now = mapped(connection.tools, { server: connection.server, seen, call });
    this.#changed();
  }

  /** Everything that is known now; `changed` is called when that is no longer all. */
  async discover(changed: () => void): Promise<Readonly<Record<string, AnyTool>>> {
    const late = new AbortController();
    const wait = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, firstWaitMs);
      late.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
    });
    await Promise.race([Promise.all(this.#kept.map(({ started }) => started)), wait]);
    late.abort();
    this.#changed = changed;
    return Object.assign({}, ...this.#kept.map(({ now }) => now.tools));
  }

  /** @throws an Error with everything that the owner should look at. */
  async health(): Promise<string> {
    const states = await Promise.all(this.#kept.map((kept) => this.#stateOf(kept)));
    const trouble = [...this.#mistakes, ...states.filter(({ ok }) => !ok).map(({ line }) => line)];
    const lines = states.map(({ line }) => line);
    if (trouble.length === 0) return lines.join('. ');
    throw new Error([...this.#mistakes, ...lines].join('. '));
  }

  async #stateOf(kept: Kept): Promise<{ ok: boolean; line: string }> {
    try {
      await kept.connection.ping('en');
      return { ok: kept.now.changed.length === 0, line: lineOf(kept) };
    } catch (error) {
      const mend = error instanceof ToolError ? ` ${error.mend ?? ''}` : '';
      const { name } = kept.connection.server;
      return { ok: false, line: `${name}: ${(error as Error).message}${mend}` };
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#kept.map(({ connection }) => connection.close()));
  }
}
