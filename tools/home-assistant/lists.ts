/** Home Assistant's own lists, for the tools of `lists`: changed there, and read back there. */
import { z } from 'zod';
import type { CardOf } from '../core/card.ts';
import { type Tool, ToolError } from '../core/define.ts';
import { receiptOf } from '../core/receipt.ts';
import { nearestName, plainName } from '../core/sounds.ts';
import { type Context, targetsFor } from './acting.ts';
import type { HomeAssistant } from './connection.ts';
import { effectsOf } from './effects.ts';
import { listSentences } from './lists.words.ts';
import type { Entity, Home } from './model.ts';
import { tongueOf } from './words.ts';

interface Item {
  uid: string;
  summary: string;
  status: 'needs_action' | 'completed';
}

const isList = ({ domain }: Entity): boolean => domain === 'todo';

const listsOf = (home: Home): Entity[] =>
  [...home.entities.values()].filter((one) => isList(one) && !one.hidden);

/** Without a name: the shopping list, or the only one there is. */
const listFor = (phrase: string | undefined, home: Home, context: Context): Entity => {
  const all = listsOf(home);
  if (all.length === 0) throw new ToolError(sentencesFor(context).noList, 'no-list');
  const exact = all.find(({ id }) => id === phrase);
  const usual = all.find(({ names }) => names.some((name) => /shop|einkauf|grocer/i.test(name)));
  const plain = phrase === undefined && (usual ?? (all.length === 1 ? all[0] : undefined));
  if (exact ?? plain) return (exact ?? plain) as Entity;
  const named = targetsFor({ phrase: phrase ?? 'list', home }, isList, context).entities[0];
  return named as Entity;
};

/** Who wrote it Home Assistant does not say: what the person has not named is somebody else's. */
const areNews = (texts: readonly string[], wanted: string, { turn }: Context): boolean => {
  const said = ` ${plainName(`${wanted} | ${turn?.said ?? ''}`)} `;
  return texts.some((text) => plainName(text) === '' || !said.includes(` ${plainName(text)} `));
};

const sentencesFor = ({ language }: Pick<Context, 'language'>) => listSentences[tongueOf(language)];

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

/** As it stands there, with a way to tick each item off. */
const cardOf = (list: Entity, open: readonly Item[]): CardOf<'list'> | undefined =>
  open.length === 0
    ? undefined
    : {
        ...{ kind: 'list', list: list.name },
        items: open.slice(0, 50).map(({ summary }) => ({ text: summary, done: false })),
        tick: { tool: 'home_assistant_list_done', input: { items: ['{text}'], list: list.id } },
      };

const nameOf = ({ name }: Entity): string =>
  /list/i.test(name) ? name.toLowerCase() : `${name.toLowerCase()} list`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The things in one breath, or how many they are. */
const named = (texts: readonly string[], context: Context): string => {
  const all = capital(context.words.list(texts));
  return all.length <= 120 ? all : sentencesFor(context).things(texts.length);
};

const list = z.string().min(1).max(80).optional();
const items = z.array(z.string().min(1).max(120)).min(1).max(30);

