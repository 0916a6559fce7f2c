/** A limit on silence: a stream must start in time, and must not fall silent in the middle. */

export interface DeadlineOptions {
  /** Ends the request from outside (barge-in). */
  outer: AbortSignal;
  /** Until the first sign of life, milliseconds. */
  firstWithinMs: number;
  /** Between two signs of life, milliseconds. */
  idleWithinMs: number;
}

export interface Deadline {
  /** For the request: aborted by the outer signal or by silence. */
  readonly signal: AbortSignal;
  /** True when silence, and not the outer signal, ended the request. */
  readonly expired: boolean;
  /** A sign of life: the next one is due within `idleWithinMs`. */
  touch(): void;
  /** Must be called when the request is over. */
  stop(): void;
}

export function startDeadline({ outer, firstWithinMs, idleWithinMs }: DeadlineOptions): Deadline {
  const controller = new AbortController();
  let expired = false;
  const expire = () => {
    expired = !outer.aborted;
    controller.abort();
  };
  const leave = () => controller.abort();
  if (outer.aborted) leave();
  outer.addEventListener('abort', leave, { once: true });
  let timer = setTimeout(expire, firstWithinMs);
  return {
    signal: controller.signal,
    get expired() {
      return expired;
    },
    touch: () => {
      clearTimeout(timer);
      timer = setTimeout(expire, idleWithinMs);
    },
    stop: () => {
      clearTimeout(timer);
      outer.removeEventListener('abort', leave);
    },
  };
}
