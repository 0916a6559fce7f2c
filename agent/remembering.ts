/** What one conversation remembers: its person's soul, former talk, and the facts that matter. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { llm } from '@livekit/agents';
import type { Fact } from '../memory/facts.ts';
import type { Message, NewMessage } from '../memory/history.ts';
import type { Memory } from '../memory/memory.ts';
import type { Recalled } from '../memory/recall.ts';
import type { User } from '../memory/users.ts';
import type { Caller } from './caller.ts';
import type { TurnEvent } from './events.ts';
import type { Logger } from './log.ts';
import { prompt } from './prompt.ts';
import { corrects } from './remembering/correction.ts';
import { factsNote, unreachableNote, usedIn } from './remembering/notes.ts';
import { windowOf } from './remembering/window.ts';
import { personWords } from './spoken-words.ts';

/** Former talk that is still read as messages; the rest is found by asking. */
const formerDays = 7;
const formerMessages = 20;
/** A conversation begins without its memory rather than late. */
const openWithinMs = 400;
/** Recall is begun on the partial transcript; this is what may be left of it at the commit. */
const spokenDeadlineMs = 20;
/** Typed words have no partial transcript, and nobody hears the gap. */
const typedDeadlineMs = 150;
/** What cannot be written while the database is away is kept, and written later. */
const unsavedMax = 200;
const closeWithinMs = 2_000;
const swayedMax = 20;

interface Parts {
  memory: Memory;
  caller: Caller;
  log: Logger;
  now: () => Date;
  timeZone: string;
}

interface OpenTurn {
  id: string;
  beganAtMs: number;
  said: string[];
  answered: boolean;
  tainted: boolean;
}

type Spoken = Pick<llm.ChatMessage, 'createdAt' | 'interrupted'>;

