/** Services that are away are known by their name and since when, and by nothing private. */
import { describe, expect, it } from 'vitest';
import type { Down } from '../tools/core/breaker.ts';
import { breakersOf } from '../tools/core/run.ts';
import { Outages } from './outages.ts';

const asked = () => {
  const away: Down[] = [];
  return { away, toolbox: { tools: new Map(), away: () => away } };
};

describe('Outages', () => {
  it('says nothing while everything answers', () => {
    const outages = new Outages(asked().toolbox);
    expect(outages.note()).toBeUndefined();
    expect(outages.parts()).toEqual([]);
  });

  it('tells of an open circuit until it is closed', () => {
    const { toolbox } = asked();
    const outages = new Outages(toolbox);
    const breakers = breakersOf(toolbox.tools);
    for (let time = 0; time < 3; time++) breakers.failed('mail');
    expect(outages.note()).toBe('Not reachable now: mail (since a moment ago).');
    expect(outages.parts()).toMatchObject([{ name: 'mail', state: 'failed' }]);
    breakers.succeeded('mail');
    expect(outages.note()).toBeUndefined();
  });

  it('tells of a connection that failed, and of what was watched, each once', () => {
    const { away, toolbox } = asked();
    away.push({ integration: 'calendar', forMs: 185_000 });
    const failing = [
      { integration: 'calendar', forMs: 90_000 },
      { integration: 'files', forMs: 60_000 },
    ];
    const outages = new Outages(toolbox, () => failing);
    expect(outages.note()).toBe(
      'Not reachable now: calendar (since 3 minutes), files (since 1 minute).',
    );
  });
});
