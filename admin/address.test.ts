// Where a request comes from: whom Butler believes, and what counts as home.
import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { readConfiguration } from '../agent/config.ts';
import type { AdminEnv } from './access.ts';
import { addressOf, locating, pageOriginOf, socketOriginOf } from './address.ts';

const asked = async (
  peer: string | undefined,
  {
    forwarded,
    proto,
    environment = {},
    headers: more = {},
  }: {
    forwarded?: string;
    proto?: string;
    environment?: NodeJS.ProcessEnv;
    headers?: { [name: string]: string };
  } = {},
) => {
  const app = new Hono<AdminEnv>();
  app.use(locating(readConfiguration(environment)));
  app.get('/', (c) =>
    c.json({ address: addressOf(c), near: c.var.origin.isNear, socket: socketOriginOf(c) }),
  );
  const headers = {
    ...(forwarded !== undefined && { 'x-forwarded-for': forwarded }),
    ...(proto !== undefined && { 'x-forwarded-proto': proto }),
    ...more,
  };
  const request = new Request('http://butler.home.arpa/', { headers });
  const env = { incoming: { socket: { remoteAddress: peer } } };
  return (await (await app.fetch(request, env)).json()) as {
    address: string;
    near: boolean;
    socket: string;
  };
};

it.each([
  ['127.0.0.1', true],
  ['::1', true],
  ['::ffff:192.168.1.20', true],
  ['10.0.0.1', true],
  ['172.16.0.1', true],
  ['172.32.0.1', false],
  ['169.254.1.1', true],
  ['fe80::1', true],
  ['fd00::1', true],
  ['100.64.0.1', false],
  ['203.0.113.9', false],
  ['2001:db8::1', false],
  [undefined, false],
])('%s is near: %s', async (peer, near) => {
  expect((await asked(peer)).near).toBe(near);
});

it('takes more networks for home where the owner names them', async () => {
  const environment = { BUTLER_LAN: '100.64.0.0/10, 2001:db8::/32' };
  expect((await asked('100.99.1.1', { environment })).near).toBe(true);
  expect((await asked('2001:db8::7', { environment })).near).toBe(true);
});

it.each([
  // peer, what it says, what is believed
  ['127.0.0.1', '203.0.113.9', '203.0.113.9'],
  ['127.0.0.1', '127.0.0.1, 203.0.113.9', '203.0.113.9'],
  ['127.0.0.1', '203.0.113.9, 192.168.1.4', '192.168.1.4'],
  ['127.0.0.1', '::ffff:192.168.1.4', '192.168.1.4'],
  ['127.0.0.1', 'localhost', '127.0.0.1'],
  ['127.0.0.1', '1.2.3.4:80', '127.0.0.1'],
  ['192.168.1.9', '127.0.0.1', '192.168.1.9'],
  ['203.0.113.9', '127.0.0.1', '203.0.113.9'],
])('of %s saying %s believes %s', async (peer, forwarded, address) => {
  expect((await asked(peer, { forwarded })).address).toBe(address);
});

it('believes the named proxies, and no neighbour of theirs', async () => {
  const environment = { BUTLER_PROXIES: '172.30.77.2,172.30.77.3' };
  const [forwarded, proto] = ['203.0.113.9', 'https'];
  const proxied = await asked('::ffff:172.30.77.2', { forwarded, proto, environment });
  const outside = { address: '203.0.113.9', near: false, socket: 'wss://butler.home.arpa' };
  expect(proxied).toEqual(outside);
  const neighbour = await asked('172.30.77.9', { forwarded, proto, environment });
  expect(neighbour).toEqual({
    ...{ address: '172.30.77.9', near: false, socket: 'ws://butler.home.arpa' },
  });
});

it.each([
  // peer, headers: a proxy that is not believed, or that does not say for whom it asks
  ['192.168.1.9', { 'x-forwarded-for': '192.168.1.4' }],
  ['192.168.1.9', { 'x-real-ip': '203.0.113.9' }],
  ['127.0.0.1', { forwarded: 'for=203.0.113.9' }],
  ['127.0.0.1', { 'cf-connecting-ip': '203.0.113.9' }],
  ['127.0.0.1', { 'x-forwarded-for': '203.0.113.9:4711' }],
  ['127.0.0.1', { 'x-forwarded-for': 'unknown' }],
  // The proxy in front of ours is at home, its client is not.
  ['127.0.0.1', { 'x-forwarded-for': '203.0.113.9, 192.168.1.4' }],
])('does not take what %s passes on as %j for home', async (peer, headers) => {
  expect((await asked(peer, { headers })).near).toBe(false);
});

it('takes what a believed proxy passes on from home for home', async () => {
  expect((await asked('127.0.0.1', { forwarded: '192.168.1.4' })).near).toBe(true);
  expect((await asked('127.0.0.1', { forwarded: 'fe80::2, 192.168.1.4' })).near).toBe(true);
});

it.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
  ['2001:db8::7', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '::1'],
])('counts tries of %s against %s', async (peer, share) => {
  expect((await asked(peer)).address).toBe(share);
});

it.each(['192.168.1.0/33', 'router', '10.0.0.0/', '::1/129', '1.2.3'])(
  'says at the start that %s is no network',
  (written) => {
    const settings = readConfiguration({ BUTLER_LAN: written });
    expect(() => locating(settings)).toThrow('BUTLER_LAN must be addresses or networks');
  },
);

it.each([
  ['http://localhost:8000', 'house.example', 'https://house.example'],
  ['http://127.0.0.1:8000', 'house.example,other.example', 'https://house.example'],
  ['http://localhost:8000', '', 'http://localhost:8000'],
  ['http://butler.local', 'house.example', 'http://butler.local'],
])('asked at %s with the hosts "%s" links to %s', async (asked, hosts, page) => {
  const app = new Hono<AdminEnv>();
  app.use(locating(readConfiguration({ BUTLER_ALLOWED_HOSTS: hosts })));
  app.get('/', (c) => c.text(pageOriginOf(c)));
  expect(await (await app.request(asked)).text()).toBe(page);
});
