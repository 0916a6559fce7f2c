/** The first engine that can transcribe does; one that has failed is left alone for a while. */
import { type AudioBuffer, stt } from '@livekit/agents';

export interface SttLadderOptions {
  /** How long a failed engine is passed over, milliseconds. */
  restMs?: number;
  /** Milliseconds on any clock that does not jump. */
  now?: () => number;
  onFailure?: (failure: { label: string; error: unknown; restMs: number }) => void;
}

/**
 * LiveKit's FallbackAdapter does not fit here: it wraps each engine with a VAD stream of its own,
 * takes an aborted guess for a failed engine, and sends every failed recording again.
 */
class SttLadder extends stt.STT {
  override readonly label: string;
  readonly #engines: stt.STT[];
  readonly #options: Required<SttLadderOptions>;
  readonly #restsUntilMs = new Map<stt.STT, number>();
  #active: stt.STT;

  constructor(engines: [stt.STT, ...stt.STT[]], options: SttLadderOptions) {
    super({ streaming: false, interimResults: false });
    this.label = engines.map(({ label }) => label).join(', then ');
    this.#engines = engines;
    this.#active = engines[0];
    this.#options = {
      restMs: options.restMs ?? 30_000,
      now: options.now ?? (() => performance.now()),
      onFailure: options.onFailure ?? (() => {}),
    };
  }

  override get model(): string {
    return this.#active.model;
  }

  override get provider(): string {
    return this.#active.provider;
  }

  override stream(): stt.SpeechStream {
    throw new Error(`${this.label} does not stream: wrap it in stt.StreamAdapter with a VAD.`);
  }

  override async close(): Promise<void> {
    await Promise.all(this.#engines.map((engine) => engine.close()));
  }

  /** @throws the last engine's error, or the abort's reason. */
  protected override async _recognize(
    buffer: AudioBuffer,
    signal?: AbortSignal,
  ): Promise<stt.SpeechEvent> {
    let failure: unknown;
    for (const engine of this.#inOrder()) {
      try {
        const event = await engine.recognize(buffer, signal);
        this.#restsUntilMs.delete(engine);
        this.#active = engine;
        return event;
      } catch (error) {
        signal?.throwIfAborted();
        failure = error;
        const { restMs, now, onFailure } = this.#options;
        this.#restsUntilMs.set(engine, now() + restMs);
        onFailure({ label: engine.label, error, restMs });
      }
    }
    throw failure;
  }

  /** Those that rest come last: when all rest, all are tried. */
  #inOrder(): stt.STT[] {
    const now = this.#options.now();
    const rests = (engine: stt.STT) => (this.#restsUntilMs.get(engine) ?? 0) > now;
    return [...this.#engines.filter((engine) => !rests(engine)), ...this.#engines.filter(rests)];
  }
}

/** One engine is itself; several are a ladder. */
export function createSttLadder(engines: stt.STT[], options: SttLadderOptions = {}): stt.STT {
  const [first, ...rest] = engines;
  if (!first)
    throw new Error('A ladder needs at least one engine: configure Groq or local models.');
  return rest.length === 0 ? first : new SttLadder([first, ...rest], options);
}
