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
  /** A thought has just ended: the space behind it goes with it. */
  #afterwards = false;

  spoken(text: string): string {
    this.#held += text;
    let out = '';
    for (;;) {
      const tag = this.#inside ? CLOSE : OPEN;
      const at = this.#held.indexOf(tag);
      if (at < 0) {
        out += this.#release(this.#held.length - beginningOf(tag, this.#held));
        return out;
      }
      out += this.#release(at);
      this.#held = this.#held.slice(tag.length);
      this.#afterwards = this.#inside;
      this.#inside = !this.#inside;
    }
  }

  /** At the end: what was held back as a possible tag and was none. */
  rest(): string {
    return this.#release(this.#held.length);
  }

  /** Takes `length` characters off; thoughts are dropped. */
  #release(length: number): string {
    const text = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    if (this.#inside) return '';
    const said = this.#afterwards ? text.trimStart() : text;
    if (said) this.#afterwards = false;
    return said;
  }
}
