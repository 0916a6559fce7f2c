/** A JSON file that holds either its old content or its new one, never half of both. */
import { randomUUID } from 'node:crypto';
import { access, constants, copyFile, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';

/** A state file that cannot be read; the message says which one and how to go on. */
export class StateFileError extends Error {
  readonly code = 'state-file-damaged';
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

/** The content of `path`, or undefined where there is no such file. */
export const readIfThere = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw new StateFileError(
      `Butler cannot read ${path}. Give it to the user that runs Butler, or mend the disk; ` +
        'then start again.',
      { cause: error },
    );
  }
};

/**
 * Reads and checks a JSON state file.
 * @throws {StateFileError} when it is damaged: a guess would lose people or let somebody back in.
 */
export const readState = async <Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<z.infer<Schema> | undefined> => {
  const text = await readIfThere(path);
  if (text === undefined) {
    const backup = await access(`${path}.bak`).then(
      () => true,
      () => false,
    );
    if (!backup) return undefined;
    throw new StateFileError(
      `${path} is missing, but its backup ${path}.bak is there. Copy the backup to ${path} and ` +
        'start again; or move the backup away to begin with nothing.',
    );
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    content = undefined;
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new StateFileError(
    `${path} is damaged, so Butler does not start: it would forget what is in it. ` +
      `Its backup is ${path}.bak: look at it, copy it over ${path}, then start again.`,
  );
};

const syncFolder = async (folder: string): Promise<void> => {
  // Windows cannot open a folder; there the rename alone has to do.
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
};

/** Writes text so that a crash at any moment leaves a whole file; mode 0600. */
export const writeWhole = async (path: string, text: string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomUUID()}.new`;
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
};

/** Writes a state file and keeps what was there before as `.bak`. */
export const writeState = async (path: string, content: unknown): Promise<void> => {
  await copyFile(path, `${path}.bak`).catch((error: unknown) => {
    if (!hasCode(error, 'ENOENT')) throw error;
  });
  const text = `${JSON.stringify(content, null, 2)}\n`;
  await writeWhole(path, text);
  // The first write has no older copy: then the backup is the content itself.
  await copyFile(path, `${path}.bak`, constants.COPYFILE_EXCL).catch(() => undefined);
};
