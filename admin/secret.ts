/** The house's secret: configured, or made once and kept in a file; and those it had before. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readIfThere, StateFileError, writeWhole } from './files.ts';

const secretLengthMin = 32;

/** In BUTLER_DATA: the secret, the next one while keys are rotated, and the one before. */
export const secretFiles = (folder: string) => ({
  current: join(folder, 'secret'),
  next: join(folder, 'secret.new'),
  former: join(folder, 'secret.former'),
});

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/**
 * A secret that is kept in a file; undefined where there is none.
 * @throws {StateFileError} when it is damaged.
 */
export const keptSecret = async (path: string): Promise<Uint8Array | undefined> => {
  const kept = (await readIfThere(path))?.trim();
  if (kept === undefined) return undefined;
  if (kept.length >= secretLengthMin) return bytesOf(kept);
  throw new StateFileError(
    `${path} is damaged: it must hold ${secretLengthMin} characters or more. Put it back from ` +
      'your backup; or delete it, and everybody has to log in again.',
  );
};

/** Writes a new random secret. */
export const makeSecret = async (path: string): Promise<Uint8Array> => {
  const made = randomBytes(48).toString('base64url');
  await writeWhole(path, `${made}\n`);
  return bytesOf(made);
};

/**
 * The configured secret, or one made once and kept in the folder.
 * @throws {StateFileError} when the file is damaged.
 */
export const secretOf = async (
  folder: string,
  configured: string | undefined,
): Promise<Uint8Array> => {
  if (configured) return bytesOf(configured);
  const path = secretFiles(folder).current;
  return (await keptSecret(path)) ?? (await makeSecret(path));
};

export interface HouseSecrets {
  current: Uint8Array;
  /** Others that something may still be encrypted with: only ever for reading. */
  others: Uint8Array[];
}

/**
 * The secret and those that it had before, or is about to have.
 * @param given.secret JWT_SECRET
 * @param given.former BUTLER_FORMER_SECRET
 * @throws {StateFileError} when a file is damaged.
 */
export const openSecrets = async (given: {
  folder: string;
  secret?: string | undefined;
  former?: string | undefined;
}): Promise<HouseSecrets> => {
  const files = secretFiles(given.folder);
  const current = await secretOf(given.folder, given.secret);
  const others = [
    given.former ? bytesOf(given.former) : undefined,
    await keptSecret(files.next),
    await keptSecret(files.former),
    // Before JWT_SECRET was set, the file's counted.
    given.secret ? await keptSecret(files.current) : undefined,
  ];
  return { current, others: others.filter((one) => one !== undefined) };
};
