/** What of a reply has been heard: each piece of text with the sound that was made of it. */

interface Piece {
  /** The text as the mind wrote it, spaces included. */
  text: string;
  /** Milliseconds of sound so far. */
  soundMs: number;
  /** No more sound comes for this piece. */
  done: boolean;
}

/** For a piece whose sound is still coming: how fast a calm voice speaks. */
const CHARACTERS_PER_SECOND = 15;

/** The text of `piece` that fits into `heardMs`, cut after a whole word. */
function headOf({ text, soundMs, done }: Piece, heardMs: number): string {
  const expectedMs = done
    ? soundMs
    : Math.max(soundMs, (text.length / CHARACTERS_PER_SECOND) * 1000);
  if (expectedMs <= 0) return '';
  const words = text.match(/\s*\S+/g) ?? [];
  // A word counts by its letters: long words take longer.
  const length = words.reduce((sum, word) => sum + word.length, 0);
  let remaining = (heardMs / expectedMs) * length;
  let head = '';
  for (const word of words) {
    remaining -= word.length;
    if (remaining < -0.5) break;
    head += word;
  }
  return head;
}

/** One reply. Pieces are begun in the order in which they are heard. */
export class SpokenAccount {
  readonly #pieces: Piece[] = [];

  begin(text: string): void {
    const last = this.#pieces.at(-1);
    if (last) last.done = true;
    this.#pieces.push({ text, soundMs: 0, done: false });
  }

  add(soundMs: number): void {
    const last = this.#pieces.at(-1);
    if (last) last.soundMs += soundMs;
  }

  end(): void {
    const last = this.#pieces.at(-1);
    if (last) last.done = true;
  }

  /** Sound made so far, milliseconds. */
  get soundMs(): number {
    return this.#pieces.reduce((sum, { soundMs }) => sum + soundMs, 0);
  }

  /** Where the first text that fits begins to sound, milliseconds; undefined until it does. */
  startsAtMs(fits: (text: string) => boolean): number | undefined {
    let atMs = 0;
    for (const { text, soundMs } of this.#pieces) {
      if (soundMs > 0 && fits(text)) return atMs;
      atMs += soundMs;
    }
    return undefined;
  }

  /** The beginning of the reply that a listener has heard after `playedMs` of it. */
  spokenText(playedMs: number): string {
    let remainingMs = playedMs;
    let heard = '';
    for (const piece of this.#pieces) {
      if (piece.done && remainingMs >= piece.soundMs) {
        // A piece without sound was skipped: what was not said was not heard.
        if (piece.soundMs > 0 || !/[\p{L}\p{N}]/u.test(piece.text)) heard += piece.text;
        remainingMs -= piece.soundMs;
        continue;
      }
      heard += headOf(piece, remainingMs);
      break;
    }
    return heard.trim();
  }
}
