/** Notes on the shelf: the household's, and each person's own that nobody else ever finds. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ToolContext } from '../core/define.ts';

export type Context = ToolContext<undefined>;

export const textMax = 1_000;

export const noteSchema = z.object({
  text: z.string().min(1).max(textMax),
  /** Id and name of who noted it. */
  by: z.string().max(100),
  name: z.string().max(100),
  /** ISO 8601. */
  at: z.string().max(40),
});
type Note = z.infer<typeof noteSchema>;

export interface StoredNote extends Note {
  key: string;
  private: boolean;
}

/** Whoever is not surely this person does not hear what they noted for themselves. */
const sureFrom = 0.8;

const place = (own: boolean, { caller }: Context) => (own ? { owner: caller.personId } : {});

/** What this caller may hear. */
export const notesFor = async (context: Context): Promise<StoredNote[]> => {
  const { caller, shelf } = context;
  const sides = caller.sure >= sureFrom ? [false, true] : [false];
  const read = sides.map(async (own) => {
    const documents = await shelf.all(place(own, context));
    return documents.flatMap(({ key, value }) => {
      const note = noteSchema.safeParse(value).data;
      return note ? [{ ...note, key, private: own }] : [];
    });
  });
  return (await Promise.all(read)).flat();
};

export const storeNote = async (
  { text, own }: { text: string; own: boolean },
  context: Context,
): Promise<StoredNote | undefined> => {
  const { caller, now, shelf } = context;
  const at = now().toISOString();
  const note: Note = { text, by: caller.personId, name: caller.name.slice(0, 100), at };
  // Two people may note something at the same moment; the same words twice are one note.
  const digest = createHash('sha256').update(`${caller.personId}\n${text}`).digest('hex');
  const key = `${at}-${digest.slice(0, 12)}`;
  await shelf.put(key, note, place(own, context));
  return readNote(key, own, context);
};

/** As it is stored now. */
export const readNote = async (
  key: string,
  own: boolean,
  context: Context,
): Promise<StoredNote | undefined> => {
  const note = noteSchema.safeParse(await context.shelf.get(key, place(own, context))).data;
  return note && { ...note, key, private: own };
};

export const removeNote = (note: StoredNote, context: Context): Promise<boolean> =>
  context.shelf.remove(note.key, place(note.private, context));

export const putBack = async (note: StoredNote, context: Context): Promise<void> => {
  const { key, private: own, text, by, name, at } = note;
  await context.shelf.put(key, { text, by, name, at }, place(own, context));
};
