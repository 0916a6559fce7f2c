/** An integration's settings and accounts: all of a group set is on, none off, some a mistake. */
import type { z } from 'zod';
import type { Integration } from './define.ts';

/** More of a kind than this in one household is a mistake in the settings. */
const accountsMax = 9;

/** `appPassword` of `pi-hole` is PI_HOLE_APP_PASSWORD. */
const variableName = (group: string, key: string): string =>
  `${group}_${key.replace(/([a-z0-9])([A-Z])/g, '$1_$2')}`.replaceAll('-', '_').toUpperCase();

export interface Variable {
  name: string;
  about: string;
  /** Without it the group it belongs to is half a one. */
  required: boolean;
  /** What counts where it is not set; empty for nothing. */
  otherwise: string;
  /** The kind of account it belongs to, of which there may be more. */
  source?: string;
}

const isRequired = (schema: z.ZodType): boolean => !schema.safeParse(undefined).success;

const ofShape = (group: string, schema: z.ZodObject | undefined): Variable[] =>
  Object.entries(schema?.shape ?? {}).map(([key, field]) => {
    const otherwise = (field as z.ZodType).safeParse(undefined).data;
    return {
      name: variableName(group, key),
      about: (field as z.ZodType).description ?? '',
      required: isRequired(field as z.ZodType),
      otherwise: ['string', 'number', 'boolean'].includes(typeof otherwise) ? `${otherwise}` : '',
    };
  });

/** The variables of an integration, those of its first accounts included. */
export const variablesOf = ({
  name,
  config,
  sources,
}: Pick<Integration, 'name' | 'config' | 'sources'>): Variable[] => [
  ...ofShape(name, config),
  ...Object.entries(sources ?? {}).flatMap(([kind, schema]) =>
    ofShape(kind, schema).map((one) => ({ ...one, source: kind })),
  ),
];

type ReadField = { ok: true; value: unknown } | { ok: false; why: string };

/** A check that breaks on what it checks (`new URL(…)`) is a mistake in the setting too. */
const checked = (schema: z.ZodType, value: unknown): ReadField => {
  try {
    const parsed = schema.safeParse(value);
    if (parsed.success) return { ok: true, value: parsed.data };
    return { ok: false, why: parsed.error.issues[0]?.message ?? 'is not valid' };
  } catch {
    return { ok: false, why: 'is not valid' };
  }
};

/** Variables are text: a field that wants a number or a yes gets one where the text is one. */
const parseField = (schema: z.ZodType, text: string | undefined): ReadField => {
  const asText = checked(schema, text);
  if (asText.ok || text === undefined) return asText;
  const other =
    text === 'true' || text === 'false'
      ? text === 'true'
      : text !== '' && Number.isFinite(Number(text))
        ? Number(text)
        : undefined;
  const asOther = other === undefined ? asText : checked(schema, other);
  return asOther.ok ? asOther : asText;
};

type Environment = Readonly<Record<string, string | undefined>>;

interface Group {
  /** What the variables begin with. */
  prefix: string;
  schema: z.ZodObject;
  /** As it is called in a mistake. */
  title: string;
}

interface GroupSettings {
  values?: Record<string, unknown>;
  /** Some variable of it is set. */
  given: boolean;
  mistakes: string[];
}

/** One group of variables. `values` is unset where it is off or mistaken. */
const readGroup = ({ prefix, schema, title }: Group, environment: Environment): GroupSettings => {
  const fields = Object.entries(schema.shape).map(([key, field]) => {
    const variable = variableName(prefix, key);
    const text = environment[variable]?.trim() || undefined;
    return { key, schema: field as z.ZodType, variable, text };
  });
  const present = fields.filter(({ text }) => text !== undefined);
  const required = fields.filter((field) => isRequired(field.schema));
  const given = present.length > 0;
  if (!given && required.length > 0) return { given, mistakes: [] };
  const missing = required.filter(({ text }) => text === undefined);
  if (missing.length > 0) {
    const lacking = missing.map(({ variable }) => variable).join(' and ');
    const set = present.map(({ variable }) => variable).join(' and ');
    const rule = `${title} needs all of them, or none to stay off`;
    const verb = missing.length === 1 ? 'is' : 'are';
    return { given, mistakes: [`${lacking} ${verb} missing: ${set} is set, and ${rule}.`] };
  }
  const values: Record<string, unknown> = {};
  const mistakes: string[] = [];
  for (const { key, schema: field, variable, text } of fields) {
    const read = parseField(field, text);
    if (read.ok) values[key] = read.value;
    else mistakes.push(`${variable}: ${read.why}.`);
  }
  return mistakes.length > 0 ? { given, mistakes } : { values, given, mistakes };
};

