/** What the page and Butler say to each other beside the sound (docs: the voice protocol). */
import { type Card, readCard } from '../chat/card.ts';

export interface Transcript {
  type: 'transcript';
  who: 'person' | 'butler';
  text: string;
  final: boolean;
  id?: string;
  /** Of which turn this is a part. */
  turnId?: string;
}

/** Something was done; `id` is what taking it back names. */
export interface Deed {
  type: 'deed';
  id: string;
  turnId: string;
  say: string;
  /** The effect was read back. */
  checked: boolean;
  undo: boolean;
}

/** Butler asks before it does something. */
export interface Ask {
  type: 'ask';
  id: string;
  turnId?: string;
  question: string;
  by: 'yes' | 'pin';
  /** ISO 8601. */
  expiresAt: string;
}

const answers = ['yes', 'no', 'dropped'] as const;
export type AskAnswer = (typeof answers)[number];

export type ServerMessage =
  | { type: 'ready' }
  | { type: 'state'; state: 'listening' | 'thinking' | 'speaking'; expects?: boolean }
  | Transcript
  | { type: 'tool-start'; id: string; doing: string }
  | { type: 'tool-end'; id: string }
  | { type: 'card'; id: string; turnId: string; card: Card }
  | Deed
  | Ask
  | { type: 'asked'; id: string; answer: AskAnswer }
  | { type: 'undone'; id: string; say: string }
  | { type: 'clear' }
  | { type: 'turn'; id?: string }
  | { type: 'error'; code: string; title: string; detail: string };

/** An answer by a button: as if the person had said it. */
export type GestureMessage =
  | { type: 'reply'; id: string; yes: boolean }
  | { type: 'undo'; id: string };

export type ClientMessage =
  | { type: 'talk'; down: boolean }
  | { type: 'played'; ms: number }
  | { type: 'text'; text: string }
  | { type: 'stop' }
  | GestureMessage;

const states = ['listening', 'thinking', 'speaking'] as const;

/** The message, or undefined for what a newer or broken server may send: it is passed over. */
export function parseServerMessage(json: string): ServerMessage | undefined {
  try {
    return readServerMessage(JSON.parse(json));
  } catch {
    return undefined;
  }
}

type Fields = Record<string, unknown>;

const readers: Readonly<Record<string, (value: Fields) => ServerMessage | undefined>> = {
  ready: () => ({ type: 'ready' }),
  clear: () => ({ type: 'clear' }),
  turn: ({ id }) => ({ type: 'turn', ...(typeof id === 'string' && { id }) }),
  state: ({ state: said, expects }) => {
    const state = states.find((one) => one === said);
    return state && { type: 'state', state, ...(expects === true && { expects }) };
  },
  transcript,
  'tool-start': (value) =>
    named(value, (id) => ({ type: 'tool-start', id, doing: textOf(value.doing) })),
  'tool-end': (value) => named(value, (id) => ({ type: 'tool-end', id })),
  card: (value) =>
    named(value, (id) => {
      const card = readCard(value.card);
      return card && { type: 'card', id, turnId: textOf(value.turnId), card };
    }),
  deed: (value) =>
    named(value, (id) => ({
      ...{ type: 'deed', id, turnId: textOf(value.turnId), say: textOf(value.say) },
      ...{ checked: value.checked === true, undo: value.undo === true },
    })),
  ask,
  asked: (value) =>
    named(value, (id) => {
      const answer = answers.find((one) => one === value.answer);
      return answer && { type: 'asked', id, answer };
    }),
  undone: (value) => named(value, (id) => ({ type: 'undone', id, say: textOf(value.say) })),
  error: ({ code, title, detail }) => ({
    ...{ type: 'error', code: textOf(code), title: textOf(title), detail: textOf(detail) },
  }),
};

/** The same for what is no text any more. */
export function readServerMessage(value: unknown): ServerMessage | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const fields = value as Fields;
  const { type } = fields;
  if (typeof type !== 'string' || !Object.hasOwn(readers, type)) return undefined;
  return readers[type]?.(fields);
}

function transcript({ who, text, final, ...rest }: Fields): Transcript | undefined {
  if ((who !== 'person' && who !== 'butler') || typeof text !== 'string') return undefined;
  const id = idOf(rest.id);
  const turnId = textOf(rest.turnId);
  return {
    ...{ type: 'transcript', who, text, final: final === true },
    ...(id !== undefined && { id }),
    ...(turnId !== '' && { turnId }),
  };
}

function ask(value: Fields): Ask | undefined {
  const { by, turnId, question, expiresAt } = value;
  if ((by !== 'yes' && by !== 'pin') || typeof question !== 'string') return undefined;
  return named(value, (id) => ({
    ...{ type: 'ask', id, question, by, expiresAt: textOf(expiresAt) },
    ...(typeof turnId === 'string' && { turnId }),
  }));
}

/** What has no id cannot be spoken about any more: it is passed over. */
function named<Message>(value: Fields, read: (id: string) => Message): Message | undefined {
  const id = idOf(value.id);
  return id === undefined ? undefined : read(id);
}

function idOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
