/** What Butler knows and remembers, over HTTP: facts, history, souls, the PIN. */
import { call, callForJson } from './calls.ts';

export const categories = ['personal', 'preference', 'routine', 'media'] as const;
export type Category = (typeof categories)[number];

export interface Fact {
  id: number;
  category: Category;
  fact: string;
  source: 'explicit' | 'inferred';
  confidence: number;
  learnedAt: string;
  current: boolean;
  quote: string | null;
  tainted: boolean;
}

export interface SaidTurn {
  turn: string;
  at: string;
  messages: readonly {
    id: number;
    role: 'user' | 'assistant';
    content: string;
    heard: boolean;
  }[];
}

export interface Soul {
  personality: string;
  formality: 'casual' | 'balanced' | 'formal';
  verbosity: 'concise' | 'moderate' | 'detailed';
  humor: 'none' | 'subtle' | 'playful';
  custom_instructions: string;
}

export interface Preset {
  id: string;
  name: string;
  soul: Soul;
}

export interface Member {
  id: string;
  name: string;
  role: string;
  soulIsYours: boolean;
}

export interface Imported {
  added: string[];
  changed: string[];
  left: string[];
}

const facts = '/api/v1/memory/facts';
const history = '/api/v1/memory/history';

export interface Search {
  query: string;
  signal: AbortSignal;
}

/** The requests of one person. Each throws `Problem`, whose `detail` is a sentence. */
export class MemoryApi {
  readonly #token: string;

  constructor(token: string) {
    this.#token = token;
  }

  async facts({ query, signal }: Search): Promise<readonly Fact[]> {
    const asked = query === '' ? '' : `?query=${encodeURIComponent(query)}`;
    return (await this.#ask<{ facts: Fact[] }>(`${facts}${asked}`, { signal })).facts;
  }

  add(fact: { fact: string; category: Category }): Promise<{ outcome: string; fact: Fact }> {
    return this.#ask(facts, { body: fact });
  }

  async edit(id: number, change: { fact?: string; category?: Category }): Promise<Fact> {
    const request = { method: 'PATCH', body: change } as const;
    return (await this.#ask<{ fact: Fact }>(`${facts}/${id}`, request)).fact;
  }

  /** Gives the word that takes it back. */
  async forget(id: number): Promise<string> {
    const request = { method: 'DELETE' } as const;
    return (await this.#ask<{ undo: string }>(`${facts}/${id}`, request)).undo;
  }

  async restore(undo: string): Promise<void> {
    await this.#ask(`${facts}/restore`, { body: { undo } });
  }

  /** All facts and all that was said. */
  async forgetEverything(): Promise<void> {
    await this.#ask(facts, { method: 'DELETE', body: { confirm: 'forget everything' } });
    await this.removeSaid({});
  }

  async said({ query, signal }: Search): Promise<readonly SaidTurn[]> {
    const asked = `?limit=100${query === '' ? '' : `&query=${encodeURIComponent(query)}`}`;
    return (await this.#ask<{ turns: SaidTurn[] }>(`${history}${asked}`, { signal })).turns;
  }

  async removeTurn(turn: string): Promise<void> {
    await this.#ask(`${history}/${turn}`, { method: 'DELETE' });
  }

  /** Without moments: all of it. */
  async removeSaid(range: { from?: string; to?: string }): Promise<void> {
    const body = { confirm: 'forget what was said', ...range };
    await this.#ask(history, { method: 'DELETE', body });
  }

  async members(): Promise<readonly Member[]> {
    return (await this.#ask<{ users: Member[] }>('/api/v1/users', {})).users;
  }

  async presets(): Promise<readonly Preset[]> {
    return (await this.#ask<{ presets: Preset[] }>('/api/v1/souls/presets', {})).presets;
  }

  async soul(personId: string): Promise<Soul> {
    return (await this.#ask<{ soul: Soul }>(soulOf(personId), {})).soul;
  }

  async saveSoul(personId: string, soul: Soul): Promise<Soul> {
    const request = { method: 'PUT', body: soul } as const;
    return (await this.#ask<{ soul: Soul }>(soulOf(personId), request)).soul;
  }

  async preview(personId: string, soul: Soul): Promise<string> {
    const path = `${soulOf(personId)}/preview`;
    return (await this.#ask<{ sentence: string }>(path, { body: soul })).sentence;
  }

  /** The same sentence as sound (WAV); throws `voice-off` where the house has no voice. */
  async previewSound(personId: string, soul: Soul): Promise<Blob> {
    const path = `${soulOf(personId)}/preview`;
    const request = { body: soul, accept: 'audio/wav', token: this.#token };
    return (await call(path, request)).blob();
  }

  async exportSouls(): Promise<Blob> {
    return (await call('/api/v1/souls/export', { token: this.#token })).blob();
  }

  importSouls(file: unknown): Promise<Imported> {
    return this.#ask('/api/v1/souls/import', { body: file });
  }

  async setPin(password: string, pin: string | null): Promise<void> {
    const request = { method: 'PUT', body: { password, pin }, token: this.#token } as const;
    await call('/api/v1/me/pin', request);
  }

  #ask<Answer>(path: string, request: Parameters<typeof call>[1]): Promise<Answer> {
    return callForJson<Answer>(path, { ...request, token: this.#token });
  }
}

function soulOf(personId: string): string {
  return `/api/v1/users/${encodeURIComponent(personId)}/soul`;
}
