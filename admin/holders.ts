/** Whose accounts they are, and what becomes of them when somebody changes or goes. */
import type { Accounts } from './accounts.ts';
import type { House } from './house-view.ts';
import type { Person } from './people.ts';
import type { Holder } from './provision/registry.ts';

/** The person as accounts are made for them. */
export const holderOf = (
  person: Pick<Person, 'id' | 'name' | 'role' | 'permissions' | 'language'>,
  { settings }: Pick<House, 'settings'>,
): Holder => {
  const { id, name, role, permissions, language } = person;
  return { id, name, role, permissions, language: language ?? settings.BUTLER_LANGUAGE };
};

interface Parts {
  house: Pick<House, 'settings' | 'memory' | 'log'>;
  accounts: Accounts;
}

/** Before a person goes: switches their accounts off. @returns what became of each. */
export const releasing =
  ({ house, accounts }: Parts) =>
  async (personId: string): Promise<{ service: string; ok: boolean; sentence: string }[]> => {
    const user = await house.memory.users.load(personId);
    if (!user) return [];
    const touched = await accounts.review(holderOf(user, house), { isLeaving: true });
    return touched.map(({ title, status, message }) => {
      return { service: title, ok: status === 'skipped', sentence: message ?? '' };
    });
  };

/** After an owner changed what a person may; goes on by itself, and tells where it fails. */
export const reviewing =
  ({ house, accounts }: Parts) =>
  (personId: string): void => {
    const review = async (): Promise<void> => {
      const user = await house.memory.users.load(personId);
      if (user) await accounts.review(holderOf(user, house));
    };
    review().catch(() => house.log.warn({}, 'accounts could not be looked over'));
  };
