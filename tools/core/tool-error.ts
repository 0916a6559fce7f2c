/** What a tool throws for a person to hear. */

/**
 * The message is heard. The code `unreachable` counts against the service: after three of them it
 * is left alone for a while.
 */
export class ToolError extends Error {
  readonly code: string;
  /** A mind, where there is one, may do better with the person's own words. */
  readonly handOver: boolean;
  /** What the owner does about it: one sentence for `doctor`. */
  readonly mend: string | undefined;
  /** The sentence holds words from outside, such as names that somebody else gave. */
  readonly outside: boolean;

  /** @param options `true` hands over. */
  constructor(
    say: string,
    code: string,
    options: boolean | { handOver?: boolean; mend?: string | undefined; outside?: boolean } = false,
  ) {
    super(say);
    const { handOver, mend, outside } =
      typeof options === 'boolean' ? { handOver: options } : options;
    this.name = 'ToolError';
    this.code = code;
    this.handOver = handOver ?? false;
    this.mend = mend;
    this.outside = outside ?? false;
  }

  fromOutside(): ToolError {
    const { message, code, handOver, mend } = this;
    return new ToolError(message, code, { handOver, mend, outside: true });
  }
}
