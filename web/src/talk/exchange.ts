/** What is said and answered: messages from the house into the view, typed words out of it. */
import { chat, Problem, type Written } from '../api/api.ts';
import { BrowserVoice, browserReader } from '../voice/browser-voice.ts';
import type { VoiceConnection } from '../voice/connection.ts';
import type { GestureMessage, ServerMessage } from '../voice/messages.ts';
import { stats } from '../voice/stats.ts';
import { chatWords } from '../words/chat.ts';
import { voiceWords as words } from '../words/voice.ts';
import { withAllFinal, withCut, withMessage, withTyped } from './lines.ts';
import type { Store, View } from './view.ts';

/** Local transcription on a small machine takes its time; after this the page stops waiting. */
const awaitForMs = 20_000;

export interface ExchangeParts {
  view: Store<View>;
  token: string;
  signedOut(): void;
  /** The live connection, if there is one. */
  connection(): VoiceConnection | undefined;
  /** An answer went wrong, in a sentence; undefined: that is over. */
  trouble(sentence: string | undefined): void;
  /** The person did something: from now on an answer may sound. */
  allowSound(): void;
}

export class Exchange {
  readonly #parts: ExchangeParts;
  readonly #ownVoice = new BrowserVoice(browserReader(navigator.language));
  #asking: AbortController | undefined;
  #asked = 0;
  #awaitTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: ExchangeParts) {
    this.#parts = parts;
  }

  close(): void {
    clearTimeout(this.#awaitTimer);
    this.#asking?.abort();
    this.hush();
  }

  /** The browser's own voice falls silent. */
  hush(): void {
    this.#ownVoice.hush();
  }

  receive(message: ServerMessage): void {
    this.#ownVoice.follow(message);
    this.#change((view) => ({ ...view, lines: withMessage(view.lines, message) }));
    if (message.type === 'state') {
      this.#change((view) => ({ ...view, butler: message.state }));
      if (message.state !== 'listening') this.await(false);
    }
    if (message.type === 'turn') this.await(false);
    if (message.type === 'error') {
      this.await(false);
      this.#parts.trouble(message.detail || message.title);
    }
    const unheard = message.type === 'transcript' && message.final && message.text.trim() === '';
    if (unheard) this.await(false);
  }

  /** Also while Butler speaks: he then answers the new question instead. */
  send(text: string): void {
    this.#parts.trouble(undefined);
    this.#change((view) => ({ ...view, lines: withTyped(view.lines, text) }));
    stats.firstSoundAt = 0;
    const connection = this.#parts.connection();
    if (!connection) {
      void this.#ask({ text });
      return;
    }
    this.#parts.allowSound();
    connection.sendText(text);
    this.await(true);
  }

  /** Yes or no by a button: as if the person had said it. */
  reply(id: string, yes: boolean): void {
    const text = yes ? chatWords.saidYes : chatWords.saidNo;
    this.#gesture({ type: 'reply', id, yes }, { written: { reply: { id, yes } }, text });
  }

  /** Takes back one deed by its button: as if the person had asked for it. */
  undo(id: string): void {
    const text = chatWords.saidUndo;
    this.#gesture({ type: 'undo', id }, { written: { undo: { id } }, text });
  }

  /** @param text the words that it stands for: in writing the house does not repeat them. */
  #gesture(message: GestureMessage, { written, text }: { written: Written; text: string }): void {
    this.#parts.trouble(undefined);
    stats.firstSoundAt = 0;
    const connection = this.#parts.connection();
    if (!connection) {
      this.#change((view) => ({ ...view, lines: withTyped(view.lines, text) }));
      void this.#ask(written);
      return;
    }
    this.#parts.allowSound();
    connection.tell(message);
    this.await(true);
  }

  stop(): void {
    this.#asking?.abort();
    this.hush();
    this.#parts.connection()?.stop();
    this.await(false);
    this.#change((view) => ({ ...view, butler: 'listening', lines: withCut(view.lines) }));
  }

  /** The connection is gone: what was running will not go on. */
  lost(): void {
    this.await(false);
    this.#change((view) => ({ ...view, butler: 'listening', lines: withAllFinal(view.lines) }));
  }

  /** The person has finished, and something should come back. */
  await(awaiting: boolean): void {
    clearTimeout(this.#awaitTimer);
    if (awaiting) this.#awaitTimer = setTimeout(() => this.await(false), awaitForMs);
    this.#change((view) => (view.awaiting === awaiting ? view : { ...view, awaiting }));
  }

  async #ask(written: Written): Promise<void> {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    this.#asked += 1;
    const id = `asked-${this.#asked}`;
    this.#change((view) => ({ ...view, asking: true }));
    try {
      const { token } = this.#parts;
      for await (const message of chat({ written, id, token, signal: asking.signal })) {
        this.#change((view) => ({ ...view, lines: withMessage(view.lines, message) }));
      }
    } catch (error) {
      if (!asking.signal.aborted) this.#askFailed(error);
    } finally {
      if (this.#asking === asking) {
        this.#asking = undefined;
        this.#change((view) => ({ ...view, asking: false, lines: withAllFinal(view.lines) }));
      }
    }
  }

  #askFailed(error: unknown): void {
    if (error instanceof Problem && error.status === 401) {
      this.#parts.signedOut();
      return;
    }
    this.#parts.trouble(error instanceof Problem ? error.detail : words.answerBrokeOff);
  }

  #change(change: (view: View) => View): void {
    this.#parts.view.change(change);
  }
}
