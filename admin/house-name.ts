/** Names that nobody outside can give to an address of the house: against DNS rebinding. */
import { isIP } from 'node:net';
import { listOf, type Settings } from '../agent/config.ts';
import { isLoopback } from './address.ts';

/** Kept for houses and never given to anybody: RFC 6762, RFC 8375, RFC 6761; ICANN's .internal. */
const kept = /\.(local|home\.arpa|localhost|internal|lan|home)$/;

/**
 * Whether a page under this name is the house's own. A page of any other may have been loaded from
 * a stranger's server a moment before, and its name then led to an address in here.
 * @param asked the address that the client asked for.
 */
export const isHouseName = (
  { hostname, host }: Pick<URL, 'hostname' | 'host'>,
  settings: Pick<Settings, 'BUTLER_ALLOWED_HOSTS'>,
): boolean => {
  const known = listOf(settings.BUTLER_ALLOWED_HOSTS).map((each) => each.toLowerCase());
  const name = hostname.replace(/\.$/, '');
  const isNumber = name.startsWith('[') || isIP(name) > 0;
  const isShort = !name.includes('.');
  return (
    isLoopback(name) ||
    isNumber ||
    isShort ||
    kept.test(name) ||
    known.includes(host) ||
    known.includes(name)
  );
};
