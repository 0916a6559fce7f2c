/** Caps on spending: what they say, to whom they apply, and which is reached. Pure. */
import { z } from 'zod';
import { doorNames } from '../caller.ts';

export const triggers = ['person', 'schedule', 'program'] as const;
/** What set a turn off. */
export type Trigger = (typeof triggers)[number];
export const periods = ['day', 'month'] as const;
export type Period = (typeof periods)[number];
/** Whose cap it is. */
export type Whose = 'household' | 'person' | 'door' | 'trigger';

const peopleMax = 100;
const dollars = z
  .number('must be US dollars')
  .min(0, 'must be 0 or more dollars')
  .max(100_000, 'must be at most 100000 dollars');
const limit = z.strictObject({ day: dollars.optional(), month: dollars.optional() });
const id = z.string().min(1).max(100);

export const capsSchema = z.strictObject({
  household: limit.optional(),
  /** Each person who has no limit of their own. */
  everyone: limit.optional(),
  people: z
    .record(id, limit)
    .refine((people) => Object.keys(people).length <= peopleMax, 'must name at most 100 people')
    .optional(),
  doors: z.partialRecord(z.enum(doorNames), limit).optional(),
  triggers: z.partialRecord(z.enum(triggers), limit).optional(),
});
export type Caps = z.output<typeof capsSchema>;

/** Who spends, and by which way. */
export interface Spender {
  personId: string;
  door: string;
}

export const triggerOf = (door: string): Trigger => {
  if (door === 'schedule') return 'schedule';
  return door === 'mcp' ? 'program' : 'person';
};

/** One limit in dollars, of one person, door or trigger, or of everybody together. */
export interface Cap {
  whose: Whose;
  /** The person's id, the door or the trigger; empty for the household. */
  which: string;
  period: Period;
  limitUsd: number;
}

export const keyOf = ({ whose, which, period }: Cap): string =>
  [whose, ...(which ? [which] : []), period].join(':');

const capsOf = (whose: Whose, which: string, given: Caps['household']): Cap[] =>
  periods.flatMap((period) => {
    const limitUsd = given?.[period];
    return limitUsd === undefined ? [] : [{ whose, which, period, limitUsd }];
  });

/** All caps there are. @param people ids of those whom `everyone` counts for. */
export const allCaps = (caps: Caps, people: readonly string[]): Cap[] => [
  ...capsOf('household', '', caps.household),
  ...[...new Set([...people, ...Object.keys(caps.people ?? {})])].flatMap((person) =>
    capsOf('person', person, caps.people?.[person] ?? caps.everyone),
  ),
  ...Object.entries(caps.doors ?? {}).flatMap(([door, given]) => capsOf('door', door, given)),
  ...Object.entries(caps.triggers ?? {}).flatMap(([trigger, given]) =>
    capsOf('trigger', trigger, given),
  ),
];

export const appliesTo = ({ whose, which }: Cap, { personId, door }: Spender): boolean => {
  if (whose === 'household') return true;
  if (whose === 'person') return which === personId;
  return which === (whose === 'door' ? door : triggerOf(door));
};

/** The caps that this spender is under. */
export const capsFor = (caps: Caps, spender: Spender): Cap[] =>
  allCaps(caps, [spender.personId]).filter((cap) => appliesTo(cap, spender));
