/** Reasoning models think aloud inside `<think>`: nobody wants to hear it. */

const OPEN = '<think>';
const CLOSE = '</think>';

/** How many of the last characters may be the beginning of `tag`. */
function beginningOf(tag: string, text: string): number {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length--) {
    if (text.endsWith(tag.slice(0, length))) return length;
  }
  return 0;
}

/** Takes streamed text and gives back what is to be said; tags may be split anywhere. */
export class Thinking {
  #held = '';
  #inside = false;

  spoken(text: string): string {
    this.#held += text;
    let out = '';
    for (;;) {
      const tag = this.#inside ? CLOSE : OPEN;
      const at = this.#held.indexOf(tag);
      if (at < 0) {
        const keep = beginningOf(tag, this.#held);
        if (!this.#inside) out += this.#held.slice(0, this.#held.length - keep);
        this.#held = this.#held.slice(this.#held.length - keep);
        return out;
      }
      if (!this.#inside) out += this.#held.slice(0, at);
      this.#held = this.#held.slice(at + tag.length);
      if (this.#inside) this.#held = this.#held.trimStart();
      this.#inside = !this.#inside;
    }
  }

  /** At the end: what was held back as a possible tag and was none. */
  rest(): string {
    const held = this.#inside ? '' : this.#held;
    this.#held = '';
    return held;
  }
}
