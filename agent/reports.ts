/** What Butler has to tell unasked: said when nobody speaks, kept for the next time, told once. */

/** A sentence being said; the shape of LiveKit's speech handle that is used here. */
interface Speech {
  readonly interrupted: boolean;
  waitForPlayout(): Promise<unknown>;
}

export interface Missed {
  say: string;
  /** It holds words from outside. */
  outside: boolean;
}

/** Reports for people who were not there; in memory, one for the house. */
export class Unheard {
  readonly #byPerson = new Map<string, Missed[]>();

  keep(personId: string, reports: readonly Missed[]): void {
    if (reports.length === 0) return;
    const kept = [...(this.#byPerson.get(personId) ?? []), ...reports];
    this.#byPerson.set(personId, kept.slice(-keptMax));
  }

  /** Hands them over: whoever takes them tells them. */
  take(personId: string): Missed[] {
    const kept = this.#byPerson.get(personId) ?? [];
    this.#byPerson.delete(personId);
    return kept;
  }
}

const keptMax = 10;
/** So long must it have been quiet, milliseconds. */
const quietMs = 500;

interface Parts {
  /** Neither Butler nor the person speaks, and no answer is awaited. */
  isFree(): boolean;
  /** Undefined: nobody can hear it here. */
  say: ((report: string) => Speech) | undefined;
}

/** The reports of one conversation. */
export class Reports {
  readonly #parts: Parts;
  #waiting: string[] = [];
  #timer: NodeJS.Timeout | undefined;
  #saying = false;
  /** Set when the conversation is over. */
  #keep: ((reports: string[]) => void) | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  add(report: string): void {
    if (this.#keep) {
      this.#keep([report]);
      return;
    }
    this.#waiting.push(report);
    this.#look();
  }

  /** For a door that cannot be spoken into: they open the next answer. */
  take(): string[] {
    return this.#waiting.splice(0);
  }

  /** @param keep takes what was not told, now and later: an effect may outlive its conversation. */
  close(keep: (reports: string[]) => void): void {
    clearTimeout(this.#timer);
    this.#keep = keep;
    keep(this.take());
  }

  #goOn(): void {
    if (this.#keep) this.#keep(this.take());
    else this.#look();
  }

  #look(): void {
    clearTimeout(this.#timer);
    if (this.#parts.say === undefined || this.#waiting.length === 0) return;
    this.#timer = setTimeout(() => void this.#tell(), quietMs);
  }

  async #tell(): Promise<void> {
    const { say, isFree } = this.#parts;
    if (this.#keep || this.#saying) return;
    if (!say || !isFree()) return this.#look();
    this.#saying = true;
    const reports = this.take();
    try {
      const speech = say(reports.join(' '));
      await speech.waitForPlayout();
      // Spoken over is not told; but only once more, or it would never end.
      if (speech.interrupted && isFree()) this.#waiting.unshift(...reports.slice(0, 1));
    } catch {
      this.#waiting.unshift(...reports);
    } finally {
      this.#saying = false;
    }
    this.#goOn();
  }
}
