/** Files as a screen shows them. */
import type { CardOf } from '../core/card.ts';
import { type Entry, nameOf } from './entry.ts';

const shownMax = 50;

export const filesCard = (entries: readonly Entry[]): CardOf<'files'> | undefined => {
  if (entries.length === 0) return undefined;
  const files = entries.slice(0, shownMax).map(({ file, bytes, changedAt }) => {
    const name = nameOf(file);
    const folder = file.slice(0, -name.length).replace(/\/$/, '');
    return {
      name,
      ...(folder && { folder }),
      ...(bytes !== undefined && { bytes }),
      ...(changedAt && { changedAt: changedAt.toISOString() }),
    };
  });
  return { kind: 'files', files };
};
