/** Whether the other mind runs at home and costs nothing: a cap on spending lets it go on. Pure. */
import { BlockList, isIP } from 'node:net';
import type { Settings } from '../config.ts';

/** Loopback and private networks (RFC 1918, RFC 4193, RFC 6598, as Tailscale uses it). */
const home = new BlockList();
home.addSubnet('127.0.0.0', 8);
home.addSubnet('10.0.0.0', 8);
home.addSubnet('172.16.0.0', 12);
home.addSubnet('192.168.0.0', 16);
home.addSubnet('100.64.0.0', 10);
home.addAddress('::1', 'ipv6');
home.addSubnet('fc00::', 7, 'ipv6');

/** `ollama`, as a container is called, and names that only a home or a container host gives. */
const homeName = /^[a-z0-9-]+$|\.(local|lan|home|internal|home\.arpa)$/i;

/** One that wants a key may be a way to a service that is paid: it counts as one. */
export const isOwnMind = ({
  BUTLER_LLM_URL: url,
  BUTLER_LLM_KEY: key,
}: Pick<Settings, 'BUTLER_LLM_URL' | 'BUTLER_LLM_KEY'>): boolean => {
  if (url === undefined || key !== undefined) return false;
  const host = new URL(url).hostname.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(host);
  if (family === 0) return homeName.test(host);
  return home.check(host, family === 6 ? 'ipv6' : 'ipv4');
};
