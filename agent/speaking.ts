/** The voice as the house has it: Kokoro where one is configured, the local voice behind it. */

import { createKokoro, type Kokoro } from '../tts/kokoro.ts';
import type { Caller } from './caller.ts';
import type { Settings } from './config.ts';
import type { LocalModels } from './local-models.ts';
import type { Part } from './parts.ts';

/** A voice that failed goes last for this long. */
const restMs = 30_000;
/** Requests at once: a service has cores to spare, this machine has not. */
const concurrency = { remote: 2, local: 1 };

/** What a conversation wants to know while it speaks. */
export interface VoiceHooks {
  /** A clause was handed to the voice. */
  onClause?: () => void;
  /** Words by milliseconds played, for an answer that is interrupted. */
  onVoice?: ((spokenText: (playedMs: number) => string) => void) | undefined;
}

export interface ChosenVoice {
  engine: Kokoro;
  /** It gave no sound: others first for a while. */
  failed(): void;
}

interface Candidate {
  address: string;
  key: string | undefined;
  remote: boolean;
}

export class Speaking {
  readonly #settings: Settings;
  readonly #models: LocalModels;
  readonly #restsUntilMs = new Map<string, number>();

  constructor(parts: { settings: Settings; models: LocalModels }) {
    this.#settings = parts.settings;
    this.#models = parts.models;
  }

  /** The voices of one conversation, best first, looked up anew for every answer. */
  voicesFor(caller: Caller, hooks: VoiceHooks): () => ChosenVoice[] {
    const made = new Map<string, Kokoro>();
    return () =>
      this.#inOrder().map((candidate) => {
        const engine = made.get(candidate.address) ?? this.#newEngine(candidate, { caller, hooks });
        made.set(candidate.address, engine);
        return { engine, failed: () => this.#rest(candidate.address) };
      });
  }

  part(): Part {
    const name = 'voice';
    if (this.#settings.KOKORO_URL) return { name, state: 'ready', sentence: 'Kokoro speaks.' };
    return { name, ...this.#models.state() };
  }

  #rest(address: string): void {
    this.#restsUntilMs.set(address, performance.now() + restMs);
  }

  #inOrder(): Candidate[] {
    const now = performance.now();
    const candidates: Candidate[] = [];
    const { KOKORO_URL: kokoro } = this.#settings;
    if (kokoro) candidates.push({ address: `${trimmed(kokoro)}/v1`, key: undefined, remote: true });
    const local = this.#models.address();
    if (local) candidates.push({ address: `${local.origin}/v1`, key: local.key, remote: false });
    const rests = ({ address }: Candidate) => (this.#restsUntilMs.get(address) ?? 0) > now;
    return candidates.sort((a, b) => Number(rests(a)) - Number(rests(b)));
  }

  #newEngine(
    { address, key, remote }: Candidate,
    { caller, hooks }: { caller: Caller; hooks: VoiceHooks },
  ): Kokoro {
    return createKokoro({
      baseUrl: address,
      ...(key ? { apiKey: key } : {}),
      voice: caller.voice ?? this.#settings.BUTLER_VOICE,
      language: caller.language,
      concurrency: remote ? concurrency.remote : concurrency.local,
      ...(hooks.onClause ? { onClause: hooks.onClause } : {}),
    });
  }
}

const trimmed = (url: string): string => url.replace(/\/+$/, '').replace(/\/v1$/, '');