interface Accounts {
  accounts: Record<string, unknown>[];
  given: boolean;
  mistakes: string[];
}

/** `CALDAV_…`, then `CALDAV_2_…` to `CALDAV_9_…`; a gap between them is none. */
const readAccounts = (kind: string, schema: z.ZodObject, environment: Environment): Accounts => {
  const read = Array.from({ length: accountsMax }, (_, index) => {
    const prefix = index === 0 ? kind : `${kind}-${index + 1}`;
    return readGroup({ prefix, schema, title: prefix.replace('-', ' ') }, environment);
  });
  // A kind of which every setting may be left out is on only where something is set.
  const named = read.filter(({ given }) => given);
  return {
    accounts: named.flatMap(({ values }) => (values ? [values] : [])),
    given: named.length > 0,
    mistakes: named.flatMap(({ mistakes }) => mistakes),
  };
};

const noSettings: GroupSettings = { values: {}, given: false, mistakes: [] };

/** Settings that an integration cannot be without, also where its accounts are all there. */
const neededBy = (name: string, config: z.ZodObject | undefined): string[] =>
  Object.entries(config?.shape ?? {})
    .filter(([, field]) => isRequired(field as z.ZodType))
    .map(([key]) => variableName(name, key))
    .map((variable) => `${variable} is missing: an account of ${name} is set, and it needs that.`);

const settingsOf = (
  { name, config, sources, always }: Integration,
  environment: Environment,
): { config?: Record<string, unknown>; mistakes: string[] } => {
  const own = config
    ? readGroup({ prefix: name, schema: config, title: name }, environment)
    : noSettings;
  if (!sources) return own.values ? { config: own.values, mistakes: [] } : own;
  const kinds = Object.entries(sources).map(([kind, schema]) => ({
    kind,
    ...readAccounts(kind, schema, environment),
  }));
  const hasAccount = kinds.some(({ given }) => given);
  const missed = hasAccount && !own.values && !own.given ? neededBy(name, config) : [];
  const mistakes = [...own.mistakes, ...missed, ...kinds.flatMap((one) => one.mistakes)];
  // Accounts switch it on; so do settings of its own that are all there.
  const isOn = always || hasAccount || own.given;
  if (mistakes.length > 0 || !isOn) return { mistakes };
  const accounts = Object.fromEntries(kinds.map((one) => [one.kind, one.accounts]));
  return { config: { ...own.values, sources: accounts }, mistakes };
};

export interface ReadSettings {
  /** Of what is on, by name. */
  settings: Map<string, Record<string, unknown>>;
  /** All of them, each once. */
  mistakes: string[];
  mistakesOf: Map<string, string[]>;
}

/** Reads the settings of all integrations; a mistake never repeats a value. */
export const readSettings = (
  integrations: readonly Integration[],
  environment: Environment,
): ReadSettings => {
  const settings = new Map<string, Record<string, unknown>>();
  const mistakesOf = new Map<string, string[]>();
  const mistakes = new Set<string>();
  for (const one of integrations) {
    const read = settingsOf(one, environment);
    // Two integrations that share an account share its mistakes.
    for (const mistake of read.mistakes) mistakes.add(mistake);
    mistakesOf.set(one.name, read.mistakes);
    if (read.config) settings.set(one.name, read.config);
  }
  return { settings, mistakes: [...mistakes], mistakesOf };
};
