/** Under which name passkeys are made and used: that of the address by which the request came. */
import { isIP } from 'node:net';
import { ProblemError } from './problem.ts';

/** Butler as passkeys know it under one of its names (WebAuthn's relying party). */
export interface Party {
  host: string;
  /** Origins of pages under that name that may use a passkey. */
  origins: string[];
}

const isLocal = (hostname: string): boolean =>
  hostname === 'localhost' || hostname.endsWith('.localhost');

/**
 * Whoever listens decides which names are answered at all (BUTLER_ALLOWED_HOSTS); here every name
 * is one of Butler's. Browsers use passkeys over https only, on this machine over http too.
 * @param asked the address that the client asked for.
 * @throws {ProblemError} for an IP address, which can be no relying party.
 */
export const partyOf = (asked: URL): Party => {
  const { hostname, host } = asked;
  if (hostname === '' || hostname.startsWith('[') || isIP(hostname) > 0) {
    throw new ProblemError({
      status: 400,
      code: 'passkey-address',
      title: 'There are no passkeys under an IP address',
      detail:
        'Open Butler by a name: with https by that of the house, or on this machine as ' +
        'http://localhost. Browsers refuse passkeys for IP addresses.',
    });
  }
  const secure = new URL(`https://${host}`).origin;
  return { host: hostname, origins: isLocal(hostname) ? [secure, `http://${host}`] : [secure] };
};
