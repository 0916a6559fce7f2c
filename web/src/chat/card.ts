/** Cards as they arrive: what is not of a known shape is passed over, never drawn half. */
import type { ChatEvent } from '../../../admin/house-view.ts';

export type Card = Extract<ChatEvent, { type: 'card' }>['card'];
export type CardOf<Kind extends Card['kind']> = Extract<Card, { kind: Kind }>;

/** The list of each kind, and which of its rows' fields must be texts. */
const shapes: Record<Card['kind'], { rows: string; texts: readonly string[] }> = {
  events: { rows: 'events', texts: ['title', 'startsAt'] },
  weather: { rows: 'days', texts: ['date', 'condition'] },
  timers: { rows: 'timers', texts: ['id', 'dueAt'] },
  things: { rows: 'things', texts: ['entityId', 'name', 'domain'] },
  list: { rows: 'items', texts: ['text'] },
  downloads: { rows: 'downloads', texts: ['title'] },
  photos: { rows: 'photos', texts: ['thumbnail'] },
  files: { rows: 'files', texts: ['name'] },
};

/** The house has checked them already; an older page may still know other shapes. */
export function readCard(value: unknown): Card | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const card = value as Record<string, unknown>;
  const { kind } = card;
  if (typeof kind !== 'string' || !Object.hasOwn(shapes, kind)) return undefined;
  const { rows, texts } = shapes[kind as Card['kind']];
  const list = card[rows];
  if (!Array.isArray(list)) return undefined;
  const whole = list.every((row: unknown) => hasTexts(row, texts));
  return whole ? (card as unknown as Card) : undefined;
}

function hasTexts(row: unknown, texts: readonly string[]): boolean {
  if (typeof row !== 'object' || row === null) return false;
  return texts.every((name) => typeof (row as Record<string, unknown>)[name] === 'string');
}
