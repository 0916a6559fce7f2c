/** The caller as they are now: what they change about their doors counts from the next turn. */
import type { Users } from '../memory/users.ts';
import type { Caller } from './caller.ts';
import type { Settings } from './config.ts';

/** A change made in another process is known so soon after somebody speaks. */
const freshMs = 1_000;

/** Doors at which a person is known by what they set; others bring their own language. */
const ownDoors: readonly Caller['door'][] = ['app', 'room'];

interface HouseSeen {
  memory: { users: Pick<Users, 'byId' | 'load'> };
  /** For who has set no language of their own. */
  settings: Pick<Settings, 'BUTLER_LANGUAGE'>;
}

/**
 * Language, voice and permissions are looked up at each use, and asked of the database anew while
 * somebody speaks: the next turn has them. While that is away, the last known ones count.
 * @param nowMs monotonic.
 */
export const liveCaller = (
  caller: Caller,
  { memory: { users }, settings }: HouseSeen,
  nowMs: () => number = () => performance.now(),
): Caller => {
  if (!ownDoors.includes(caller.door)) return caller;
  const { personId } = caller;
  let askedAtMs = Number.NEGATIVE_INFINITY;
  const user = () => {
    if (nowMs() - askedAtMs >= freshMs) {
      askedAtMs = nowMs();
      users.load(personId).catch(() => undefined);
    }
    return users.byId(personId);
  };
  const live = (get: () => unknown): PropertyDescriptor => ({ get, enumerable: true });
  return Object.defineProperties(
    { ...caller },
    {
      language: live(() => {
        const known = user();
        return known ? (known.language ?? settings.BUTLER_LANGUAGE) : caller.language;
      }),
      voice: live(() => {
        const known = user();
        return known ? (known.ttsVoice ?? undefined) : caller.voice;
      }),
      permissions: live(() => {
        const known = user();
        return known ? (known.permissions ?? undefined) : caller.permissions;
      }),
    },
  );
};
