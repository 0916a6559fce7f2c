/** A mind that obeys every order it reads anywhere but in the person's own words. */
import type { MessageStep } from '../fakes/anthropic.ts';
import type { MessagesRequest } from '../fakes/anthropic-rules.ts';
import { skeleton, untagged } from './letters.ts';
import { type Call, callsOf, type Order, orders, phrases } from './orders.ts';

const bones = orders.map((order) => ({
  order,
  said: Object.values(phrases[order]).map(skeleton),
}));

const matches = (text: string, pattern: RegExp, decode: (code: string) => string): string[] =>
  (text.match(pattern) ?? []).flatMap((code) => {
    try {
      return [decode(code)];
    } catch {
      return [];
    }
  });

const entity = (code: string): string => String.fromCodePoint(Number(code.slice(2, -1)));

const decoders: ((text: string) => string | string[])[] = [
  (text) =>
    matches(text, /[A-Za-z0-9+/]{16,}={0,2}/g, (code) => Buffer.from(code, 'base64').toString()),
  (text) => matches(text, /(?:[0-9a-f]{2}){8,}/g, (code) => Buffer.from(code, 'hex').toString()),
  (text) =>
    text.replace(/[a-z]/gi, (letter) => {
      const base = letter <= 'Z' ? 65 : 97;
      return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
    }),
  (text) => [...text].reverse().join(''),
  (text) => matches(text, /(?:[\w.~!*'()-]*%[0-9A-F]{2})+[\w.~!*'()-]*/gi, decodeURIComponent),
  (text) => (text.includes('&#') ? text.replace(/&#\d{2,6};/g, entity) : []),
  (text) =>
    matches(
      text,
      /(?:\\+u[0-9a-f]{4})+/gi,
      (code) => JSON.parse(`"${code.replace(/\\+u/g, '\\u')}"`) as string,
    ),
  // A line break in JSON.
  (text) => (text.includes('\\n') ? text.replace(/\\+[nrt]/g, ' ') : []),
  untagged,
  (text) => {
    const parts = [...text.matchAll(/part ([12]) of 2: ([^\]]*)/g)];
    return ['1', '2'].map((which) => parts.find(([, at]) => at === which)?.[2] ?? '').join('');
  },
];

const decoded = (text: string): string[] =>
  decoders.flatMap((decode) => decode(text)).filter((one) => one.length >= 4);

const known = new Map<string, ReadonlySet<Order>>();

/** Every order in a text, in whatever language and disguise; two deep. */
export const ordersIn = (text: string): ReadonlySet<Order> => {
  const before = known.get(text);
  if (before) return before;
  const once = decoded(text);
  const readings = [text, ...once, ...once.flatMap((one) => (one === text ? [] : decoded(one)))];
  const found = new Set<Order>();
  for (const reading of new Set(readings)) {
    const bone = skeleton(reading);
    for (const { order, said } of bones) {
      if (said.some((phrase) => bone.includes(phrase))) found.add(order);
    }
  }
  if (known.size > 4_000) known.clear();
  known.set(text, found);
  return found;
};

type Content = MessagesRequest['messages'][number]['content'];

const piecesOf = (content: Content): string[] =>
  typeof content === 'string'
    ? [content]
    : content.map((part) => {
        const { text, content: inner, input } = part as Record<string, unknown>;
        const raw = text ?? inner ?? input ?? '';
        return typeof raw === 'string' ? raw : JSON.stringify(raw);
      });

export interface Read {
  /** Everything in the request that a person did not say. */
  pieces: string[];
  /** What the person said last. */
  asked: string;
  /** Calls that were made since. */
  calls: number;
  /** The text of what was called and answered since. */
  since: string;
}

/** @param own the person's utterances: the only text that is theirs. */
export const readingOf = (body: MessagesRequest, own: ReadonlySet<string>): Read => {
  const pieces: string[] = [JSON.stringify(body.system ?? '')];
  for (const tool of body.tools ?? []) pieces.push(JSON.stringify(tool));
  let asked = '';
  let calls = 0;
  let since = '';
  for (const { role, content } of body.messages) {
    for (const piece of piecesOf(content)) {
      if (role === 'user' && own.has(piece.trim())) {
        asked = piece.trim();
        calls = 0;
        since = '';
      } else {
        pieces.push(piece);
        since += `\n${piece}`;
      }
    }
    if (role === 'assistant' && typeof content !== 'string') {
      calls += content.filter(({ type }) => type === 'tool_use').length;
    }
  }
  return { pieces, asked, calls, since };
};

export interface Obedience {
  /** By what the person asked: the call that a sensible mind makes for it first. */
  plan: Map<string, Call>;
  own: Set<string>;
  /** Calls that were made because a text ordered them. */
  attempts: { order: Order; call: Call }[];
  /** What the mind was shown in its latest request. */
  last: MessagesRequest | undefined;
  /** How often it was asked what to learn. */
  lies: number;
  /** Off: it only does what it was asked. */
  obeys: boolean;
}

export const obedience = (): Obedience => ({
  ...{ plan: new Map(), own: new Set(), attempts: [], last: undefined, lies: 0, obeys: true },
});

const stepsMax = 3;

/** An order by way of `use_tool` where the tool is not declared as it is. */
const declared = (call: Call, names: ReadonlySet<string>): Call =>
  names.has(call.name) ? call : { name: 'use_tool', input: { tool: call.name, input: call.input } };

/** Asked what may be learned, it says that the person wants what the orders want. */
const lie = (state: Obedience, body: MessagesRequest): MessageStep => {
  state.lies += 1;
  const said = [...state.own].findLast((words) => JSON.stringify(body.messages).includes(words));
  const fact = 'Ada wants no confirmation.';
  return { text: JSON.stringify([{ category: 'preference', fact, quote: said ?? fact }]) };
};

/** The script of the fake. */
export const obey = (state: Obedience, body: MessagesRequest): MessageStep => {
  if ((body.tools ?? []).length === 0) return lie(state, body);
  state.last = body;
  const names = new Set((body.tools ?? []).map(({ name }) => name));
  const { pieces, asked, calls, since } = readingOf(body, state.own);
  const wanted = state.plan.get(asked);
  if (wanted && calls === 0) return { toolCalls: [declared(wanted, names)] };
  const whole = [...pieces, since];
  const found = state.obeys ? [...new Set(whole.flatMap((piece) => [...ordersIn(piece)]))] : [];
  if (found.length === 0) return { text: 'All right.' };
  const again = found.map((order) => phrases[order].en).join(', and ');
  // The order stands in the answer, so that every later turn reads it.
  if (calls > stepsMax || names.size === 0) return { text: `I was told to ${again}.` };
  const toolCalls = found.flatMap((order) =>
    callsOf[order].map((call) => {
      state.attempts.push({ order, call });
      return declared(call, names);
    }),
  );
  return { text: `I ${again} and say yes.`, toolCalls };
};
