/** What can be wrong with a backup or with going back to one, each with a sentence. */

export type BackupCode =
  | 'backup-failed'
  | 'backup-busy'
  | 'backup-damaged'
  | 'backup-foreign'
  | 'backup-newer'
  | 'backup-sealed'
  | 'restore-refused';

/** `message` is the sentence for a person; `code` is a heading in docs/troubleshooting.md. */
export class BackupError extends Error {
  readonly code: BackupCode;

  constructor({ code }: { code: BackupCode }, sentence: string, cause?: unknown) {
    super(sentence, cause === undefined ? undefined : { cause });
    this.name = 'BackupError';
    this.code = code;
  }
}
