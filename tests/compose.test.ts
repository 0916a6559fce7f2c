/** The production files keep their promises: limits, health, what is open, and no secret inside. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { settings } from '../agent/config.ts';
import { root } from './tidy/sources.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Service {
  image: string;
  environment?: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  mem_limit?: string;
  restart?: string;
  healthcheck?: { test: string[] };
  command?: string[];
  networks?: { default: { ipv4_address: string } };
  profiles?: string[];
}

const text = read('compose.yaml');
const { services } = parse(text, { merge: true }) as { services: Record<string, Service> };
const names = Object.keys(services).sort();

describe('compose.yaml', () => {
  it('has the seven services, each watched, limited and started again', () => {
    expect(names).toEqual(['butler', 'kokoro', 'livekit', 'postgres', 'proxy', 'tunnel', 'worker']);
    for (const name of names) {
      expect(services[name]).toMatchObject({ restart: 'unless-stopped' });
      expect(services[name]?.healthcheck?.test.length, name).toBeGreaterThan(1);
    }
    const limits = names.map((name) => `${name} ${services[name]?.mem_limit}`);
    expect(limits).toEqual([
      'butler 300m',
      'kokoro 800m',
      'livekit 500m',
      'postgres 500m',
      'proxy 100m',
      'tunnel 100m',
      'worker 500m',
    ]);
  });

  it('pins every image that it does not build', () => {
    for (const { image } of Object.values(services)) {
      expect(image).toMatch(/^butler:local$|:v?\d+[\w.-]*$/);
    }
  });

  it('opens only the proxy and LiveKit to the house, and Butler to this machine', () => {
    const open = names.filter((name) => services[name]?.ports);
    expect(open).toEqual(['butler', 'livekit', 'proxy']);
    expect(services.butler?.ports?.map((port) => port.split(':')[0])).toEqual(['127.0.0.1']);
    expect(services.proxy?.ports).toEqual(['80:80', '443:443', '7443:7443']);
    expect(services.livekit?.ports).toEqual(['7880:7880', '7881:7881', '7882:7882/udp']);
  });

  it('lets Butler believe the proxy and the tunnel, and no neighbour', () => {
    const fixed = ['proxy', 'tunnel'].map((name) => services[name]?.networks?.default.ipv4_address);
    expect(services.butler?.environment?.BUTLER_PROXIES).toBe(fixed.join(','));
    const others = names.filter((name) => services[name]?.networks);
    expect(others).toEqual(['proxy', 'tunnel']);
    expect(services.tunnel?.profiles).toEqual(['outside']);
  });

  it('starts files that exist', () => {
    for (const { command = [], healthcheck } of Object.values(services)) {
      const files = [...command, ...(healthcheck?.test ?? [])].filter((part) =>
        /\.(ts|mjs)$/.test(part),
      );
      for (const file of files) expect(existsSync(join(root, file)), file).toBe(true);
    }
  });

  it('takes every variable from .env, where .env.example explains it', () => {
    const explained = new Set(read('.env.example').match(/^#?[A-Z_]+(?==)/gm));
    for (const [, name] of text.matchAll(/\$\{([A-Z_]+)/g)) {
      expect(explained, `${name} is explained`).toContain(`#${name}`);
    }
  });

  it('sets only settings that Butler knows', () => {
    for (const name of ['butler', 'worker']) {
      const unknown = Object.keys(services[name]?.environment ?? {}).filter(
        (key) => !(key in settings.shape),
      );
      expect(unknown).toEqual([]);
    }
  });

  it('holds no secret', () => {
    for (const { environment = {} } of Object.values(services)) {
      for (const [key, value] of Object.entries(environment)) {
        if (/KEY|SECRET|PASSWORD|TOKEN|DATABASE_URL/.test(key)) expect(value).toMatch(/\$\{/);
      }
    }
  });
});

describe('livekit.yaml', () => {
  const livekit = parse(read('livekit.yaml')) as Record<string, Record<string, unknown>>;

  it('uses the ports that compose.yaml opens', () => {
    expect(livekit.port).toBe(7880);
    expect(livekit.rtc).toMatchObject({ tcp_port: 7881, udp_port: 7882 });
  });

  it('never refuses a job for load, ends empty rooms soon, and holds no key', () => {
    expect(livekit.agents).toEqual({ target_load: 1 });
    expect(livekit.room).toMatchObject({ departure_timeout: 5 });
    expect(livekit.keys).toBeUndefined();
  });
});

describe('agent/Dockerfile', () => {
  const dockerfile = read('agent/Dockerfile');
  const ignored = read('.dockerignore').split('\n');

  it('runs as somebody who is not root, on a pinned Node that runs TypeScript', () => {
    expect(dockerfile.match(/^USER (\w+)$/m)?.[1]).toBe('node');
    const versions = [...dockerfile.matchAll(/^FROM node:(\d+)\.\d+\.\d+-/gm)];
    expect(versions.map(([, major]) => Number(major))).toEqual([24, 24]);
  });

  it('copies folders that exist', () => {
    for (const [, folder = ''] of dockerfile.matchAll(/^COPY (\w+) \1$/gm)) {
      expect(existsSync(join(root, folder)), folder).toBe(true);
    }
  });

  it('keeps secrets, state and foreign binaries out of the image', () => {
    for (const path of ['.env', '.butler', '.git', '**/node_modules', 'tests']) {
      expect(ignored).toContain(path);
    }
  });
});
