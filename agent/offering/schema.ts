/** A tool's input as a mind reads it: without what only a program checks. Pure. */
import { z } from 'zod';
import type { LoadedTool } from '../../tools/core/load.ts';

interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  enum?: unknown[];
  format?: string;
  description?: string;
  [keyword: string]: unknown;
}

/** The gate's own parsing checks these, and says in words what was wrong. */
const unread = new Set([
  ...['$schema', 'additionalProperties', 'pattern', 'minLength', 'maxLength', 'minItems'],
  ...['maxItems', 'exclusiveMinimum', 'exclusiveMaximum', 'propertyNames'],
]);
/** Bounds beyond this are those of the number itself. */
const boundMax = 1_000_000;

const isSaid = (keyword: string, value: unknown): boolean => {
  if (unread.has(keyword)) return false;
  if (keyword !== 'minimum' && keyword !== 'maximum') return true;
  return Math.abs(Number(value)) <= boundMax;
};

const shrunk = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(shrunk);
  if (typeof schema !== 'object' || schema === null) return schema;
  const said = Object.entries(schema).filter(([keyword, value]) => isSaid(keyword, value));
  return Object.fromEntries(
    said.map(([keyword, value]) => {
      if (keyword !== 'properties') return [keyword, shrunk(value)];
      // Names of properties are no keywords.
      const properties = Object.entries(value as object);
      return [keyword, Object.fromEntries(properties.map(([name, one]) => [name, shrunk(one)]))];
    }),
  );
};

const made = new WeakMap<object, Schema>();

/** JSON Schema of the input; made once for each tool. */
export const schemaOf = ({ input }: Pick<LoadedTool, 'input'>): Schema => {
  const known = made.get(input);
  if (known) return known;
  const schema = shrunk(z.toJSONSchema(input, { io: 'input' })) as Schema;
  made.set(input, schema);
  return schema;
};

const choicesMax = 14;

const kindOf = (schema: Schema): string => {
  if (schema.enum) {
    const some = schema.enum.slice(0, choicesMax).map(String).join('|');
    return schema.enum.length > choicesMax ? `${some}|…` : some;
  }
  if (schema.anyOf) return schema.anyOf.map(kindOf).join(' or ');
  if (schema.type === 'array') return `[${kindOf(schema.items ?? {})}, …]`;
  if (schema.properties) return `{ ${fieldsOf(schema)} }`;
  if (schema.type === 'string') return schema.format ?? 'text';
  return String(schema.type ?? 'anything');
};

const fieldsOf = ({ properties = {}, required = [] }: Schema): string =>
  Object.entries(properties)
    .map(([name, schema]) => {
      const optional = required.includes(name) ? '' : '?';
      const about = schema.description === undefined ? '' : ` (${schema.description})`;
      return `${name}${optional}: ${kindOf(schema)}${about}`;
    })
    .join(', ');

/** On one line: `lists_read { list?: text (Name of a list.) }: What is on a list.` */
export const lineOf = (tool: LoadedTool): string => {
  const fields = fieldsOf(schemaOf(tool));
  const about = tool.about.replace(/\s+/g, ' ').trim();
  return `${tool.name} {${fields && ` ${fields} `}}: ${about}`;
};

/** A cautious guess, for English and JSON: models read three to four characters as one token. */
export const tokensIn = (value: unknown): number =>
  Math.ceil((typeof value === 'string' ? value : JSON.stringify(value)).length / 3.5);