const changing = {
  effect: 'write',
  permission: 'lists',
  confirm: 'if-unsure',
  hidden: true,
  says: [],
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

const opened = async (phrase: string | undefined, context: Context) => {
  const { client, language } = context;
  const on = listFor(phrase, await client.freshHome(language), context);
  const open = async (): Promise<Item[]> => openOf(await itemsOf(client, on, language));
  const call = (service: string, data: Record<string, unknown>): Promise<unknown> =>
    client.call({ domain: 'todo', service, data, target: { entity_id: on.id } });
  return { on, open, call, said: sentencesFor(context) };
};

const isCalled =
  (wanted: string) =>
  ({ summary }: Item): boolean =>
    plainName(summary) === plainName(wanted);

const examples = (input: { items: string[]; list: string }) => [
  { says: `home assistant, ${input.items.join(' and ')}`, input },
];

export const addToList = tool({
  ...changing,
  about: 'Put things on a list of Home Assistant.',
  input: z.object({ items, list }),
  examples: examples({ items: ['milk'], list: 'shopping' }),
  run: async ({ items: wanted, list: phrase }, context) => {
    const { on, open, call, said } = await opened(phrase, context);
    const before = await open();
    const there = wanted.filter((one) => before.some(isCalled(one)));
    const fresh = wanted.filter((one) => !there.includes(one));
    for (const item of fresh) await call('add_item', { item });
    const now = await open();
    const things = wanted.map((one) => ({
      ...{ name: one, state: now.find(isCalled(one)), asWanted: now.some(isCalled(one)) },
    }));
    const receipt = receiptOf(things);
    const name = nameOf(on);
    if (receipt.confirmed === 0) return { say: said.failed(name), receipt };
    if (fresh.length === 0)
      return { say: said.already(named(there, context), name, there.length > 1), receipt };
    const added = said.added(named(fresh, context), name, fresh.length > 1);
    const also = there.length > 0 ? ` ${said.already(named(there, context), name, false)}` : '';
    const undo = { tool: 'home_assistant_list_remove', input: { items: fresh, list: on.id } };
    return { say: added + also, receipt, undo, card: cardOf(on, now) };
  },
});

/** Items as they are called there. @throws {ToolError} where none of them is. */
const found = (
  wanted: readonly string[],
  open: readonly Item[],
  { name, said }: { name: string; said: Sentences },
): Item[] => {
  const hits = wanted.flatMap((one) => nearestName(one, open, ({ summary }) => summary) ?? []);
  if (hits.length > 0) return hits;
  throw new ToolError(said.notThere(wanted.join(', ').slice(0, 120), name), 'not-found', true);
};

type Sentences = (typeof listSentences)['en'];

/** Done or taken off: how Home Assistant is told, what is said, and what takes it back. */
const ways = {
  done: {
    service: 'update_item',
    data: { status: 'completed' },
    say: (said: Sentences, items: string, several: boolean) => said.done(items, several),
    undo: (gone: readonly Item[], list: string) => ({
      tool: 'home_assistant_list_reopen',
      input: { uids: gone.map(({ uid }) => uid), list },
    }),
  },
  removed: {
    service: 'remove_item',
    data: {},
    say: (said: Sentences, items: string, several: boolean) => said.removed(items, several),
    undo: (gone: readonly Item[], list: string) => ({
      tool: 'home_assistant_list_add',
      input: { items: gone.map(({ summary }) => summary).slice(0, 30), list },
    }),
  },
};

const takeOff =
  (how: keyof typeof ways) =>
  async (
    { items: wanted, list: phrase }: { items?: string[]; list?: string | undefined },
    context: Context,
  ) => {
    const { on, open, call, said } = await opened(phrase, context);
    const name = nameOf(on);
    const before = await open();
    const gone = wanted ? found(wanted, before, { name, said }) : before;
    if (gone.length === 0) throw new ToolError(said.empty(name), 'empty');
    for (const { uid } of gone) await call(ways[how].service, { item: uid, ...ways[how].data });
    const now = await open();
    const left = new Set(now.map(({ uid }) => uid));
    const receipt = receiptOf(
      gone.map(({ uid, summary }) => ({ name: summary, asWanted: !left.has(uid), state: how })),
    );
    const texts = gone.map(({ summary }) => summary);
    const outside = areNews(texts, (wanted ?? []).join(' | '), context);
    if (receipt.confirmed === 0) return { say: said.still(name), receipt, outside };
    const say = wanted
      ? ways[how].say(said, named(texts, context), gone.length > 1)
      : said.cleared(name);
    const card = cardOf(on, now);
    return { say, receipt, undo: ways[how].undo(gone, on.id), outside, card };
  };

export const tickOff = tool({
  ...changing,
  about: 'Tick things off a list of Home Assistant.',
  input: z.object({ items, list }),
  examples: examples({ items: ['milk'], list: 'shopping' }),
  run: takeOff('done'),
});

export const removeFromList = tool({
  ...changing,
  about: 'Take things off a list of Home Assistant.',
  input: z.object({ items, list }),
  examples: examples({ items: ['milk'], list: 'shopping' }),
  run: takeOff('removed'),
});

export const clearList = tool({
  ...changing,
  about: 'Take everything off a list of Home Assistant.',
  confirm: 'always',
  asks: { en: 'Shall I take everything off that list?', de: 'Soll ich die Liste leeren?' },
  input: z.object({ list }),
  examples: [{ says: 'home assistant, an empty list', input: { list: 'shopping' } }],
  run: ({ list: phrase }, context) => takeOff('removed')({ list: phrase }, context),
});

export const reopenOnList = tool({
  ...changing,
  about: 'Bring back what was ticked off on a list of Home Assistant.',
  input: z.object({ uids: z.array(z.string().min(1).max(200)).min(1).max(300), list }),
  examples: [{ says: 'home assistant, not bought', input: { uids: ['1'], list: 'shopping' } }],
  run: async ({ uids, list: phrase }, context) => {
    const { on, open, call, said } = await opened(phrase, context);
    for (const item of uids) await call('update_item', { item, status: 'needs_action' });
    const now = new Map((await open()).map((item) => [item.uid, item]));
    const things = uids.map((uid) => ({
      ...{ name: now.get(uid)?.summary ?? uid, asWanted: now.has(uid), state: now.get(uid) },
    }));
    return { say: said.reopened(nameOf(on)), receipt: receiptOf(things), outside: true };
  },
});

const reading = {
  effect: 'read',
  permission: 'lists',
  confirm: 'never',
  hidden: true,
  says: [],
} as const;
const readMax = 8;

export const readList = tool({
  ...reading,
  about: 'Read a list of Home Assistant.',
  input: z.object({ list }),
  outside: true,
  examples: [{ says: 'home assistant, the shopping list', input: { list: 'shopping' } }],
  run: async ({ list: phrase }, context) => {
    const { client, language, words } = context;
    const said = sentencesFor(context);
    const on = listFor(phrase, client.home(language), context);
    const there = openOf(await itemsOf(client, on, language));
    const open = there.map(({ summary }) => summary);
    if (open.length === 0) return { say: said.empty(nameOf(on)), show: [] };
    const heard = open.slice(0, readMax);
    const items = open.length > readMax ? heard.join(', ') : words.list(heard);
    return {
      say: said.read(nameOf(on), items, open.length - heard.length).slice(0, 300),
      show: open,
      card: cardOf(on, there),
    };
  },
});

/** Which lists there are: ids and names, for choosing one; nothing of what is on them. */
export const listNames = tool({
  ...reading,
  about: 'The lists of Home Assistant.',
  input: z.object({}),
  examples: [{ says: 'home assistant, your lists', input: {} }],
  run: async (_, { client, language }) => {
    const lists = listsOf(client.home(language)).map(({ id, name }) => ({ id, name }));
    return { say: `${lists.length}.`, show: lists };
  },
});
