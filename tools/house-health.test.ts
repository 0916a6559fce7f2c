/** What is said of the house's own health: of now and of the last days, in both languages. */
import { describe, expect, it } from 'vitest';
import { portsInProcess } from '../tests/fakes/ports.ts';
import type { HealthPort } from './core/health-port.ts';
import { loadTools } from './core/load.ts';
import { runTool } from './core/run.ts';

const { toolbox } = await loadTools({ environment: {} });
const now = new Date('2026-03-03T14:45:00Z');
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

const ask = async (
  tool: string,
  { health, input = {}, language = 'en', role = 'adult' }: Asked,
): Promise<string> => {
  const caller = {
    ...{ personId: 'ben', name: 'Ben', role, sure: 1, door: 'app', language },
  };
  const outcome = await runTool({
    ...portsInProcess({ health: { parts: () => [], incidentsSince: () => [], ...health } }),
    ...{ toolbox, name: `house_health_${tool}`, input, caller, timeZone: 'UTC', now: () => now },
    signal: new AbortController().signal,
  });
  return outcome.say;
};

interface Asked {
  health: Partial<HealthPort>;
  input?: Record<string, unknown>;
  language?: string;
  role?: 'adult' | 'child';
}

const part = (name: string, state: 'ready' | 'starting' | 'failed', down = false) => ({
  ...{ name, kind: 'part' as const, state, down, since: ago(90) },
});

describe('the state of the house', () => {
  it('is well when everything answers', async () => {
    const health = { parts: () => [part('mind', 'ready'), part('memory', 'ready')] };
    expect(await ask('state', { health })).toBe(
      'Everything works: all 2 parts and services answer.',
    );
    expect(await ask('state', { health, language: 'de' })).toBe(
      'Alles läuft: Alle 2 Teile und Dienste antworten.',
    );
  });

  it('names what is down since when, what failed once, and what is starting', async () => {
    const health = {
      parts: () => [
        part('voice', 'failed', true),
        part('home-assistant', 'failed'),
        part('speech to text', 'starting'),
        part('mind', 'ready'),
      ],
    };
    expect(await ask('state', { health })).toBe(
      'The voice has not worked since 1:15 p.m. The last time I asked, home assistant did not ' +
        'answer. Speech to text is still starting. Everything else works.',
    );
    expect(await ask('state', { health, language: 'de' })).toContain(
      'Die Stimme funktioniert seit 13 Uhr 15 nicht.',
    );
  });

  it('says that the rest works only where all that does not was named', async () => {
    const names = ['mail', 'weather', 'notes', 'lists'];
    const failing = names.map((name) => part(name, 'failed'));
    const some = { parts: () => [...failing, part('mind', 'ready')] };
    expect(await ask('state', { health: some })).toMatch(
      /mail, the weather, notes,? and lists did not answer\. Everything else works\.$/,
    );
    expect(await ask('state', { health: { parts: () => failing } })).not.toContain('else works');
  });

  it('is not known before anything was asked, and no child’s business', async () => {
    expect(await ask('state', { health: {} })).toContain('only just started');
    expect(await ask('state', { health: {}, role: 'child' })).not.toContain('only just');
  });
});

describe('what was down', () => {
  const health: Partial<HealthPort> = {
    incidentsSince: (from) =>
      [
        { part: 'mail', openedAt: ago(26 * 60), closedAt: ago(25 * 60) },
        { part: 'memory', openedAt: ago(120), closedAt: ago(108) },
        { part: 'voice', openedAt: ago(30), closedAt: null },
      ].filter(({ closedAt }) => closedAt === null || closedAt > from),
  };

  it('is told of today, of yesterday and of a week, the latest first', async () => {
    expect(await ask('past', { health })).toBe(
      'The voice has been down since 2:15 p.m. The memory was down from 12:45 p.m. for 12 minutes.',
    );
    expect(await ask('past', { health, input: { day: 'yesterday' } })).toMatch(
      /^Mail was down from Monday, March 2.*, 12:45 p\.m\. for 1 hour\.$/,
    );
    const week = await ask('past', { health, input: { day: 'week' }, language: 'de' });
    expect(week).toMatch(/^Die Stimme ist seit 14 Uhr 15 ausgefallen\. .*Mail war ab Montag/);
  });

  it('is nothing where nothing was', async () => {
    const input = { day: 'yesterday' };
    const seen = { parts: () => [part('mind', 'ready')] };
    expect(await ask('past', { health: seen, input, language: 'de' })).toBe(
      'Gestern ist nichts ausgefallen, soweit ich es gesehen habe.',
    );
    // Before the first look, what was down before is not known either.
    expect(await ask('past', { health: {}, input })).toContain('only just started');
  });
});
