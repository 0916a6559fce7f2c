/** The household's lists: shopping, packing, things to do; Home Assistant's where it has them. */
import { z } from 'zod';
import { integration } from '../core/define.ts';
import { listing } from '../core/slots.ts';
import { addToList, bringBack, clearList, takeOff, touchedByClearing } from './actions.ts';
import { handedOver } from './elsewhere.ts';
import { itemSchema, itemsIn } from './items.ts';
import { readList, readLists } from './reading.ts';
import { addSays, allSays, clearSays, doneSays, readSays, removeSays } from './says.ts';

/** "What belongs on the list" asks; it is nothing to put there. */
const asks =
  /^(?:what|which|who|where|when|why|how|is|are|do|does|was|welche[rs]?|wer|ist|sind)\b/i;

const items = listing(1_000)
  .refine((words) => !asks.test(words), 'must be things, not a question')
  .describe('Separated by commas; amounts stay in the words: "2 l milk, eggs".');
const list = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .optional()
  .describe('Name of a list; left out: the shopping list.');

const reading = { effect: 'read', permission: 'lists', confirm: 'never' } as const;
const writing = { effect: 'write', permission: 'lists', confirm: 'if-unsure' } as const;

const back = z.object({
  list: z.string().min(1).max(80),
  name: z.string().max(80),
  take: z.array(z.int().positive()),
  put: z.array(itemSchema),
  drop: z.boolean().optional(),
});

export default integration({
  name: 'lists',
  about: 'The lists of the household: shopping, packing, to-do and whatever else it begins.',
  doing: {
    read: { en: 'looking at the lists', de: 'sehe auf die Listen' },
    write: { en: 'writing on the list', de: 'schreibe auf die Liste' },
  },
}).tools({
  add: {
    ...writing,
    about: 'Put things on a list of the household; a list that is not there is begun.',
    says: addSays,
    input: z.object({ items, list }),
    examples: [
      { says: 'add milk to the shopping list', input: { items: 'milk', list: 'shopping' } },
      {
        says: 'add milk, eggs and bread to the shopping list',
        input: { items: 'milk, eggs and bread', list: 'shopping' },
      },
      {
        ...{ says: 'setz Brot auf die Einkaufsliste', language: 'de' },
        input: { items: 'Brot', list: 'shopping' },
      },
    ],
    instead: ({ items: words, list: named }, context) =>
      handedOver('home_assistant_list_add', { items: itemsIn(words), list: named }, context),
    run: addToList,
  },
  read: {
    ...reading,
    about: 'Read a list, or say whether a thing is on it.',
    says: readSays,
    input: z.object({ list, item: z.string().trim().min(1).max(120).optional() }),
    examples: [
      { says: 'what is on the shopping list', input: { list: 'shopping' } },
      {
        says: 'is milk on the shopping list',
        input: { list: 'shopping', item: 'milk' },
      },
      { says: 'was steht auf der Packliste', input: { list: 'packing' }, language: 'de' },
    ],
    instead: ({ list: named }, context) =>
      handedOver('home_assistant_list_read', { list: named }, context),
    run: readList,
  },
  done: {
    ...writing,
    about: 'Tick things off a list: they are bought or done.',
    says: doneSays,
    input: z.object({ items, list }),
    examples: [
      {
        says: 'tick milk off the shopping list',
        input: { items: 'milk', list: 'shopping' },
      },
      { says: 'hak Brot ab', input: { items: 'Brot' }, language: 'de' },
    ],
    instead: ({ items: words, list: named }, context) =>
      handedOver('home_assistant_list_done', { items: itemsIn(words), list: named }, context),
    run: (wanted, context) => takeOff(wanted, context, 'ticked'),
  },
  remove: {
    ...writing,
    about: 'Take things off a list that should not be on it.',
    says: removeSays,
    input: z.object({ items, list }),
    examples: [
      {
        says: 'take milk off the shopping list',
        input: { items: 'milk', list: 'shopping' },
      },
      {
        ...{ says: 'nimm Brot von der Einkaufsliste', language: 'de' },
        input: { items: 'Brot', list: 'shopping' },
      },
    ],
    instead: ({ items: words, list: named }, context) =>
      handedOver('home_assistant_list_remove', { items: itemsIn(words), list: named }, context),
    run: (wanted, context) => takeOff(wanted, context, 'removed'),
  },
  clear: {
    ...writing,
    about: 'Take everything off a list; with `away` the list itself goes too.',
    says: clearSays,
    confirm: 'always',
    input: z.object({ list, away: z.boolean().optional() }),
    examples: [
      { says: 'clear the shopping list', input: { list: 'shopping' } },
      { says: 'delete the camping list', input: { list: 'camping', away: true } },
      { says: 'leere die Einkaufsliste', input: { list: 'shopping' }, language: 'de' },
    ],
    instead: ({ list: named }, context) =>
      handedOver('home_assistant_list_clear', { list: named }, context),
    effectOf: touchedByClearing,
    run: clearList,
  },
  all: {
    ...reading,
    about: 'Say which lists there are.',
    says: allSays,
    input: z.object({}),
    examples: [
      { says: 'which lists are there', input: {} },
      { says: 'welche Listen gibt es', input: {}, language: 'de' },
    ],
    run: readLists,
  },
  back: {
    ...writing,
    about: 'Undo a change of the lists: takes off what was put on, brings back what was taken.',
    says: [],
    hidden: true,
    idempotent: true,
    input: z.object({ lists: z.array(back).min(1).max(20) }),
    examples: [
      {
        says: 'put milk back as it was',
        input: { lists: [{ list: 'shopping', name: '', take: [1], put: [] }] },
      },
    ],
    run: bringBack,
  },
});
