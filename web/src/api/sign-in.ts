/** Who is signed in on this device: kept until they sign out or the house forgets the token. */
import type { Person, SignedIn } from './api.ts';

const key = 'butler.signed-in';
const deviceKey = 'butler.device';

/** Whose sign-in began with which token, and the newest token of each. */
const owners = new Map<string, string>();
const newest = new Map<string, string>();

export function rememberedSignIn(): SignedIn | undefined {
  const kept = keptSignIn();
  if (kept) owners.set(kept.token, kept.user.id);
  return kept;
}

export function rememberSignIn(signedIn: SignedIn | undefined): void {
  if (signedIn) owners.set(signedIn.token, signedIn.user.id);
  keep(key, signedIn && JSON.stringify(signedIn));
  if (signedIn?.deviceId) keep(deviceKey, signedIn.deviceId);
}

/** As which device the house knows this browser; it goes on as that when somebody signs in. */
export function knownDevice(): { device?: { id: string } } {
  try {
    const id = localStorage.getItem(deviceKey);
    return id ? { device: { id } } : {};
  } catch {
    return {};
  }
}

/** The newest token of a sign-in: another tab may have got it. */
export function newestToken(first: string): string {
  const kept = keptSignIn();
  if (kept && kept.user.id === owners.get(first)) return kept.token;
  return newest.get(first) ?? first;
}

export function keepRotated(first: string, token: string): void {
  newest.set(first, token);
  const kept = keptSignIn();
  // Somebody else may have signed in meanwhile, in another tab.
  if (kept && kept.user.id === owners.get(first)) keep(key, JSON.stringify({ ...kept, token }));
}

function keptSignIn(): SignedIn | undefined {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    return isSignedIn(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function keep(name: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

function isSignedIn(value: unknown): value is SignedIn {
  if (typeof value !== 'object' || value === null) return false;
  const { token, user } = value as { token?: unknown; user?: Partial<Person> };
  return typeof token === 'string' && typeof user?.name === 'string';
}
