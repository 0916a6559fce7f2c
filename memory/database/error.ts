/** What can be wrong with the database, each with a sentence that says what to do. */

export type DatabaseCode =
  | 'database-unreachable'
  | 'database-login-refused'
  | 'database-not-allowed'
  | 'database-too-old'
  | 'database-without-vector'
  | 'database-newer'
  | 'database-migration-changed'
  | 'database-in-use'
  | 'database-damaged';

/** `message` is the sentence for a person; `code` is a heading in docs/troubleshooting.md. */
export class DatabaseError extends Error {
  readonly code: DatabaseCode;

  constructor({ code }: { code: DatabaseCode }, sentence: string, cause?: unknown) {
    super(sentence, cause === undefined ? undefined : { cause });
    this.name = 'DatabaseError';
    this.code = code;
  }
}

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
