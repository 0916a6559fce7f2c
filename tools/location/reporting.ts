/** A position that a person's own phone posted: the last one is kept, and no other. */
import { ToolError, type ToolResult } from '../core/define.ts';
import type { Position } from './book.ts';
import { homeId, radiusDefaultM, standingOf } from './fences.ts';
import { reportOf } from './payload.ts';
import type { Context } from './people.ts';
import { placesOn, positionFrom, positionKey } from './shelf.ts';
import { locationWords } from './words.ts';

export const report = async (
  { message }: { message: Record<string, unknown> },
  context: Context,
): Promise<ToolResult> => {
  const { caller, client, household, language, now, shelf } = context;
  const said = locationWords(language);
  const found = reportOf(message, now().getTime());
  client.count(found.kind);
  if (found.kind === 'encrypted') throw new ToolError(said.encrypted, 'owntracks-encrypted');
  if (found.kind !== 'fix') return { say: said.dropped, receipt: { kept: found.kind } };
  const { fix } = found;
  const home = household && { ...household, id: homeId, name: homeId, radiusM: radiusDefaultM };
  const fences = [...(home ? [home] : []), ...(await placesOn(shelf))];
  const owner = caller.personId;
  const kept = await shelf.change<Position>(
    positionKey,
    (before) => {
      const last = positionFrom(before);
      // A phone sends late what it could not send: that is a past one.
      if (last && last.fix.atMs > fix.atMs) return last;
      return { fix, standing: standingOf(fix, fences, last?.standing) };
    },
    { owner },
  );
  return { say: said.reported, receipt: { at: new Date(kept?.fix.atMs ?? 0).toISOString() } };
};
