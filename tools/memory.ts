/** What Butler knows of whoever speaks: facts, earlier conversations, and their soul. */
import { z } from 'zod';
import { integration, ToolError } from './core/define.ts';
import { factCategories, type SoulSettings } from './core/memory-port.ts';
import { statement } from './core/slots.ts';
import { spanOf, spans } from './core/spans.ts';
import {
  type Context,
  forget,
  heard,
  reaching,
  recallFacts,
  remember,
  touchedByForgetting,
} from './memory.facts.ts';
import { conversationSays, forgetSays, recallSays, rememberSays, soulSays } from './memory.says.ts';
import { guestsKeepNothing, memoryWords } from './memory.words.ts';

const messagesMax = 20;
const heardMessagesMax = 2;
const shownCharacters = 400;

const conversations = async (
  wanted: { query?: string | undefined; when?: string | undefined; date?: string | undefined },
  context: Context,
) => {
  const { caller, language, memory, timeZone, turn, words } = context;
  const said = memoryWords(language);
  const time = wanted.date ?? wanted.when;
  const span = time === undefined ? {} : spanOf(time, { now: context.now(), timeZone });
  const { query } = wanted;
  const found = await reaching(
    context,
    memory.conversations(caller.personId, {
      query,
      ...span,
      limit: messagesMax,
      exceptTurn: turn?.id,
    }),
  );
  const own = found.filter(({ role }) => role === 'user');
  if (own.length === 0) return { say: query ? said.noTalk : said.noTalkThen, show: [] };
  const [first = '', ...more] = own.slice(-heardMessagesMax).map(({ at, content }) => {
    const when = `${words.date(at, timeZone)}, ${words.time(at, timeZone)}`;
    const what = said.asked(when, heard(content));
    return /[!?…]$/.test(what) ? what : `${what}.`;
  });
  const show = found.map(({ role, content, at }) => ({
    ...{ role, at: at.toISOString(), said: content.slice(0, shownCharacters) },
  }));
  const outside = found.some(({ tainted }) => tainted);
  const say = more.reduce((all, one) => said.askedAnd(all, one), first);
  return { say, show, ...(outside && { outside }) };
};

const heardChange = (field: keyof SoulSettings, soul: SoulSettings, language: string): string => {
  const said = memoryWords(language);
  if (field === 'personality') return said.personality(heard(soul.personality));
  if (field === 'custom_instructions') return said.custom(soul.custom_instructions);
  return `${said.part[field]} ${said.value[soul[field]]}`;
};

const changeSoul = async (
  wanted: { [Field in keyof SoulSettings]?: SoulSettings[Field] | undefined },
  context: Context,
) => {
  const { caller, language, memory } = context;
  const said = memoryWords(language);
  const fields = (Object.keys(wanted) as (keyof SoulSettings)[]).filter(
    (field) => wanted[field] !== undefined,
  );
  if (fields.length === 0) throw new ToolError(said.noField, 'nothing-named', true);
  const patch = Object.fromEntries(fields.map((field) => [field, wanted[field]]));
  const { before, after } = await reaching(context, memory.updateSoul(caller.personId, patch));
  const changed = fields.filter((field) => before[field] !== after[field]);
  const receipt = Object.fromEntries(fields.map((field) => [field, after[field]]));
  if (changed.length === 0) return { say: said.soulSame, receipt };
  const spoken = changed.map((field) => heardChange(field, after, language));
  return {
    say: said.soul(context.words.list(spoken)),
    receipt,
    undo: {
      tool: 'update_soul',
      input: Object.fromEntries(changed.map((field) => [field, before[field]])),
    },
  };
};

/** Guests have no memory; whoever is not surely known neither hears nor changes it unasked. */
const own = {
  role: 'child',
  belowRole: guestsKeepNothing,
  bareName: true,
  confirm: 'if-unsure',
} as const;
const write = { ...own, effect: 'write', untaintedOnly: true } as const;

const ids = z.array(z.int().positive()).min(1).max(10);
const factMax = 500;
/** "Forget that I asked", "vergiss, dass ich das gesagt habe": never mind; no fact is meant. */
const neverMind = /^(?:I )?(?:asked|said|mentioned)\b|(?:gesagt|gefragt|erwähnt) habe$/i;
const slotPattern = /^[a-z0-9_]+(\.[a-z0-9_]+)*$/;

