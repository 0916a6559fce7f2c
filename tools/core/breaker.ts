/** Circuit breakers: a service that keeps failing is left alone for a while, and that is said. */

const failuresMax = 3;
const withinMs = 60_000;
const restMs = 20_000;

interface Circuit {
  failedAtMs: number[];
  openedAtMs?: number | undefined;
  /** When it was first opened, of all the times since it last worked. */
  downAtMs?: number | undefined;
  /** One call has been let through to see whether it works again. */
  probing: boolean;
}

export interface Down {
  integration: string;
  forMs: number;
}

/** One circuit per integration; `now` in milliseconds, monotonic. */
export class Breakers {
  readonly #now: () => number;
  readonly #circuits = new Map<string, Circuit>();

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** @returns 0 when a call may pass, else the milliseconds until one may. */
  restMs(integration: string): number {
    const circuit = this.#circuits.get(integration);
    if (circuit?.openedAtMs === undefined) return 0;
    const leftMs = circuit.openedAtMs + restMs - this.#now();
    if (leftMs > 0) return leftMs;
    if (circuit.probing) return restMs;
    circuit.probing = true;
    return 0;
  }

  succeeded(integration: string): void {
    this.#circuits.delete(integration);
  }

  /** Neither worked nor failed (a wrong argument, an interruption): a probe is free again. */
  undecided(integration: string): void {
    const circuit = this.#circuits.get(integration);
    if (circuit) circuit.probing = false;
  }

  /** Integrations that did not work when they were last tried, and for how long. */
  down(): Down[] {
    return [...this.#circuits].flatMap(([integration, { downAtMs }]) =>
      downAtMs === undefined ? [] : [{ integration, forMs: this.#now() - downAtMs }],
    );
  }

  failed(integration: string): void {
    const now = this.#now();
    const circuit = this.#circuits.get(integration) ?? { failedAtMs: [], probing: false };
    circuit.failedAtMs = [...circuit.failedAtMs.filter((at) => now - at < withinMs), now];
    if (circuit.probing || circuit.failedAtMs.length >= failuresMax) {
      circuit.openedAtMs = now;
      circuit.downAtMs ??= now;
    }
    circuit.probing = false;
    this.#circuits.set(integration, circuit);
  }
}
