/** Speech to text as the house has it: Groq where there is a key, the house's own models behind. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { stt } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';
import type { Transcription } from './clocks.ts';
import { listOf, type Settings } from './config.ts';
import type { LocalModels } from './local-models.ts';
import type { Logger } from './log.ts';
import type { Part } from './parts.ts';
import type { Refusal } from './spending.ts';
import { type EndpointingLimits, localEndpointing, remoteEndpointing } from './stt/endpointing.ts';
import { createWhisper, type RecognitionFacts } from './stt/whisper.ts';

/** After a failure the next engine goes first for this long: nobody waits twice for a dead one. */
const restMs = 30_000;
const remoteWithinMs = 2_300;
const localWithinMs = 12_000;

interface Engine {
  ear: stt.STT;
  remote: boolean;
  restsUntilMs: number;
}

/** Thrown when there is no engine at all; `/health` says why. */
class NoHearingError extends Error {
  readonly code = 'hearing-off';
}

/** Thrown where the only engine costs money, and none may be spent. */
export class CappedError extends Error {
  readonly code = 'hearing-capped';
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super('a cap on spending is reached');
    this.refusal = refusal;
  }
}

interface Told {
  onAsked?: (asked: Transcription) => void;
  refuses?: () => Refusal | undefined;
}

export class Hearing {
  readonly #settings: Settings;
  readonly #models: LocalModels;
  readonly #log: Logger;
  readonly #groq: Engine | undefined;
  readonly #startLanguage: string;
  /** Whose conversation a request belongs to: engines are shared, and report when they are done. */
  readonly #asking = new AsyncLocalStorage<(asked: Transcription) => void>();
  #local: (Engine & { origin: string }) | undefined;

  constructor(parts: { settings: Settings; models: LocalModels; log: Logger }) {
    this.#settings = parts.settings;
    this.#models = parts.models;
    this.#log = parts.log;
    this.#startLanguage = parts.settings.BUTLER_LANGUAGE;
    this.#groq = this.#newGroq();
  }

  /**
   * The words in 16 kHz mono frames; empty when there are none.
   * @param told.onAsked once for each engine that was asked, also when it failed or was aborted.
   * @param told.refuses why nothing may be paid for it now.
   * @throws what the last engine threw, NoHearingError, or CappedError.
   */
  transcribe(frames: AudioFrame[], signal: AbortSignal, told: Told = {}): Promise<string> {
    const { onAsked = () => {}, refuses } = told;
    return this.#asking.run(onAsked, () => this.#transcribe(frames, signal, refuses));
  }

  async #transcribe(
    frames: AudioFrame[],
    signal: AbortSignal,
    refuses: Told['refuses'],
  ): Promise<string> {
    const capped = this.#groq && refuses?.();
    const none = new NoHearingError('there is no speech to text');
    let failure: unknown = capped ? new CappedError(capped) : none;
    for (const engine of this.#inOrder(capped !== undefined)) {
      try {
        const event = await engine.ear.recognize(frames, signal);
        return event.alternatives?.[0]?.text ?? '';
      } catch (error) {
        signal.throwIfAborted();
        engine.restsUntilMs = performance.now() + restMs;
        failure = error;
      }
    }
    throw failure;
  }

  /** A round trip hides in an early guess; the machine's own two cores do not. */
  endpointing(refuses?: Told['refuses']): EndpointingLimits {
    return this.#inOrder(refuses?.() !== undefined)[0]?.remote
      ? remoteEndpointing
      : localEndpointing;
  }

  part(): Part {
    const name = 'speech to text';
    if (this.#groq) return { name, state: 'ready', sentence: 'Groq transcribes.' };
    return { name, ...this.#models.state('transcription') };
  }

  /** @param capped what costs money is not asked. */
  #inOrder(capped: boolean): Engine[] {
    const now = performance.now();
    const all = capped ? [this.#localEngine()] : [this.#groq, this.#localEngine()];
    const engines = all.filter((engine) => engine !== undefined);
    return engines.sort((a, b) => Number(a.restsUntilMs > now) - Number(b.restsUntilMs > now));
  }

  #localEngine(): Engine | undefined {
    const address = this.#models.address('transcription');
    if (address === undefined) return undefined;
    if (this.#local?.origin === address.origin) return this.#local;
    const ear = createWhisper({
      ...this.#common('local speech to text', { timeoutMs: localWithinMs }),
      // Its model was chosen for this language, and may know no other.
      language: this.#startLanguage,
      baseUrl: address.origin,
      apiKey: address.key,
      model: 'whisper-1',
      // A second try would only wait behind the first, on the same two cores.
      attempts: 1,
    });
    this.#local = { ear, remote: false, restsUntilMs: 0, origin: address.origin };
    return this.#local;
  }

  #newGroq(): Engine | undefined {
    const { GROQ_API_KEY: apiKey, GROQ_BASE_URL: baseUrl, GROQ_STT_MODEL: model } = this.#settings;
    if (apiKey === undefined) return undefined;
    const ear = createWhisper({
      ...this.#common('Groq', { timeoutMs: remoteWithinMs, groqModel: model }),
      ...(baseUrl ? { baseUrl } : {}),
      apiKey,
      model,
    });
    return { ear, remote: true, restsUntilMs: 0 };
  }

  #common(
    label: string,
    { timeoutMs, groqModel }: { timeoutMs: number; groqModel?: string | undefined },
  ) {
    const onRequest = (facts: RecognitionFacts): void => {
      this.#log.debug(facts, 'transcription');
      const { audioMs, attempts } = facts;
      this.#asking.getStore()?.({ groqModel, audioMs, requests: attempts });
    };
    const names = () => listOf(this.#settings.BUTLER_NAMES);
    const language = () => this.#settings.BUTLER_LANGUAGE;
    return { label, timeoutMs, language, names, onRequest };
  }
}
