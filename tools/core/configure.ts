/** An integration's settings: all of its variables set is on, none is off, some is a mistake. */
import type { z } from 'zod';
import type { Integration } from './define.ts';

/** `appPassword` of `pi-hole` is PI_HOLE_APP_PASSWORD. */
const variableName = (integration: string, key: string): string =>
  `${integration}_${key.replace(/([a-z0-9])([A-Z])/g, '$1_$2')}`.replaceAll('-', '_').toUpperCase();

/** The variables of an integration, with what each is for. */
export const variablesOf = ({ name, config }: Pick<Integration, 'name' | 'config'>) =>
  Object.entries(config?.shape ?? {}).map(([key, schema]) => ({
    name: variableName(name, key),
    about: (schema as z.ZodType).description ?? '',
  }));

const isRequired = (schema: z.ZodType): boolean => !schema.safeParse(undefined).success;

/** Variables are text: a field that wants a number or a yes gets one where the text is one. */
const parseField = (schema: z.ZodType, text: string) => {
  const asText = schema.safeParse(text);
  if (asText.success) return asText;
  const other =
    text === 'true' || text === 'false'
      ? text === 'true'
      : text !== '' && Number.isFinite(Number(text))
        ? Number(text)
        : undefined;
  const asOther = other === undefined ? asText : schema.safeParse(other);
  return asOther.success ? asOther : asText;
};

interface Settings {
  config?: Record<string, unknown>;
  mistakes: string[];
}

const settingsOf = (
  { name, config }: Integration,
  environment: Readonly<Record<string, string | undefined>>,
): Settings => {
  if (!config) return { config: {}, mistakes: [] };
  const fields = Object.entries(config.shape).map(([key, schema]) => {
    const variable = variableName(name, key);
    const text = environment[variable]?.trim() || undefined;
    return { key, schema: schema as z.ZodType, variable, text };
  });
  const given = fields.filter(({ text }) => text !== undefined);
  const required = fields.filter(({ schema }) => isRequired(schema));
  if (given.length === 0 && required.length > 0) return { mistakes: [] };
  const missing = required.filter(({ text }) => text === undefined);
  if (missing.length > 0) {
    const lacking = missing.map(({ variable }) => variable).join(' and ');
    const present = given.map(({ variable }) => variable).join(' and ');
    const rule = `${name} needs all of them, or none to stay off`;
    const verb = missing.length === 1 ? 'is' : 'are';
    return { mistakes: [`${lacking} ${verb} missing: ${present} is set, and ${rule}.`] };
  }
  const values: Record<string, unknown> = {};
  const mistakes: string[] = [];
  for (const { key, schema, variable, text } of fields) {
    const parsed = text === undefined ? schema.safeParse(undefined) : parseField(schema, text);
    if (parsed.success) values[key] = parsed.data;
    else mistakes.push(`${variable}: ${parsed.error.issues[0]?.message ?? 'is not valid'}.`);
  }
  return mistakes.length > 0 ? { mistakes } : { config: values, mistakes };
};

/** @returns the settings of what is on, by name, and every mistake; values are never repeated. */
export const readSettings = (
  integrations: readonly Integration[],
  environment: Readonly<Record<string, string | undefined>>,
): { settings: Map<string, Record<string, unknown>>; mistakes: string[] } => {
  const settings = new Map<string, Record<string, unknown>>();
  const mistakes: string[] = [];
  for (const one of integrations) {
    const read = settingsOf(one, environment);
    mistakes.push(...read.mistakes);
    if (read.config) settings.set(one.name, read.config);
  }
  return { settings, mistakes };
};
