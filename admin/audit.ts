/** The audit log: who did or tried what, in an order that cannot be changed unseen. */
import type { Logger } from '../agent/log.ts';
import { type AuditAnchor, auditAnchor } from '../memory/audit-anchor.ts';
import type { Database } from '../memory/database.ts';
import { type Detail, type Outcome, type Verified, verifyChain } from './audit-chain.ts';
import { type AuditLine, type LinesWanted, listLines } from './audit-lines.ts';
import { type Accepted, appendLines } from './audit-write.ts';

export interface AuditEntry {
  actor: { personId: string } | { part: string };
  device?: string;
  /** The key of a route, `tool NAME`, or a word with dashes. */
  what: string;
  target?: { personId: string } | { id: string };
  outcome: Outcome;
  /** Ids, counts, codes; no words of people and no secrets. */
  detail?: Detail;
}

export interface Audit {
  /**
   * Never throws. Resolves after one attempt to write it, together with others; what the database
   * did not take stays in line and is tried again until it does.
   */
  record(entry: AuditEntry): Promise<void>;
  /** Newest first. */
  list(wanted: LinesWanted): Promise<AuditLine[]>;
  /** Reads all of it. @param anchor a newest line as it was noted elsewhere, once. */
  verify(anchor?: AuditAnchor): Promise<Verified>;
  newest(): Promise<AuditAnchor | undefined>;
  /** Writes what is still in line; what the database does not take now is lost, and logged. */
  close(): Promise<void>;
}

/** Lines that come within this are written together: so much a killed process can lose. */
const gatherMs = 100;
const retryFirstMs = 1_000;
const retryMaxMs = 30_000;
const linesAtOnce = 200;
/** While the database is away; what comes on top is counted, and the count is written. */
const waitingMax = 10_000;
const anchorEveryMs = 24 * 60 * 60_000;

interface AuditParts {
  database: Database;
  log: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** Milliseconds since 1970. */
  clock?: () => number;
}

class AuditLog implements Audit {
  readonly #database: Database;
  readonly #log: AuditParts['log'];
  readonly #clock: () => number;
  readonly #anchoring: NodeJS.Timeout;
  #waiting: Accepted[] = [];
  #lost = 0;
  #attempt: { soon: NodeJS.Timeout; done: Promise<void>; run: () => void } | undefined;
  #writing: Promise<void> = Promise.resolve();
  #failures = 0;
  #closed = false;

  constructor({ database, log, clock = Date.now }: AuditParts) {
    this.#database = database;
    this.#log = log;
    this.#clock = clock;
    this.#anchoring = setInterval(() => void this.#anchor(), anchorEveryMs);
    this.#anchoring.unref();
  }

  async record(entry: AuditEntry): Promise<void> {
    if (this.#closed || this.#waiting.length >= waitingMax) {
      this.#lost += 1;
      if (this.#closed) this.#log.error({ what: entry.what }, 'an audit line came too late');
      return;
    }
    this.#waiting.push({ ...entry, at: new Date(this.#clock()) });
    // While it is down, who records does not wait for the next try.
    if (this.#failures > 0) void this.#in(this.#restMs());
    else await this.#in(gatherMs);
  }

  list(wanted: LinesWanted): Promise<AuditLine[]> {
    return listLines(this.#database.sql, wanted);
  }

  verify(anchor?: AuditAnchor): Promise<Verified> {
    return verifyChain(this.#database.sql, anchor);
  }

  newest(): Promise<AuditAnchor | undefined> {
    return auditAnchor(this.#database.sql);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    clearInterval(this.#anchoring);
    const failuresBefore = this.#failures;
    while (this.#waiting.length > 0 && this.#failures === failuresBefore) await this.#now();
    this.#closed = true;
    clearTimeout(this.#attempt?.soon);
    await this.#writing;
    await this.#anchor();
    const lost = this.#waiting.length + this.#lost;
    if (lost > 0) this.#log.error({ lost }, 'audit lines could not be written before the end');
  }

  /** One attempt for all who come until then. */
  #in(ms: number): Promise<void> {
    if (!this.#attempt) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const run = (): void => {
        this.#attempt = undefined;
        this.#writing = this.#writing.then(() => this.#write()).then(resolve);
      };
      this.#attempt = { soon: setTimeout(run, ms), done: promise, run };
    }
    return this.#attempt.done;
  }

  #now(): Promise<void> {
    const done = this.#in(gatherMs);
    clearTimeout(this.#attempt?.soon);
    this.#attempt?.run();
    return done;
  }

  #restMs(): number {
    return Math.min(retryFirstMs * 2 ** (this.#failures - 1), retryMaxMs);
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const lines = this.#waiting.slice(0, linesAtOnce);
      const lost = this.#lost;
      try {
        await appendLines(this.#database.sql, lost > 0 ? [...lines, this.#gap(lost)] : lines);
      } catch (error) {
        this.#refused(error);
        return;
      }
      this.#waiting = this.#waiting.slice(lines.length);
      this.#lost -= lost;
      if (this.#failures > 0) this.#log.info({}, 'the audit log is written again');
      this.#failures = 0;
    }
  }

  #gap(lost: number): Accepted {
    const [actor, at] = [{ part: 'audit' }, new Date(this.#clock())];
    return { at, actor, what: 'lines-lost', outcome: 'failed', detail: { lost } };
  }

  #refused(error: unknown): void {
    const { code, name } = error as { code?: unknown; name?: string };
    const about = { code, name, waiting: this.#waiting.length };
    if (this.#failures === 0) this.#log.warn(about, 'the audit log cannot be written now');
    this.#failures += 1;
    if (!this.#closed) void this.#in(this.#restMs());
  }

  /** Into the log: an end that was cut off shows against it. */
  async #anchor(): Promise<void> {
    const newest = await this.newest().catch(() => undefined);
    if (newest) this.#log.info(newest, 'the newest line of the audit log');
  }
}

/** One for a process; others may write to the same log. */
export const openAudit = (parts: AuditParts): Audit => new AuditLog(parts);