export class Remembering {
  readonly #parts: Parts;
  #user: User | undefined;
  #refreshing: Promise<void> | undefined;
  #typed = false;
  #former: Message[] = [];
  readonly #ownTurns = new Set<string>();
  #turn: OpenTurn | undefined;
  #turnBefore: OpenTurn | undefined;
  #recall: { words: string; found: Promise<Recalled> } | undefined;
  /** What the mind was told in its latest answer. */
  #recalled: readonly Fact[] = [];
  /** The facts that the latest answer spoke of. */
  #told: readonly number[] = [];
  /** Words that the mind answered while words from outside stood before it. */
  readonly #swayed = new Set<string>();
  #unsaved: NewMessage[] = [];
  #saving: Promise<void> = Promise.resolve();
  #warned = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Looks up whom we speak with; never throws and never waits long. */
  async open(): Promise<void> {
    const { memory, caller } = this.#parts;
    void memory.recall.warm(caller.personId);
    const limit = sleep(openWithinMs, undefined, { ref: false });
    await Promise.race([this.#refreshed(), limit]);
  }

  /** The person is speaking: what these words call to mind is looked up meanwhile. */
  begin(partialText: string): void {
    this.#typed = false;
    this.#recall = undefined;
    this.#parts.memory.recall.begin(this.#parts.caller.personId, partialText);
    void this.#refreshed();
  }

  /** Committed words of the turn with this id; `secret` ones (a PIN) are never written down. */
  said(
    text: string,
    { turnId, secret, typed }: { turnId: string; secret: boolean; typed: boolean },
  ): void {
    this.#typed = typed;
    // The same words in another turn may call other things to mind.
    if (typed) this.#recall = undefined;
    const now = this.#parts.now();
    this.#correct(text);
    this.#turnBefore = this.#turn;
    this.#refreshing = undefined;
    const said = secret ? [] : [text];
    const beganAtMs = now.getTime();
    this.#turn = { id: turnId, beganAtMs, said, answered: false, tainted: false };
    this.#ownTurns.add(turnId);
    if (!secret) this.#write(turnId, { role: 'user', content: text, heard: true, tainted: false });
  }

  /** The turn that is running, as a tool that keeps its words names it. */
  get turn(): { id: string; said: string } | undefined {
    const said = this.#turn?.said.join(' ') ?? '';
    return this.#turn && said !== '' ? { id: this.#turn.id, said } : undefined;
  }

  /** Words from outside were read in this turn. */
  taint(): void {
    if (this.#turn) this.#turn.tainted = true;
  }

  /** Does the mind read words from outside while it answers these? Perhaps before the commit. */
  reads(words: string, outside: boolean): void {
    this.#swayed.delete(words);
    if (outside) this.#swayed.add(words);
    const [oldest] = this.#swayed;
    if (this.#swayed.size > swayedMax && oldest !== undefined) this.#swayed.delete(oldest);
  }

  #isTainted({ said, tainted }: OpenTurn): boolean {
    const own = said.join(' ');
    return tainted || (own !== '' && [...this.#swayed].some((words) => words.endsWith(own)));
  }

  /** What the person heard of an answer; an interrupted one may belong to the turn before. */
  answered(text: string, { createdAt, interrupted }: Spoken): void {
    const before = this.#turnBefore;
    const isLate =
      interrupted && before && !before.answered && createdAt < (this.#turn?.beganAtMs ?? 0);
    const turn = isLate ? before : this.#turn;
    if (text.trim() === '' || !turn) return;
    turn.answered = true;
    const tainted = this.#isTainted(turn);
    this.#write(turn.id, { role: 'assistant', content: text, heard: !interrupted, tainted });
    const { memory, caller } = this.#parts;
    const words = turn.said.join(' ');
    const used = usedIn(text, { facts: this.#recalled, name: caller.name, words });
    if (used.length > 0) this.#later(memory.facts.used(caller.personId, used));
    this.#told = used;
  }

  /** When a turn is over, what the person said in it may be learned from. */
  follow(event: TurnEvent): void {
    if (event.type !== 'turn') return;
    const { id: turnId, clocks } = event;
    const turn = [this.#turn, this.#turnBefore].find((candidate) => candidate?.id === turnId);
    const said = turn?.said.join(' ') ?? '';
    // A sentence that a tool declares is an order, and an explicit fact has been kept already.
    const { memory, caller, now } = this.#parts;
    if (!turn || clocks.path === 'fast' || said === '' || caller.role === 'guest') return;
    const { personId, name, door, language } = caller;
    const tainted = this.#isTainted(turn);
    const recalledIds = this.#recalled.map(({ id }) => id);
    const at = now();
    this.#later(
      memory.learner.afterTurn({
        ...{ personId, name, turnId, door, language, said, at, tainted, recalledIds },
      }),
    );
  }

  /**
   * The context as the mind reads it; never throws, and waits for memory only for so long.
   * @param more what else this turn's note says.
   */
  async contextFor(
    context: llm.ChatContext,
    more: readonly (string | undefined)[] = [],
  ): Promise<llm.ChatContext> {
    const { memory, caller } = this.#parts;
    const { words } = personWords(context);
    const deadlineMs = this.#typed ? typedDeadlineMs : spokenDeadlineMs;
    if (this.#recall?.words !== words) {
      this.#recall = { words, found: memory.recall.recall(caller.personId, words, { deadlineMs }) };
    }
    const inTime = Promise.race([this.#refreshed(), sleep(deadlineMs)]);
    const [{ facts }] = await Promise.all([this.#recall.found, inTime]);
    this.#recalled = facts;
    const state = memory.state();
    const own =
      state.state === 'ready' ? factsNote(caller.name, facts) : unreachableNote(state.sentence);
    const note = [own, ...more].filter((part) => part !== undefined).join('\n\n') || undefined;
    // What was said elsewhere and waits for its answer there is not answered here.
    const answers = this.#former.filter(({ role }) => role === 'assistant');
    const whole = new Set(answers.map(({ turn }) => turn));
    const former = this.#former.filter(({ turn }) => whole.has(turn) && !this.#ownTurns.has(turn));
    return windowOf(context, { instructions: this.instructions(), former, note });
  }

  instructions(): string {
    const { caller, now, timeZone } = this.#parts;
    return prompt({ caller, timeZone, today: now(), soul: this.#user?.soul });
  }

  /** Waits for what is being written, for a short while. */
  async close(): Promise<void> {
    const limit = sleep(closeWithinMs, undefined, { ref: false });
    await Promise.race([this.#saving, limit]);
  }

  /** Soul and former talk, looked up once in a turn; never rejects. */
  #refreshed(): Promise<void> {
    this.#refreshing ??= this.#refresh();
    return this.#refreshing;
  }

  async #refresh(): Promise<void> {
    const { memory, caller, now } = this.#parts;
    const { personId } = caller;
    const range = { days: formerDays, limit: formerMessages, now: now() };
    try {
      const [user, former] = await Promise.all([
        memory.users.load(personId),
        memory.history.recent(personId, range),
      ]);
      this.#user = user;
      this.#former = former;
    } catch (error) {
      this.#warn(error);
    }
  }

  #write(turn: string, message: Omit<NewMessage, 'turn' | 'door' | 'at'>): void {
    const { caller, now } = this.#parts;
    // Guests are told that nothing of theirs is kept.
    if (caller.role === 'guest') return;
    this.#unsaved.push({ turn, door: caller.door, at: now(), ...message });
    this.#unsaved = this.#unsaved.slice(-unsavedMax);
    this.#saving = this.#saving.then(() => this.#save());
  }

  async #save(): Promise<void> {
    const messages = this.#unsaved;
    if (messages.length === 0) return;
    this.#unsaved = [];
    try {
      await this.#parts.memory.history.record(this.#parts.caller.personId, messages);
    } catch (error) {
      this.#unsaved = [...messages, ...this.#unsaved].slice(-unsavedMax);
      this.#warn(error);
    }
  }

  /** The person denies what was said from memory: those facts are less sure from now on. */
  #correct(words: string): void {
    const { memory, caller } = this.#parts;
    const told = this.#told;
    this.#told = [];
    if (!corrects(words, caller.language)) return;
    for (const id of told) this.#later(memory.facts.corrected(caller.personId, id));
  }

  #later(work: Promise<unknown>): void {
    work.catch((error: unknown) => this.#warn(error));
  }

  /** Once in a conversation: a database that is away would fill the log. */
  #warn(error: unknown): void {
    if (this.#warned) return;
    this.#warned = true;
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const kind = error instanceof Error ? error.name : 'unknown';
    this.#parts.log.warn({ kind, code }, 'memory cannot be reached; the conversation goes on');
  }
}
