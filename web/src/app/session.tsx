/** Who is signed in on this page, for every page below. */
import { createContext, type ReactNode, useContext } from 'react';
import type { Person } from '../api/api.ts';

export interface Session {
  /** With which the sign-in began; it names the sign-in (`access.ts`). */
  token: string;
  user: Person;
  /** The person leaves. */
  signOut(): void;
  /** The house does not know this token any more. */
  signedOut(): void;
}

const Current = createContext<Session | undefined>(undefined);

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <Current value={session}>{children}</Current>;
}

export function useSession(): Session {
  const session = useContext(Current);
  if (!session) throw new Error('useSession stands outside of a SessionProvider.');
  return session;
}

/** What rules the house is for those who run it. */
export function useIsOwner(): boolean {
  return useSession().user.role === 'owner';
}

/** Whoever runs the house or lives there grown up; children and guests see their own pages. */
export function useIsResident(): boolean {
  return ['owner', 'adult'].includes(useSession().user.role);
}
