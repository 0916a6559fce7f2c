/** What somebody can do from within the conversation; the conversation itself does it. */

export interface ChatActs {
  /** Answers a question of Butler's by a button, as if it had been said. */
  reply(id: string, yes: boolean): void;
  /** Takes back one deed. */
  undo(id: string): void;
  /** Says something in writing. */
  send(text: string): void;
}
