/** What the household may change while Butler runs: each key, its form, and what it means. */
import { z } from 'zod';
import { type Settings, settings } from '../config.ts';
import { type Caps, capsSchema } from '../spending/caps.ts';

const about = (name: keyof typeof settings.shape): string => settings.shape[name].description ?? '';

/** Settings of the environment that take effect at once; the others need a restart. */
const fromEnvironment = {
  BUTLER_LANGUAGE: settings.shape.BUTLER_LANGUAGE.unwrap(),
  BUTLER_VOICE: settings.shape.BUTLER_VOICE.unwrap().max(100, 'must be at most 100 characters'),
  BUTLER_NAMES: settings.shape.BUTLER_NAMES.unwrap().max(2_000, 'must be at most 2000 characters'),
  BUTLER_LEARNING: settings.shape.BUTLER_LEARNING.unwrap(),
  BUTLER_HISTORY_DAYS: z
    .int('must be a number of days from 1 to 3650')
    .min(1, 'must be a number of days from 1 to 3650')
    .max(3650, 'must be a number of days from 1 to 3650'),
  BUTLER_LOG_LEVEL: settings.shape.BUTLER_LOG_LEVEL.unwrap(),
  BUTLER_LOCATION: settings.shape.BUTLER_LOCATION.unwrap(),
};

/** What stands nowhere but here. */
const own = {
  caps: capsSchema,
  loginNeedsApproval: z.boolean(),
};

export const schemas = { ...fromEnvironment, ...own };

export type HouseholdKey = keyof typeof schemas;

export interface HouseholdValues extends Pick<Settings, keyof typeof fromEnvironment> {
  /** Dollars that may be spent on minds and ears. */
  caps: Caps;
  /** A login with a password waits until another device lets it in. */
  loginNeedsApproval: boolean;
}

export const defaults = {
  caps: {},
  loginNeedsApproval: false,
} as const satisfies Pick<HouseholdValues, keyof typeof own>;

export const ownAbout: Record<keyof typeof own, string> = {
  caps: 'US dollars that may be spent in a day or month: household, people, doors, triggers.',
  loginNeedsApproval: 'A login with a password waits until another device lets it in.',
};

/** What changes only later is said. */
const later: Partial<Record<HouseholdKey, string>> = {
  BUTLER_LANGUAGE: 'From the next conversation on; the local models take it at the next start.',
  BUTLER_VOICE: 'From the next answer on.',
};

export const aboutOf = (name: keyof typeof settings.shape): string =>
  [about(name), later[name as HouseholdKey]].filter((text) => text).join(' ');

export const isOwn = (key: string): key is keyof typeof own => Object.hasOwn(own, key);
export const isKey = (key: string): key is HouseholdKey => Object.hasOwn(schemas, key);
export const environmentKeys = Object.keys(fromEnvironment) as (keyof typeof fromEnvironment)[];

/** Values that nobody is shown, also not an owner: keys, and addresses with a password in them. */
const secretName = /KEY|SECRET|PASSWORD|TOKEN|^DATABASE_URL$/;

export const isSecret = (name: string, value: unknown): boolean =>
  secretName.test(name) || (typeof value === 'string' && /:\/\/[^/]*@/.test(value));