export default integration({
  name: 'memory',
  about: 'What Butler knows of each person, what was said, and how it speaks with them.',
  doing: {
    read: { en: 'remembering', de: 'erinnere mich' },
    write: { en: 'making a note of that', de: 'merke mir das' },
  },
}).tools({
  remember_fact: {
    ...write,
    about:
      'Keep something the person asks you to remember about them or people around them, as one ' +
      'sentence in the third person with their name ("Ada takes her coffee black"). A slot names ' +
      'a thing of which there is one (coffee.milk), so that a newer fact replaces the older: ' +
      'use the slot that recall_facts shows for it. Never passwords, PINs or card numbers.',
    input: z.object({
      fact: statement(factMax),
      category: z.enum(factCategories).optional(),
      slot: z.string().regex(slotPattern, 'must be like coffee.milk').max(80).optional(),
    }),
    says: rememberSays,
    asks: { en: 'Shall I remember this: {fact}?', de: 'Soll ich mir das merken: {fact}?' },
    examples: [
      { says: 'remember that I am allergic to nuts', input: { fact: 'I am allergic to nuts' } },
      {
        ...{ says: 'merk dir, dass ich Kaffee schwarz trinke', language: 'de' },
        input: { fact: 'ich Kaffee schwarz trinke' },
      },
    ],
    run: remember,
  },
  recall_facts: {
    ...own,
    about:
      'Look up what is known about the person: by topic, or the most important of it all. What ' +
      'the conversation already shows need not be looked up.',
    effect: 'read',
    input: z.object({
      about: z.string().trim().min(1).max(200).optional(),
      category: z.enum(factCategories).optional(),
    }),
    says: recallSays,
    examples: [
      { says: 'what do you know about me', input: {} },
      { says: 'what do you know about my sister', input: { about: 'sister' } },
      { says: 'was weißt du über mich', input: {}, language: 'de' },
    ],
    run: recallFacts,
  },
  get_recent_conversations: {
    ...own,
    about:
      'Search what the person and you said to each other earlier, by words and time: "what did ' +
      'I ask yesterday about Dune?" Leave out the query for everything of that time.',
    effect: 'read',
    input: z.object({
      query: z.string().trim().min(1).max(200).optional(),
      when: z.enum(spans).optional(),
      date: z.iso.date().optional().describe('One day, YYYY-MM-DD, instead of `when`.'),
    }),
    says: conversationSays,
    examples: [
      {
        says: 'what did I ask yesterday about Dune',
        input: { query: 'Dune', when: 'yesterday' },
      },
      { says: 'what did we talk about yesterday', input: { when: 'yesterday' } },
    ],
    run: conversations,
  },
  update_soul: {
    ...write,
    about:
      'Change how you speak with this person, when they ask for it; give only what changes. ' +
      'custom_instructions replaces the former ones, so repeat those that should stay.',
    input: z.object({
      personality: z.string().trim().min(1).max(200).optional(),
      formality: z.enum(['casual', 'balanced', 'formal']).optional(),
      verbosity: z.enum(['concise', 'moderate', 'detailed']).optional(),
      humor: z.enum(['none', 'subtle', 'playful']).optional(),
      custom_instructions: z.string().trim().max(1000).optional(),
    }),
    says: soulSays,
    examples: [
      { says: 'be more formal', input: { formality: 'formal' } },
      { says: 'keep your answers short', input: { verbosity: 'concise' } },
      { says: 'fass dich kurz', input: { verbosity: 'concise' }, language: 'de' },
    ],
    run: changeSoul,
  },
  forget_fact: {
    ...write,
    about:
      'Forget something that is known about the person, for good, with the words it was learned ' +
      'from: by what it says, or by the ids of recall_facts. `restore` brings back, by ' +
      'their ids, facts that were forgotten a moment ago; `takeBack` undoes remember_fact, by ' +
      'the id of its fact.',
    input: z.object({
      what: z
        .string()
        .trim()
        .min(1)
        .max(200)
        .refine((text) => !neverMind.test(text), 'must say what was known')
        .optional(),
      ids: ids.optional(),
      restore: ids.optional(),
      takeBack: z.int().positive().optional(),
    }),
    says: forgetSays,
    examples: [
      { says: 'forget that I like tea', input: { what: 'like tea' } },
      { says: 'vergiss, dass ich Tee mag', input: { what: 'ich Tee mag' }, language: 'de' },
    ],
    effectOf: touchedByForgetting,
    run: forget,
  },
});
