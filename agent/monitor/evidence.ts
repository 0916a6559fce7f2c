/** What the last turns showed of the paid parts, so that asking them costs nothing. */
import type { TurnRecord } from '../events.ts';

/** What a turn's fault says of a part; a busy mind is no broken one. */
const partOfFault: Readonly<Record<string, string>> = {
  'hearing-failed': 'speech to text',
  'mind-unreachable': 'mind',
  'mind-key-refused': 'mind',
  'voice-failed': 'voice',
};

export interface Shown {
  at: Date;
  /** The fault; undefined where it worked. */
  fault?: string;
}

export class Evidence {
  readonly #clock: () => Date;
  readonly #shown = new Map<string, Shown>();

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  observe({ clocks, faults }: Pick<TurnRecord, 'clocks' | 'faults'>): void {
    const at = this.#clock();
    const { transcriptMs, firstTokenMs, firstSoundMs } = clocks;
    if (transcriptMs !== undefined) this.#shown.set('speech to text', { at });
    if (clocks.path === 'mind' && firstTokenMs !== undefined) this.#shown.set('mind', { at });
    if (firstSoundMs !== undefined) this.#shown.set('voice', { at });
    for (const fault of faults) {
      const part = partOfFault[fault];
      if (part !== undefined) this.#shown.set(part, { at, fault });
    }
  }

  /** What was shown lately; older than that it says nothing any more. */
  of(part: string, withinMs: number): Shown | undefined {
    const shown = this.#shown.get(part);
    const isOld = shown && this.#clock().getTime() - shown.at.getTime() > withinMs;
    return isOld ? undefined : shown;
  }
}
