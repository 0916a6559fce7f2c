/** What stands beside the lines: cards, receipts, questions; and under which line each belongs. */
import type { Card } from '../chat/card.ts';
import type { Ask, AskAnswer, Deed, ServerMessage } from '../voice/messages.ts';
import type { Line, Lines } from './lines.ts';

interface Placed {
  /** In the row of the lines' keys: when it came. */
  key: number;
  id: string;
  turnId: string;
}

export type CardExtra = Placed & { kind: 'card'; card: Card };
export type DeedExtra = Placed & { kind: 'deed' } & Pick<Deed, 'say' | 'checked' | 'undo'> & {
    /** What was said when it was taken back. */
    undone?: string;
  };
export type AskExtra = Placed & { kind: 'ask' } & Pick<Ask, 'question' | 'by' | 'expiresAt'> & {
    answer?: AskAnswer;
  };
export type Extra = CardExtra | DeedExtra | AskExtra;

type ExtraMessage = Extract<ServerMessage, { type: 'card' | 'deed' | 'ask' }>;

export function extraFrom(message: ExtraMessage, key: number): Extra {
  const place = { key, id: message.id, turnId: message.turnId ?? '' };
  if (message.type === 'card') return { kind: 'card', ...place, card: message.card };
  if (message.type === 'deed') {
    const { say, checked, undo } = message;
    return { kind: 'deed', ...place, say, checked, undo };
  }
  const { question, by, expiresAt } = message;
  return { kind: 'ask', ...place, question, by, expiresAt };
}

/** One that is there already is brought up to date where it stands. */
export function withExtra(extras: readonly Extra[], extra: Extra): Extra[] {
  const known = extras.findIndex(({ kind, id }) => kind === extra.kind && id === extra.id);
  if (known === -1) return [...extras, extra];
  return extras.map((one, at) => (at === known ? { ...extra, key: one.key } : one));
}

export function withAsked(
  extras: readonly Extra[],
  { id, answer }: { id: string; answer: AskAnswer },
): Extra[] {
  return extras.map((one) => (one.kind === 'ask' && one.id === id ? { ...one, answer } : one));
}

export function withUndone(
  extras: readonly Extra[],
  { id, say }: { id: string; say: string },
): Extra[] {
  return extras.map((one) =>
    one.kind === 'deed' && one.id === id ? { ...one, undone: say, undo: false } : one,
  );
}

/** A line with what belongs under it, or what has no line yet. */
export interface Placement {
  key: number;
  line?: Line;
  extras: readonly Extra[];
}

/**
 * Each extra under the last answer of its turn; where no line names that turn, under the answer
 * that came next before the person spoke again; else by itself, where it came.
 */
export function placed({ list, extras }: Pick<Lines, 'list' | 'extras'>): Placement[] {
  const under = new Map<number, Extra[]>();
  const alone: Placement[] = [];
  for (const extra of extras) {
    const host = hostOf(extra, list);
    if (host) under.set(host.key, [...(under.get(host.key) ?? []), extra]);
    else alone.push({ key: extra.key, extras: [extra] });
  }
  const rows = list.map((line) => ({ key: line.key, line, extras: under.get(line.key) ?? [] }));
  return [...rows, ...alone].sort((one, other) => one.key - other.key);
}

function hostOf(extra: Extra, list: readonly Line[]): Line | undefined {
  const ofTurn = list.findLast(
    (line) => line.who === 'butler' && extra.turnId !== '' && line.turnId === extra.turnId,
  );
  if (ofTurn) return ofTurn;
  const next = list.find((line) => line.key > extra.key);
  const unnamed = next?.turnId === undefined || extra.turnId === '';
  return next?.who === 'butler' && unnamed ? next : undefined;
}
