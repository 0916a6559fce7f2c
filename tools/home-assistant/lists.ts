/** To-do and shopping lists: add, read, tick off; read back from the list itself. */
import { z } from 'zod';
import { type Tool, ToolError } from '../core/define.ts';
import { nearestName, plainName } from '../core/sounds.ts';
import { asking, type Context, targetsFor } from './acting.ts';
import type { HomeAssistant } from './connection.ts';
import { effectsOf } from './effects.ts';
import type { Entity, Home } from './model.ts';
import { addSays, doneSays, readSays } from './says-more.ts';
import { tongueOf } from './words.ts';

interface Item {
  uid: string;
  summary: string;
  status: 'needs_action' | 'completed';
}

const sentences = {
  en: {
    added: (item: string, list: string) => `${item} is on the ${list}.`,
    already: (item: string, list: string) => `${item} is on the ${list} already.`,
    done: (item: string) => `${item} is ticked off.`,
    empty: (list: string) => `The ${list} is empty.`,
    read: (list: string, items: string, more: number) =>
      more > 0 ? `On the ${list}: ${items}, and ${more} more.` : `On the ${list}: ${items}.`,
    notThere: (item: string, list: string) => `There is no ${item} on the ${list}.`,
    noList: 'Home Assistant has no list. Add a to-do list there first.',
    failed: (list: string) => `I asked, but the ${list} does not show it.`,
  },
  de: {
    added: (item: string, list: string) => `${item} steht auf der Liste ${list}.`,
    already: (item: string, list: string) => `${item} steht schon auf der Liste ${list}.`,
    done: (item: string) => `${item} ist abgehakt.`,
    empty: (list: string) => `Die Liste ${list} ist leer.`,
    read: (list: string, items: string, more: number) =>
      more > 0 ? `Auf ${list}: ${items}, und ${more} weitere.` : `Auf ${list}: ${items}.`,
    notThere: (item: string, list: string) => `${item} steht nicht auf der Liste ${list}.`,
    noList: 'Home Assistant hat keine Liste. Leg dort zuerst eine an.',
    failed: (list: string) => `Ich habe darum gebeten, aber auf ${list} steht es nicht.`,
  },
};

const isList = ({ domain }: Entity): boolean => domain === 'todo';

/** Without a name: the shopping list, or the only one there is. */
const listFor = (phrase: string | undefined, home: Home, context: Context): Entity => {
  const all = [...home.entities.values()].filter((one) => isList(one) && !one.hidden);
  if (all.length === 0)
    throw new ToolError(sentences[tongueOf(context.language)].noList, 'no-list');
  const usual = all.find(({ names }) => names.some((name) => /shop|einkauf|grocer/i.test(name)));
  const found = phrase === undefined && (usual ?? (all.length === 1 ? all[0] : undefined));
  if (found) return found;
  const named = targetsFor({ phrase: phrase ?? 'list', home }, isList, context).entities[0];
  return named as Entity;
};

const itemsOf = async (client: HomeAssistant, list: Entity, language: string): Promise<Item[]> => {
  const target = { entity_id: list.id };
  const answer = (await client.call(
    { domain: 'todo', service: 'get_items', target },
    { language, wantsAnswer: true },
  )) as Record<string, { items: Item[] }> | undefined;
  return answer?.[list.id]?.items ?? [];
};

const openOf = (items: readonly Item[]): Item[] =>
  items.filter(({ status }) => status === 'needs_action');

const nameOf = ({ name }: Entity): string =>
  /list/i.test(name) ? name.toLowerCase() : `${name.toLowerCase()} list`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const list = z
  .string()
  .min(1)
  .max(80)
  .optional()
  .describe('Name of a list; left out: the shopping list.');
const item = z.string().min(1).max(120).describe('What is on the list: "milk".');

const changing = {
  effect: 'write',
  permission: 'lists',
  confirm: 'if-unsure',
  /** A list changes nothing but itself, unless an automation watches it. */
  effectOf: async ({ list: phrase }: { list?: string | undefined }, context: Context) => {
    const home = await context.client.freshHome(context.language);
    const target = { entity_id: listFor(phrase, home, context).id };
    return effectsOf({ domain: 'todo', service: 'add_item', target }, home).effect;
  },
} as const;

