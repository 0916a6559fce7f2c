/** The browser's own voice: reads an answer aloud when the house has none to give. */
import type { ServerMessage } from './messages.ts';

/** Codes that mean: these words come without sound. */
const voiceless: ReadonlySet<string> = new Set(['voice-off', 'voice-failed']);

/** What is used of the browser, so that a test can listen. */
export interface Reader {
  speak(text: string): void;
  cancel(): void;
}

/** Undefined where the browser cannot speak. */
export const browserReader = (language: string): Reader | undefined => {
  const synthesis = globalThis.speechSynthesis as SpeechSynthesis | undefined;
  if (synthesis === undefined) return undefined;
  return {
    speak: (text) => {
      const utterance = new SpeechSynthesisUtterance(text);
      utterance.lang = language;
      synthesis.speak(utterance);
    },
    cancel: () => synthesis.cancel(),
  };
};

/** Follows the messages of a conversation; `hush` falls silent and forgets. */
export class BrowserVoice {
  readonly #reader: Reader | undefined;
  #wanted = false;

  constructor(reader: Reader | undefined) {
    this.#reader = reader;
  }

  follow(message: ServerMessage): void {
    if (message.type === 'error' && voiceless.has(message.code)) this.#wanted = true;
    if (message.type !== 'transcript' || message.who !== 'butler' || !message.final) return;
    if (this.#wanted && message.text.trim() !== '') this.#reader?.speak(message.text);
    this.#wanted = false;
  }

  hush(): void {
    this.#wanted = false;
    this.#reader?.cancel();
  }
}
