/** Where a request comes from: its client, also behind a proxy, and whether that is near. */
import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';
import type { Context, MiddlewareHandler } from 'hono';
import { ConfigurationError, listOf, type Settings } from '../agent/config.ts';
import type { AdminEnv } from './access.ts';
import { remembered } from './layers.ts';
import { ProblemError } from './problem.ts';

const loopback = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\]|::ffff:127(\.\d{1,3}){3})$/i;
export const isLoopback = (host: string): boolean => loopback.test(host);

/** Private and link-local addresses: RFC 1918, RFC 3927, RFC 4193, RFC 4291. */
const nearby = [
  ...['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16'],
  ...['fc00::/7', 'fe80::/10'],
];

/** An IPv4 client on an IPv6 socket is written `::ffff:192.168.1.2`. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

/** @throws {ConfigurationError} naming the setting. */
const networks = (name: string, written: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const each of written) {
    const [address = '', bits] = each.split('/');
    const widest = isIPv4(address) ? 32 : 128;
    const prefix = bits === undefined ? widest : Number(bits);
    const fits = isIP(address) && Number.isInteger(prefix) && prefix >= 0 && prefix <= widest;
    if (!fits || bits === '') {
      const rule = 'must be addresses or networks such as 192.168.1.2 or 100.64.0.0/10';
      throw new ConfigurationError([`${name} ${rule}, separated by commas.`]);
    }
    list.addSubnet(address, prefix, isIPv4(address) ? 'ipv4' : 'ipv6');
  }
  return list;
};

const holds = (list: BlockList, address: string): boolean =>
  isIP(address) > 0 && list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');

/** What a proxy writes of the client behind it. */
const marks = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'cf-connecting-ip'] as const;

/** The host that the client asked for, as `URL` writes it (no default port). */
export const hostOf = (c: Context<AdminEnv>): URL => new URL(c.req.url);

/** The same up to the path, as it is written. */
export const writtenOrigin = (url: string): string => {
  const end = url.indexOf('/', url.indexOf('//') + 2);
  return end < 0 ? url : url.slice(0, end);
};

export interface Origin {
  /** The client's address; `unknown` where there is no socket below, or it has gone. */
  address: string;
  /** On this machine or in the house's own network. */
  isNear: boolean;
  /** A proxy of ours stands between, and what it says of the client is believed. */
  isForwarded: boolean;
  /** A name under which other devices find Butler, where it is asked under none of its own. */
  named: string | undefined;
}

/**
 * Finds out once for each request where it comes from. Forwarded addresses are believed from
 * this machine and from BUTLER_PROXIES alone, and of several the last, which that proxy wrote.
 * @throws {ConfigurationError} for a setting that is no network.
 */
export const locating = (settings: Settings): MiddlewareHandler<AdminEnv> => {
  const proxies = networks('BUTLER_PROXIES', listOf(settings.BUTLER_PROXIES));
  const [named] = listOf(settings.BUTLER_ALLOWED_HOSTS);
  const near = networks('BUTLER_LAN', [...nearby, ...listOf(settings.BUTLER_LAN)]);
  const isOurs = (peer: string): boolean => isLoopback(peer) || holds(proxies, peer);
  const origin = (address: string, isForwarded: boolean): Origin => {
    return { address: address || 'unknown', isNear: isNear(address), isForwarded, named };
  };
  const direct = remembered((peer) => origin(peer, isOurs(peer)));
  const isNear = (address: string): boolean => isLoopback(address) || holds(near, address);
  /** A proxy at home that is not believed, or that hides its client, may have let in anybody. */
  const isHidden = (c: Context<AdminEnv>, chain: string[] | undefined): boolean =>
    chain === undefined ? marks.some((mark) => c.req.header(mark)) : !chain.every(isNear);
  return (c, next) => {
    const incoming = c.env?.incoming;
    const peer = plain(incoming?.socket.remoteAddress ?? '');
    const found = direct(peer);
    const forwarded = found.isForwarded ? c.req.header('x-forwarded-for') : undefined;
    const chain = forwarded?.split(',').map((each) => plain(each.trim()));
    const written = chain?.at(-1) ?? '';
    const located = isIP(written) ? origin(written, true) : found;
    // Without a socket it is a call from inside this process.
    if (incoming === undefined) c.set('origin', { ...located, isNear: true });
    else if (located.isNear && isHidden(c, chain)) c.set('origin', { ...located, isNear: false });
    else c.set('origin', located);
    return next();
  };
};

const hextets = (text: string): string[] => (text === '' ? [] : text.split(':'));

/** Of IPv6 the /64: whoever has one address there has all of them (RFC 6177). */
const shareOf = (address: string): string => {
  if (!isIPv6(address) || isLoopback(address)) return address;
  const [head = '', tail] = address.split('%', 1).join('').split('::');
  const [before, after] = [hextets(head), hextets(tail ?? '')];
  const between: string[] = new Array(Math.max(0, 8 - before.length - after.length)).fill('0');
  const groups = [...before, ...between, ...after].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
};

/** Whom tries are counted against. */
export const addressOf = (c: Context<AdminEnv>): string => shareOf(c.get('origin').address);

/** What rules the house is done at home: from outside not even an owner's token does it. */
export const onlyAtHome = (): ProblemError =>
  new ProblemError({
    status: 403,
    code: 'only-at-home',
    title: 'This is done at home only',
    detail:
      'Do it in the network of the house. A network of yours that Butler takes for a foreign ' +
      'one (a VPN) is named in BUTLER_LAN.',
  });

/** Where the client finds Butler's WebSockets: `ws://host` or `wss://host`, as it sees it. */
export const socketOriginOf = (c: Context<AdminEnv>): string => {
  const { protocol, host } = hostOf(c);
  const forwarded = c.var.origin.isForwarded ? c.req.header('x-forwarded-proto') : undefined;
  const secure = (forwarded?.split(',').at(-1)?.trim() ?? protocol).startsWith('https');
  return `${secure ? 'wss' : 'ws'}://${host}`;
};

/** Where another device opens Butler's page: a phone cannot use a link to `localhost`. */
export const pageOriginOf = (c: Context<AdminEnv>): string => {
  const { named } = c.var.origin;
  if (named !== undefined && isLoopback(hostOf(c).hostname)) return `https://${named}`;
  return socketOriginOf(c).replace(/^ws/, 'http');
};
