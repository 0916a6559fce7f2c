/** How each part and integration is, asked every half minute; what keeps failing is an incident. */
import { orAborted } from '../tools/core/connector.ts';
import type { IncidentBook } from './monitor/incidents.ts';
import type { Part, PartState } from './parts.ts';

export type { Incident, IncidentBook } from './monitor/incidents.ts';

/** What a part says of itself; a sentence may hold addresses, never a secret or words of people. */
export interface Answer {
  state: PartState;
  sentence: string;
  /** What the owner does about it. */
  mend?: string;
}

export interface Watched {
  part: string;
  kind: 'part' | 'integration';
  /** Costs nothing and changes nothing. What it throws is why the part does not work. */
  look(signal: AbortSignal): Promise<Answer>;
  /** While it is well it is asked no more often than this. */
  restMs?: number;
  /** False: nobody set it up, and nobody is told when it is away. */
  opensIncidents?: boolean;
}

/** How a part was when it was last asked. */
export interface PartHealth extends Answer {
  part: string;
  kind: Watched['kind'];
  latencyMs: number;
  /** In this state since then. */
  since: Date;
  at: Date;
  /** In a row. */
  failures: number;
  /** It has failed often enough to count as down. */
  down: boolean;
}

interface Known extends PartHealth {
  successes: number;
  firstFailedAt: Date;
}

export interface MonitorParts {
  /** Asked anew each time: a worker looks at what is down, and only at that. */
  watched: () => readonly Watched[];
  clock: () => Date;
  /** Unset in a process that keeps no incidents. */
  incidents?: IncidentBook;
  everyMs: number;
  /** After each look; never throws. */
  onLooked?: () => Promise<void>;
  withinMs?: number;
  /** 0 to 1. */
  random?: () => number;
  /** Milliseconds, monotonic. */
  nowMs?: () => number;
}

const failuresForIncident = 3;
/** One good answer between two failures is no recovery. */
const successesForRecovery = 2;
const withinMs = 10_000;
const closesWithinMs = 2_000;
/** So that many houses do not ask one service in step. */
const jitter = 0.2;

const late: Answer = { state: 'failed', sentence: 'It did not answer in time.' };

const reasonOf = (error: unknown): Answer => {
  const message = error instanceof Error ? error.message : String(error);
  return { state: 'failed', sentence: message };
};

export class Monitor {
  readonly #parts: MonitorParts;
  readonly #nowMs: () => number;
  readonly #known = new Map<string, Known>();
  /** Parts that have not answered yet, however long ago they were asked. */
  readonly #asked = new Set<string>();
  readonly #closing = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;

  constructor(parts: MonitorParts) {
    this.#parts = parts;
    this.#nowMs = parts.nowMs ?? (() => performance.now());
  }

  /** Looks again and again from now on; the process may end meanwhile. */
  start(): this {
    if (this.#closing.signal.aborted) return this;
    const { everyMs, random = Math.random } = this.#parts;
    const afterMs = everyMs * (1 - jitter / 2 + jitter * random());
    this.#timer = setTimeout(() => void this.look().finally(() => this.start()), afterMs);
    this.#timer.unref();
    return this;
  }

  /** Asks everything once, all at the same time. Never throws; one look at a time. */
  look(): Promise<void> {
    this.#looking ??= this.#lookAtAll().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  /** All that was asked, as it was then. */
  states(): PartHealth[] {
    return [...this.#known.values()];
  }

  /** Integrations that count as down, for the mind's note. */
  failing(): { integration: string; forMs: number }[] {
    return this.states()
      .filter(({ kind, down }) => kind === 'integration' && down)
      .map(({ part, since }) => ({ integration: part, forMs: this.#sinceMs(since) }));
  }

  /** Parts that believe they are well are told otherwise while they count as down. */
  corrected(parts: readonly Part[]): Part[] {
    return parts.map((part) => {
      const known = this.#known.get(part.name);
      if (part.state !== 'ready' || known?.kind !== 'part' || !known.down) return part;
      const sentence = 'It does not answer now. `npm run doctor` says how to mend it.';
      return { ...part, state: 'failed', sentence };
    });
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#closing.abort();
    // A database that hangs just now must not hold the house up.
    const limit = AbortSignal.timeout(closesWithinMs);
    await orAborted(Promise.resolve(this.#looking), limit).catch(() => undefined);
  }

  #sinceMs(at: Date): number {
    return Math.max(0, this.#parts.clock().getTime() - at.getTime());
  }

  async #lookAtAll(): Promise<void> {
    const { incidents, watched } = this.#parts;
    await incidents?.load();
    const all = watched();
    await Promise.all(all.map((one) => this.#ask(one)));
    if (this.#closing.signal.aborted) return;
    if (incidents) this.#forgetOthers(all);
    await incidents?.write();
    await this.#parts.onLooked?.();
  }

  /** What is configured no more is down no more. */
  #forgetOthers(all: readonly Watched[]): void {
    const names = new Set(all.map(({ part }) => part));
    for (const part of this.#known.keys()) if (!names.has(part)) this.#known.delete(part);
    const { incidents, clock } = this.#parts;
    for (const { part } of incidents?.open() ?? []) {
      if (!names.has(part)) incidents?.close(part, clock());
    }
  }

  async #ask(watched: Watched): Promise<void> {
    const { part, restMs = 0 } = watched;
    const known = this.#known.get(part);
    const rests = known?.state === 'ready' && this.#sinceMs(known.at) < restMs;
    if (rests) return;
    // One that ignored its limit is not asked a second time beside the first.
    if (this.#asked.has(part)) return this.#note(watched, { ...late, latencyMs: 0 });
    const limit = AbortSignal.timeout(this.#parts.withinMs ?? withinMs);
    const signal = AbortSignal.any([this.#closing.signal, limit]);
    const startedMs = this.#nowMs();
    this.#asked.add(part);
    const answering = Promise.resolve()
      .then(() => watched.look(signal))
      .catch(reasonOf)
      .finally(() => this.#asked.delete(part));
    const answer = await orAborted(answering, signal).catch(() => late);
    if (this.#closing.signal.aborted) return;
    const told = limit.aborted ? late : answer;
    this.#note(watched, { ...told, latencyMs: Math.round(this.#nowMs() - startedMs) });
  }

  #note({ part, kind, opensIncidents = true }: Watched, answer: Answer & { latencyMs: number }) {
    const { incidents, clock } = this.#parts;
    const at = clock();
    const before = this.#known.get(part);
    const opened = incidents?.openOf(part);
    const failed = answer.state === 'failed';
    const failures = failed ? (before?.failures ?? 0) + 1 : 0;
    const successes = failed || answer.state === 'starting' ? 0 : (before?.successes ?? 0) + 1;
    const same = before?.state === answer.state;
    const wasDown = before?.down ?? opened !== undefined;
    const down = wasDown ? successes < successesForRecovery : failures >= failuresForIncident;
    const firstFailedAt = failures > 1 ? (before?.firstFailedAt ?? at) : at;
    const since = same ? before.since : (failed && opened?.openedAt) || at;
    this.#known.set(part, {
      ...{ part, kind, ...answer, at, since, failures, successes, down, firstFailedAt },
    });
    if (!incidents || !opensIncidents) return;
    if (down) incidents.opened({ part, answer, failures, at: firstFailedAt });
    else if (opened) incidents.close(part, at);
  }
}
