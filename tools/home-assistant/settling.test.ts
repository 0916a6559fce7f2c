/** A Home Assistant that takes every call, and then does all, nothing, half of it, or late. */
import { describe, expect, test } from 'vitest';
import type { Plan } from './acting.ts';
import type { HomeAssistant } from './connection.ts';
import { buildHome, type Home, type State } from './model.ts';
import { settle } from './settling.ts';

const ids = ['light.a', 'light.b', 'light.c'];

/** Answers as the real client does; `deed` is what its devices make of a call. */
const fake = (deed: (set: (id: string, state: string) => void, lose: () => void) => void) => {
  const states: Record<string, State> = Object.fromEntries(
    ids.map((id) => [id, { entity_id: id, state: 'off', attributes: {} }]),
  );
  const listeners = new Set<() => void>();
  let away = false;
  const home = (): Home =>
    buildHome(states, {
      ...{ entities: [], devices: [], areas: [], floors: [], sources: {}, configs: new Map() },
    });
  const set = (id: string, state: string) => {
    states[id] = { entity_id: id, state, attributes: {} };
    for (const listener of [...listeners]) listener();
  };
  const client = {
    get isAway() {
      return away;
    },
    home,
    onChange: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    call: async () => {
      deed(set, () => {
        away = true;
      });
    },
  };
  return { client: client as unknown as HomeAssistant, home, listeners };
};

const all = (set: (id: string, state: string) => void, state: string): void => {
  for (const id of ids) set(id, state);
};

const turnOn = (home: Home): Plan => ({
  calls: [{ domain: 'light', service: 'turn_on', target: { entity_id: ids } }],
  expects: ids.flatMap((id) => {
    const entity = home.entities.get(id);
    return entity ? [{ entity, wanted: ({ state }) => state === 'on' }] : [];
  }),
  subject: { text: 'the lights', plural: true },
  deed: { state: 'on', past: 'turned on', infinitive: 'turn on' },
});

const run = async (deed: Parameters<typeof fake>[0], withinMs = 60) => {
  const { client, home, listeners } = fake(deed);
  const outcome = await settle(turnOn(home()), { client, language: 'en', withinMs });
  return { outcome, listening: listeners.size };
};

describe('a call that was taken is no success', () => {
  test('all of it', async () => {
    const { outcome } = await run((set) => all(set, 'on'));
    expect(outcome.receipt).toMatchObject({ confirmed: 3, missed: [], unchanged: [] });
    expect(outcome.receipt?.changed[0]).toEqual({ entity: 'light.a', from: 'off', to: 'on' });
  });

  test('nothing of it', async () => {
    const { outcome } = await run(() => {});
    expect(outcome.receipt).toMatchObject({ confirmed: 0, missed: ['a', 'b', 'c'], changed: [] });
  });

  test('half of it', async () => {
    const { outcome } = await run((set) => set('light.b', 'on'));
    expect(outcome.receipt).toMatchObject({ confirmed: 1, unchanged: ['light.a', 'light.c'] });
  });

  test('for a moment only', async () => {
    const { outcome } = await run((set) => {
      for (const id of ids) set(id, 'on');
      setTimeout(() => set('light.a', 'off'), 5);
      setTimeout(() => set('light.b', 'off'), 5);
    });
    // It was seen as wanted at once, and that is what is claimed.
    expect(outcome.missed).toEqual([]);
  });

  test('late, but in time, and too late', async () => {
    const late = (ms: number) => (set: (id: string, state: string) => void) => {
      setTimeout(() => all(set, 'on'), ms);
    };
    expect((await run(late(20))).outcome.receipt).toMatchObject({ confirmed: 3 });
    expect((await run(late(200))).outcome.receipt).toMatchObject({ confirmed: 0 });
  });

  test('a thing that cannot be reached is not as wanted', async () => {
    const { outcome } = await run((set) => all(set, 'unavailable'));
    expect(outcome.receipt).toMatchObject({ confirmed: 0 });
  });

  test('the connection is lost: no receipt, and nothing is claimed', async () => {
    const { outcome } = await run((set, lose) => {
      set('light.a', 'on');
      lose();
    });
    expect(outcome.receipt).toBeUndefined();
  });

  test('a call that is refused is thrown', async () => {
    await expect(
      run(() => {
        throw new Error('refused');
      }),
    ).rejects.toThrow('refused');
  });

  test('nobody listens on afterwards', async () => {
    expect((await run(() => {}, 30)).listening).toBe(0);
  });
});
