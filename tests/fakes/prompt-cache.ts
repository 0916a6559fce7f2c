/** Anthropic's prompt cache, counted honestly: what a request could reuse of earlier ones. */
import { createHash } from 'node:crypto';

export interface CacheUsage {
  cache_read_input_tokens: number;
  cache_creation_input_tokens: number;
  /** What came after the last mark, at full price. */
  input_tokens: number;
}

interface Block {
  content: string;
  marked: boolean;
  ttlMs: number;
}

/** The parts of a Messages request that the cache looks at, in its order. */
export interface Cacheable {
  model?: unknown;
  tools?: Record<string, unknown>[];
  system?: string | Record<string, unknown>[];
  messages?: { role: string; content: string | Record<string, unknown>[] }[];
  tool_choice?: unknown;
  thinking?: unknown;
  cache_control?: Record<string, unknown> | null;
}

// Prompt caching guide: entries live five minutes from their last use unless an hour is asked for;
// a mark looks back over at most 20 blocks for an earlier entry.
const FIVE_MINUTES_MS = 300_000;
const LOOK_BACK_BLOCKS = 20;

/** About four characters a token, as the guide says for English. */
export const countTokens = (text: string): number => Math.ceil(text.length / 4);

function block(part: unknown, prefix: string): Block {
  const { cache_control: mark, ...rest } = part as Record<string, unknown>;
  const ttl = (mark as { ttl?: string } | null | undefined)?.ttl;
  return {
    content: prefix + JSON.stringify(rest),
    marked: Boolean(mark),
    ttlMs: ttl === '1h' ? 12 * FIVE_MINUTES_MS : FIVE_MINUTES_MS,
  };
}

/** Tools, then system, then messages: the order in which a prefix is formed. */
function blocksOf(request: Cacheable): Block[] {
  const blocks = (request.tools ?? []).map((tool) => block(tool, 'tool'));
  const { system = [] } = request;
  const systemParts = typeof system === 'string' ? [{ type: 'text', text: system }] : system;
  blocks.push(...systemParts.map((part) => block(part, 'system')));
  // Another tool_choice or thinking setting makes message blocks new, but keeps tools and system.
  const { tool_choice: choice = null, thinking = null } = request;
  let setting = JSON.stringify([choice, thinking]);
  for (const { role, content } of request.messages ?? []) {
    const parts = typeof content === 'string' ? [{ type: 'text', text: content }] : content;
    for (const part of parts) {
      blocks.push(block(part, setting + role));
      setting = '';
    }
  }
  const last = blocks.at(-1);
  // The top-level mark stands for one on the last block.
  if (request.cache_control && last) last.marked = true;
  return blocks;
}

/**
 * One service's cache. `now` is the clock in milliseconds; prefixes shorter than `minimumTokens`
 * are not cached (1024 for most models), and silently so, as in the real service.
 */
export class PromptCache {
  readonly #entries = new Map<string, { expiresAtMs: number; ttlMs: number }>();
  readonly #now: () => number;
  readonly #minimumTokens: number;

  constructor({ now, minimumTokens }: { now: () => number; minimumTokens: number }) {
    this.#now = now;
    this.#minimumTokens = minimumTokens;
  }

  /** Counts a request's input, and remembers the prefixes that it marks. */
  count(request: Cacheable): CacheUsage {
    const blocks = blocksOf(request);
    const hash = createHash('sha256').update(String(request.model));
    const prefixes: { key: string; tokens: number }[] = [];
    let tokens = 0;
    for (const { content } of blocks) {
      tokens += countTokens(content);
      prefixes.push({ key: hash.update(`\n${content}`).copy().digest('hex'), tokens });
    }
    const total = tokens;
    const marks = blocks.flatMap(({ marked, ttlMs }, index) => (marked ? [{ index, ttlMs }] : []));
    const read = Math.max(0, ...marks.map(({ index }) => this.#longestFrom(index, prefixes)));
    let written = read;
    for (const { index, ttlMs } of marks) {
      const prefix = prefixes[index];
      if (!prefix || prefix.tokens < this.#minimumTokens) continue;
      this.#entries.set(prefix.key, { expiresAtMs: this.#now() + ttlMs, ttlMs });
      written = Math.max(written, prefix.tokens);
    }
    return {
      cache_read_input_tokens: read,
      cache_creation_input_tokens: written - read,
      input_tokens: total - written,
    };
  }

  #longestFrom(mark: number, prefixes: { key: string; tokens: number }[]): number {
    for (let index = mark; index >= 0 && index > mark - LOOK_BACK_BLOCKS; index--) {
      const prefix = prefixes[index];
      const entry = prefix && this.#entries.get(prefix.key);
      if (!entry || entry.expiresAtMs <= this.#now()) continue;
      entry.expiresAtMs = this.#now() + entry.ttlMs;
      return prefix.tokens;
    }
    return 0;
  }
}