type ListTool<Input extends z.ZodObject> = Tool<HomeAssistant, Input>;

/** For its types alone. */
const tool = <Input extends z.ZodObject>(made: ListTool<Input>): ListTool<Input> => made;

export const addToList = tool({
  ...changing,
  about: 'Put something on a to-do or shopping list.',
  says: addSays,
  input: z.object({ item, list }),
  examples: [
    { says: 'add milk to the shopping list', input: { item: 'milk', list: 'shopping' } },
    { says: 'setz Brot auf die Einkaufsliste', input: { item: 'Brot' }, language: 'de' },
  ],
  run: async ({ item: wanted, list: phrase }, context) => {
    const { client, language } = context;
    const said = sentences[tongueOf(language)];
    const on = listFor(phrase, await client.freshHome(language), context);
    const isIt = ({ summary }: Item) => plainName(summary) === plainName(wanted);
    const before = openOf(await itemsOf(client, on, language)).find(isIt);
    if (before)
      return {
        say: said.already(capital(wanted), nameOf(on)),
        receipt: { on: on.id, item: before },
      };
    const target = { entity_id: on.id };
    await client.call({ domain: 'todo', service: 'add_item', data: { item: wanted }, target });
    const now = openOf(await itemsOf(client, on, language)).find(isIt);
    if (!now) return { say: said.failed(nameOf(on)), receipt: { confirmed: 0, missed: [wanted] } };
    const undo = { tool: 'home_assistant_list_done', input: { item: wanted, list: on.id } };
    return {
      say: said.added(capital(wanted), nameOf(on)),
      receipt: { on: on.id, item: now },
      undo,
    };
  },
});

export const tickOff = tool({
  ...changing,
  about: 'Tick something off a to-do or shopping list: it is done or bought.',
  says: doneSays,
  input: z.object({ item, list }),
  examples: [
    { says: 'tick milk off the shopping list', input: { item: 'milk', list: 'shopping' } },
  ],
  run: async ({ item: wanted, list: phrase }, context) => {
    const { client, language } = context;
    const said = sentences[tongueOf(language)];
    const on = listFor(phrase, await client.freshHome(language), context);
    const items = openOf(await itemsOf(client, on, language));
    const found = nearestName(wanted, items, ({ summary }) => summary);
    if (!found) throw new ToolError(said.notThere(wanted, nameOf(on)), 'not-found');
    const data = { item: found.uid, status: 'completed' };
    const target = { entity_id: on.id };
    await client.call({ domain: 'todo', service: 'update_item', data, target });
    const now = (await itemsOf(client, on, language)).find(({ uid }) => uid === found.uid);
    if (now?.status === 'needs_action') {
      return { say: said.failed(nameOf(on)), receipt: { confirmed: 0, missed: [found.summary] } };
    }
    const receipt = { on: on.id, item: now ?? { ...found, status: 'gone' } };
    return { say: said.done(capital(found.summary)), receipt };
  },
});

const readMax = 8;

export const readList = asking({
  about: 'Read a to-do or shopping list.',
  says: readSays,
  input: z.object({ list }),
  outside: true,
  examples: [{ says: 'what is on the shopping list', input: { list: 'shopping' } }],
  run: async ({ list: phrase }, context) => {
    const { client, language, words } = context;
    const said = sentences[tongueOf(language)];
    const on = listFor(phrase, client.home(language), context);
    const open = openOf(await itemsOf(client, on, language)).map(({ summary }) => summary);
    if (open.length === 0) return { say: said.empty(nameOf(on)), show: [] };
    const heard = open.slice(0, readMax);
    const items = open.length > readMax ? heard.join(', ') : words.list(heard);
    return {
      say: said.read(nameOf(on), items, open.length - heard.length).slice(0, 300),
      show: open,
    };
  },
});
