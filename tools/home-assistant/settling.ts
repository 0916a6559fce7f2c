/** Does what was planned, waits until the states show it, and says which did not. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Receipt } from '../core/receipt.ts';
import { receiptOf } from '../core/receipt.ts';
import type { Expectation, Plan } from './acting.ts';
import type { HomeAssistant } from './connection.ts';
import { type Entity, isThere } from './model.ts';

export interface Change {
  entity: string;
  from: string;
  to: string;
}

/** The receipt's own part: which thing went from what to what. */
export interface HomeReceipt extends Receipt {
  changed: Change[];
  alreadyThere: string[];
  unchanged: string[];
}

export interface Outcome {
  changed: Entity[];
  alreadyThere: Entity[];
  missed: Entity[];
  /** Undefined where nothing of it can be read back. */
  receipt: HomeReceipt | undefined;
}

interface Options {
  client: HomeAssistant;
  language: string;
  withinMs: number;
  /** Ends the waiting before its time. */
  signal?: AbortSignal;
}

/** A device that only assumes its state proves nothing by it. */
const canBeRead = ({ attributes, domain }: Entity): boolean =>
  attributes.assumed_state !== true || domain === 'group';

/** What a person would see: the state, and what was likely changed of it. */
const shown = ({ state, attributes, domain }: Entity): string => {
  const details: Record<string, readonly string[]> = {
    light: ['brightness', 'color_temp_kelvin', 'rgb_color'],
    climate: ['temperature', 'target_temp_low', 'target_temp_high'],
    cover: ['current_position'],
    fan: ['percentage'],
    media_player: ['volume_level', 'is_volume_muted', 'source', 'media_title'],
    script: ['last_triggered'],
    automation: ['last_triggered'],
  };
  const extra = (details[domain] ?? []).flatMap((key) => {
    const value = attributes[key];
    return value === undefined || value === null ? [] : [`${key} ${String(value)}`];
  });
  return [state, ...extra].join(', ');
};

/** Resolves when all are as wanted, or the time is up; wakes only when a state has come. */
const waitFor = async (
  expects: readonly Expectation[],
  before: ReadonlyMap<string, Entity>,
  { client, withinMs, signal }: Options,
): Promise<Set<Expectation>> => {
  const met = new Set<Expectation>();
  const look = (): boolean => {
    if (client.isAway) return false;
    const { entities } = client.home();
    for (const one of expects) {
      const now = entities.get(one.entity.id);
      const was = before.get(one.entity.id) ?? one.entity;
      if (now && isThere(now) && one.wanted(now, was)) met.add(one);
      else met.delete(one);
    }
    return met.size === expects.length;
  };
  if (look()) return met;
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      stop();
      resolve();
    };
    const timer = setTimeout(end, withinMs);
    const stop = client.onChange(() => {
      if (look()) end();
    });
    signal?.addEventListener('abort', end);
  });
  look();
  return met;
};

/** @throws what the first call threw, when none of them was taken. */
const callAll = async (plan: Plan, { client, language }: Options): Promise<void> => {
  const asked = await Promise.allSettled(plan.calls.map((call) => client.call(call, { language })));
  const refused = asked.filter((one) => one.status === 'rejected');
  if (refused.length > 0 && refused.length === asked.length) throw refused[0]?.reason;
};

/** A service may take as long as its script runs: the states are watched meanwhile. */
const answerWithinMs = 6_000;

/** A scene is marked as used before its lamps have changed: they get a moment. */
const graceMs = 1_000;

interface Watched {
  readable: readonly Expectation[];
  before: ReadonlyMap<string, Entity>;
  wasThere: ReadonlySet<Expectation>;
}

/** States count, not answers; but what was so before needs the answer, to be of this call. */
const callAndWait = async (
  plan: Plan,
  { readable, before, wasThere }: Watched,
  options: Options,
): Promise<Set<Expectation>> => {
  const calling = callAll(plan, options);
  const stop = new AbortController();
  const late = sleep(answerWithinMs, undefined, { signal: stop.signal }).catch(() => {});
  const fresh = readable.length > 0 && wasThere.size === 0;
  const shown = waitFor(readable, before, {
    ...{ ...options, withinMs: answerWithinMs, signal: stop.signal },
  });
  const grace = () => sleep(graceMs, undefined, { signal: stop.signal }).catch(() => {});
  const seen = shown.then((met) =>
    fresh && met.size === readable.length ? Promise.race([calling, grace()]) : calling,
  );
  try {
    await Promise.race([calling, seen, late]);
  } finally {
    stop.abort();
  }
  // Its end comes when it comes; it was seen to happen, or it was not.
  for (const one of [calling, seen]) one.catch(() => {});
  return waitFor(readable, before, options);
};

/** Calls, waits, reads back. A call that was taken is no success: only a state is. */
export const settle = async (plan: Plan, options: Options): Promise<Outcome> => {
  const { client, language } = options;
  const readable = plan.expects.filter(({ entity }) => canBeRead(entity));
  const before = new Map(
    readable.map(({ entity }) => [
      entity.id,
      client.home(language).entities.get(entity.id) ?? entity,
    ]),
  );
  const wasThere = new Set(
    readable.filter(({ entity, wanted }) => {
      const was = before.get(entity.id) ?? entity;
      return isThere(was) && wanted(was, was);
    }),
  );
  const met = await callAndWait(plan, { readable, before, wasThere }, options);
  if (client.isAway) return { changed: [], alreadyThere: [], missed: [], receipt: undefined };
  const after = client.home(language).entities;
  const stateOf = ({ entity }: Expectation) => shown(after.get(entity.id) ?? entity);
  const entitiesOf = (these: readonly Expectation[]) => these.map(({ entity }) => entity);
  const there = readable.filter((one) => met.has(one) && wasThere.has(one));
  const changed = readable.filter((one) => met.has(one) && !wasThere.has(one));
  const missed = readable.filter((one) => !met.has(one));
  const things = readable.map((one) => ({
    ...{ name: one.entity.name, asWanted: met.has(one), state: stateOf(one) },
  }));
  const receipt: HomeReceipt = {
    ...receiptOf(things),
    changed: changed.map((one) => ({
      entity: one.entity.id,
      from: shown(before.get(one.entity.id) ?? one.entity),
      to: stateOf(one),
    })),
    alreadyThere: there.map(({ entity }) => entity.id),
    unchanged: missed.map(({ entity }) => entity.id),
  };
  return {
    ...{ changed: entitiesOf(changed), alreadyThere: entitiesOf(there) },
    missed: entitiesOf(missed),
    receipt: readable.length > 0 ? receipt : undefined,
  };
};
