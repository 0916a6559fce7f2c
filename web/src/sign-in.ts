/** Who is signed in on this device: kept until they sign out or the house forgets the token. */
import type { Person, SignedIn } from './api.ts';

const key = 'butler.signed-in';

export function rememberedSignIn(): SignedIn | undefined {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    return isSignedIn(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function rememberSignIn(signedIn: SignedIn | undefined): void {
  try {
    if (signedIn) localStorage.setItem(key, JSON.stringify(signedIn));
    else localStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

function isSignedIn(value: unknown): value is SignedIn {
  if (typeof value !== 'object' || value === null) return false;
  const { token, user } = value as { token?: unknown; user?: Partial<Person> };
  return typeof token === 'string' && typeof user?.name === 'string';
}
