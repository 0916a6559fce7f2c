/** Services that are away are known, tried again, and back before anybody asks. */
import { describe, expect, it } from 'vitest';
import type { HealthLine } from '../tools/core/load.ts';
import { breakersOf } from '../tools/core/run.ts';
import { Outages } from './outages.ts';

const watched = () => {
  const asked: string[][] = [];
  const state = { ok: false, away: [] as { integration: string; forMs: number }[] };
  const toolbox = {
    tools: new Map(),
    away: () => state.away,
    health: async (_: AbortSignal, only?: ReadonlySet<string>): Promise<HealthLine[]> => {
      asked.push([...(only ?? [])]);
      const line = 'the secret address of Ada';
      return [...(only ?? [])].map((integration) => ({ integration, ok: state.ok, line }));
    },
  };
  return { asked, state, toolbox };
};

describe('Outages', () => {
  it('asks nobody while everything answers', async () => {
    const { asked, toolbox } = watched();
    const outages = new Outages(toolbox);
    await outages.look();
    expect(asked).toEqual([]);
    expect(outages.note()).toBeUndefined();
    await outages.close();
  });

  it('tells of an open circuit, and closes it as soon as the service is well', async () => {
    const { asked, state, toolbox } = watched();
    const outages = new Outages(toolbox, 20);
    const breakers = breakersOf(toolbox.tools);
    for (let time = 0; time < 3; time++) breakers.failed('mail');
    expect(breakers.restMs('mail')).toBeGreaterThan(0);
    expect(outages.note()).toBe('Not reachable now: mail (since a moment ago).');
    expect(outages.parts()).toMatchObject([{ name: 'mail', state: 'failed' }]);
    expect(JSON.stringify(outages.parts())).not.toContain('Ada');
    await expect.poll(() => asked.length).toBeGreaterThan(1);
    expect(outages.note()).toContain('mail');
    state.ok = true;
    await expect.poll(() => outages.note()).toBeUndefined();
    expect(breakers.restMs('mail')).toBe(0);
    expect(asked.every((names) => names.join() === 'mail')).toBe(true);
    await outages.close();
  });

  it('tells of a connection that failed, and for how long', async () => {
    const { state, toolbox } = watched();
    state.away = [{ integration: 'calendar', forMs: 185_000 }];
    const outages = new Outages(toolbox);
    expect(outages.note()).toBe('Not reachable now: calendar (since 3 minutes).');
    await outages.close();
  });
});
