/** Notes of the household, and each person's own: kept, found again by their words, deleted. */
import { z } from 'zod';
import { integration } from '../core/define.ts';
import { dictation } from '../core/slots.ts';
import { spans } from '../core/spans.ts';
import { addNote, bringBack, findNotes, removeNotes, touchedByRemoving } from './actions.ts';
import { addSays, findSays, removeSays } from './says.ts';
import { noteSchema, textMax } from './stored.ts';

const both = { permission: 'lists', role: 'child' } as const;
const writing = { ...both, effect: 'write', confirm: 'if-unsure' } as const;

const key = z.string().min(1).max(100);
const stored = noteSchema.extend({ key, private: z.boolean() });
const about = z.string().trim().min(1).max(200);

export default integration({
  name: 'notes',
  about: 'Notes of the household, and private ones of each person.',
  doing: {
    read: { en: 'looking at your notes', de: 'sehe in deine Notizen' },
    write: { en: 'writing a note', de: 'schreibe eine Notiz' },
  },
}).tools({
  add: {
    ...writing,
    about:
      'Note something down for the household, or privately, when the person asks for a note; ' +
      'what is true of a person is for remember_fact.',
    says: addSays,
    input: z.object({
      text: dictation(textMax).refine(
        (words) => words.includes(' ') && !/^(?:one|it|this) down$/i.test(words),
        'must be what to note, in some words',
      ),
      private: z.boolean().optional(),
    }),
    examples: [
      {
        says: 'note that the boiler was serviced today',
        input: { text: 'the boiler was serviced today' },
      },
      {
        says: 'take a private note that the gift is in the attic',
        input: { text: 'the gift is in the attic', private: true },
      },
      {
        ...{ says: 'notiere, dass die Heizung gewartet wurde', language: 'de' },
        input: { text: 'die Heizung gewartet wurde' },
      },
    ],
    run: addNote,
  },
  find: {
    ...both,
    effect: 'read',
    confirm: 'never',
    about: 'Find notes by their words and time; without either, the newest.',
    says: findSays,
    input: z.object({
      about: about.optional(),
      when: z.enum(spans).optional(),
      date: z.iso.date().optional().describe('One day, YYYY-MM-DD, instead of `when`.'),
    }),
    examples: [
      { says: 'what did we note about the boiler', input: { about: 'the boiler' } },
      { says: 'read me my notes from this week', input: { when: 'this_week' } },
      {
        says: 'was haben wir über die Heizung notiert',
        input: { about: 'die Heizung' },
        language: 'de',
      },
    ],
    run: findNotes,
  },
  remove: {
    ...writing,
    about: 'Delete notes, by what they say or by the ids of notes_find.',
    says: removeSays,
    input: z.object({ about: about.optional(), ids: z.array(key).min(1).max(10).optional() }),
    examples: [
      { says: 'delete the note about the boiler', input: { about: 'the boiler' } },
      { says: 'lösch die Notiz über die Heizung', input: { about: 'die Heizung' }, language: 'de' },
    ],
    effectOf: touchedByRemoving,
    run: removeNotes,
  },
  back: {
    ...writing,
    about: 'Undo a change of the notes: deletes what was noted, brings back what was deleted.',
    says: [],
    hidden: true,
    idempotent: true,
    input: z.object({
      take: z.array(z.object({ key, private: z.boolean() })).max(20),
      put: z.array(stored).max(20),
    }),
    examples: [{ says: 'the notes as they were', input: { take: [], put: [] } }],
    run: bringBack,
  },
});
