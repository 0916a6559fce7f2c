/** The text door: one written question, its answer as it comes. */
import { voice } from '@livekit/agents';
import type { Caller } from '../caller.ts';
import type { Fault, TurnEvent } from '../events.ts';
import type { House } from '../house.ts';
import { type Conversation, openConversation } from '../session.ts';
import type { ChatEvent, Gesture } from './protocol.ts';

type Turn = { caller: Caller; signal: AbortSignal } & ({ text: string } | Gesture);

/** A conversation by text is forgotten after this long without a word. */
const idleMs = 10 * 60_000;
const answerWithinMs = 60_000;

/** Written conversations, one for each person, so that "and in Tokyo?" is understood. */
export class TextDoor {
  readonly #house: House;
  readonly #open = new Map<string, Promise<Conversation>>();
  readonly #idle = new Map<string, NodeJS.Timeout>();
  readonly #queue = new Map<string, Promise<void>>();

  constructor(house: House) {
    this.#house = house;
  }

  /** Answers in order: a second question of the same person waits for the first. */
  async *chat(turn: Turn): AsyncGenerator<ChatEvent> {
    const key = `${turn.caller.personId}/${turn.caller.door}`;
    const before = this.#queue.get(key) ?? Promise.resolve();
    const mine = Promise.withResolvers<void>();
    this.#queue.set(key, mine.promise);
    await before;
    try {
      if (turn.signal.aborted) return;
      yield* this.#answer(key, turn);
    } finally {
      mine.resolve();
      if (this.#queue.get(key) === mine.promise) this.#queue.delete(key);
    }
  }

  async close(): Promise<void> {
    for (const timer of this.#idle.values()) clearTimeout(timer);
    const open = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(open.map(async (conversation) => (await conversation).close()));
  }

  async *#answer(key: string, turn: Turn): AsyncGenerator<ChatEvent> {
    const { caller, signal } = turn;
    const conversation = await this.#conversation(key, caller);
    const parts: ChatEvent[] = [];
    let wake = (): void => {};
    let shown = '';
    const pieces = new Pieces();
    let finished = false;
    const stop = (): void => {
      finished = true;
      wake();
    };
    const off = conversation.events.on((event) => {
      const part = pieces.partOf(event);
      if (part?.type === 'delta') shown += part.text;
      if (part) parts.push(part);
      if (event.type === 'turn') finished = true;
      wake();
    });
    const limit = setTimeout(() => conversation.stop(), answerWithinMs);
    const abandon = (): void => {
      conversation.stop();
      stop();
    };
    signal.addEventListener('abort', abandon, { once: true });
    try {
      const fault = hear(conversation, turn);
      if (fault) {
        yield { type: 'error', ...fault };
        return;
      }
      while (!finished || parts.length > 0) {
        const part = parts.shift();
        if (part) yield part;
        else if (!finished) await new Promise<void>((resolve) => (wake = resolve));
      }
      yield { type: 'done', text: shown.trim() };
    } finally {
      clearTimeout(limit);
      signal.removeEventListener('abort', abandon);
      off();
      this.#forgetLater(key);
    }
  }

  #conversation(key: string, caller: Caller): Promise<Conversation> {
    clearTimeout(this.#idle.get(key));
    const open = this.#open.get(key);
    if (open) return open;
    const opening = openConversation(this.#house, caller, {
      transport: 'text',
      sound: false,
      releaseGraceMs: 0,
      start: async (session, butler) => {
        await session.start({ agent: butler });
      },
    });
    this.#open.set(key, opening);
    opening.then(
      ({ session }) =>
        session.once(voice.AgentSessionEventTypes.Close, () => this.#open.delete(key)),
      () => this.#open.delete(key),
    );
    return opening;
  }

  #forgetLater(key: string): void {
    clearTimeout(this.#idle.get(key));
    const timer = setTimeout(() => {
      const conversation = this.#open.get(key);
      this.#open.delete(key);
      this.#idle.delete(key);
      void conversation?.then((open) => open.close());
    }, idleMs);
    timer.unref();
    this.#idle.set(key, timer);
  }
}

/** @returns why a button counts no more. */
const hear = (conversation: Conversation, turn: Turn): Fault | undefined => {
  if (!('text' in turn)) return conversation.press(turn);
  conversation.typed(turn.text);
  return undefined;
};

/** The page shows whole texts, one for each step of an answer; a stream wants what is new. */
class Pieces {
  #id = '';
  #shown = '';

  partOf(event: TurnEvent): ChatEvent | undefined {
    if (event.type === 'turn') return undefined;
    if (event.type !== 'transcript') return event;
    if (event.who !== 'butler') return undefined;
    const { id, text } = event;
    const isNext = id !== this.#id && text !== '';
    const before = isNext ? '' : this.#shown;
    if (!text.startsWith(before) || text.length === before.length) return undefined;
    const gap = isNext && this.#shown !== '' ? ' ' : '';
    this.#id = id;
    this.#shown = text;
    return { type: 'delta', text: gap + text.slice(before.length) };
  }
}
