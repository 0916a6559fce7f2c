/** Who lives here, as tools see them: by plain shapes, asked anew now and then. */
import type { Users } from '../memory/users.ts';
import type { PeoplePort } from '../tools/core/people-port.ts';

/** Another process may have added or renamed somebody; this old, the list is asked anew. */
const freshMs = 5_000;

/** @param nowMs monotonic. */
export const createPeople = (
  users: Pick<Users, 'all' | 'refresh'>,
  nowMs: () => number = () => performance.now(),
): PeoplePort => {
  let askedAtMs = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | undefined;
  const refresh = async (): Promise<void> => {
    try {
      await users.refresh();
      askedAtMs = nowMs();
    } catch {
      // While the database is away, those known until now are the household.
    } finally {
      asking = undefined;
    }
  };
  return {
    all: async () => {
      if (nowMs() - askedAtMs >= freshMs) {
        asking ??= refresh();
        await asking;
      }
      return users.all().map(({ id, name, username, role }) => ({ id, name, username, role }));
    },
  };
};
