/** A logged-in person becomes the caller of a turn. */
import type { Caller } from '../agent/caller.ts';
import type { Settings } from '../agent/config.ts';
import type { Person } from './people.ts';

export const callerOf = (
  { id, name, role, permissions, language, voice }: Person,
  { door, settings, area }: { door: Caller['door']; settings: Settings; area?: string | undefined },
): Caller => ({
  personId: id,
  name,
  role,
  // The token is the proof; a voice would be a guess.
  sure: 1,
  door,
  ...(area !== undefined && { area }),
  language: language ?? settings.BUTLER_LANGUAGE,
  ...(permissions && { permissions }),
  ...(voice !== null && { voice }),
});
