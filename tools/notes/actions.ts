/** What the note tools do: keep, find, delete and bring back, and say who wrote it and when. */
import { ToolError, type ToolResult } from '../core/define.ts';
import { receiptOf } from '../core/receipt.ts';
import { spanOf } from '../core/spans.ts';
import { search } from './search.ts';
import {
  type Context,
  notesFor,
  putBack,
  readNote,
  removeNote,
  type StoredNote,
  storeNote,
} from './stored.ts';
import { heard, noteWords } from './words.ts';

const undoOf = (notes: { take?: readonly StoredNote[]; put?: readonly StoredNote[] }) => ({
  tool: 'notes_back',
  input: {
    take: (notes.take ?? []).map(({ key, private: own }) => ({ key, private: own })),
    put: [...(notes.put ?? [])],
  },
});

export const addNote = async (
  { text, private: own = false }: { text: string; private?: boolean | undefined },
  context: Context,
): Promise<ToolResult> => {
  const said = noteWords(context.language);
  const tidy = text.replace(/\p{C}/gu, ' ').replace(/\s+/g, ' ').trim();
  if (!/[\p{L}\p{N}]/u.test(tidy)) throw new ToolError(said.nothing, 'nothing-named', true);
  const kept = await storeNote({ text: tidy, own }, context);
  if (!kept) throw new ToolError(said.notKept, 'not-kept');
  return {
    say: own ? said.notedPrivately : said.noted,
    receipt: { ...kept },
    undo: undoOf({ take: [kept] }),
  };
};

interface Finding {
  about?: string | undefined;
  when?: string | undefined;
  date?: string | undefined;
}

/** Newest first, of that time. */
const inTime = (notes: readonly StoredNote[], { when, date }: Finding, context: Context) => {
  const time = date ?? when;
  const newest = notes.toSorted((left, right) => (left.at < right.at ? 1 : -1));
  if (time === undefined) return newest;
  const { from, to } = spanOf(time, { now: context.now(), timeZone: context.timeZone });
  return newest.filter(({ at }) => Date.parse(at) >= +from && Date.parse(at) < +to);
};

const told = (note: StoredNote, { caller, language, timeZone, words }: Context): string => {
  const said = noteWords(language);
  const when = words.date(new Date(note.at), timeZone);
  const day = language.toLowerCase().startsWith('de') ? `Am ${when}` : `On ${when}`;
  if (note.private) return said.mineAlone(day, heard(note.text));
  if (note.by === caller.personId) return said.mine(day, heard(note.text));
  return said.theirs(heard(note.name), day, heard(note.text));
};

const heardNotesMax = 2;
const shownCharactersMax = 1_200;

/** As many as a mind is given, whole where they fit. */
const shown = (notes: readonly StoredNote[]) => {
  let left = shownCharactersMax;
  return notes.flatMap(({ key, text, name, at, private: own }) => {
    const cut = text.slice(0, Math.min(300, left));
    left -= cut.length + 100;
    return left + 100 < 0 || cut === ''
      ? []
      : [{ id: key, at, by: name, note: cut, ...(own && { private: true }) }];
  });
};

const areOthers = (notes: readonly StoredNote[], { caller }: Context): boolean =>
  notes.some(({ by }) => by !== caller.personId);

export const findNotes = async (wanted: Finding, context: Context): Promise<ToolResult> => {
  const said = noteWords(context.language);
  const all = await notesFor(context);
  const then = inTime(all, wanted, context);
  const found = wanted.about === undefined ? then : search(then, wanted.about).found;
  if (found.length === 0) {
    const say =
      wanted.about !== undefined
        ? said.none(heard(wanted.about))
        : all.length === 0
          ? said.noneAtAll
          : said.noneThen;
    return { say, show: [] };
  }
  const heardNotes = found.slice(0, heardNotesMax).map((note) => told(note, context));
  const more = found.length - heardNotes.length;
  const say = [...heardNotes, ...(more > 0 ? [said.more(more)] : [])].join(' ');
  // Whoever hears only their own words has read nothing from outside.
  const outside = areOthers(found, context);
  return { say: say.slice(0, 300), show: shown(found), outside };
};

interface Removing {
  about?: string | undefined;
  ids?: readonly string[] | undefined;
}

const removedAtOnceMax = 10;

/** What is meant, and whether that is certain. @throws {ToolError} */
const meant = async ({ about, ids }: Removing, context: Context) => {
  const { caller, language } = context;
  const said = noteWords(language);
  if (about === undefined && ids === undefined) throw new ToolError(said.which, 'which-one', true);
  const all = await notesFor(context);
  const found = ids ? all.filter(({ key }) => ids.includes(key)) : search(all, about ?? '').found;
  if (found.length === 0) throw new ToolError(said.none(heard(about ?? '')), 'not-found', true);
  if (found.length > removedAtOnceMax) {
    throw new ToolError(said.tooMany(found.length), 'too-many');
  }
  // A child takes back its own words, and nobody else's.
  const theirs = caller.role === 'child' && found.some(({ by }) => by !== caller.personId);
  if (theirs) throw new ToolError(said.notYours, 'refused');
  return found;
};

/** Several, or one that has not all of the words, are asked about. */
export const touchedByRemoving = async (wanted: Removing, context: Context) => {
  const said = noteWords(context.language);
  const found = await meant(wanted, context);
  const texts = found.map(({ text }) => heard(text));
  const [first = ''] = texts;
  const touched = { effect: 'write' as const, outside: areOthers(found, context) };
  if (found.length > 1) {
    const what = said.deleteThese(found.length, texts.slice(0, 2).join('; '));
    return { ...touched, ask: true, what };
  }
  const sure = wanted.ids !== undefined || search(found, wanted.about ?? '').whole;
  return { ...touched, what: said.deleteThis(first), ask: !sure };
};

const gone = async (notes: readonly StoredNote[], context: Context) => {
  const things = [];
  for (const note of notes) {
    const left = await readNote(note.key, note.private, context);
    things.push({ name: heard(note.text), asWanted: !left, state: left ?? 'gone' });
  }
  return things;
};

export const removeNotes = async (wanted: Removing, context: Context): Promise<ToolResult> => {
  const said = noteWords(context.language);
  const notes = await meant(wanted, context);
  for (const note of notes) await removeNote(note, context);
  const receipt = receiptOf(await gone(notes, context));
  const outside = areOthers(notes, context);
  return { say: said.deleted(receipt.confirmed), receipt, undo: undoOf({ put: notes }), outside };
};

interface Back {
  take: readonly { key: string; private: boolean }[];
  put: readonly StoredNote[];
}

/** Takes back what another tool did, of the household and of this caller alone. */
export const bringBack = async ({ take, put }: Back, context: Context): Promise<ToolResult> => {
  const things = [];
  for (const { key, private: own } of take) {
    const note = await readNote(key, own, context);
    if (note) await removeNote(note, context);
    if (note) things.push(...(await gone([note], context)));
  }
  for (const note of put) {
    await putBack(note, context);
    const now = await readNote(note.key, note.private, context);
    things.push({ name: heard(note.text), asWanted: now !== undefined, state: now });
  }
  const outside = areOthers(put, context);
  return { say: noteWords(context.language).back, receipt: receiptOf(things), outside };
};
