/** A server's JSON Schema rebuilt from the few keywords that are known to be harmless. */
import { z } from 'zod';
import { plain } from './plain.ts';

const depthMax = 4;
const propertiesMax = 40;
/** Of one tool, references followed. */
const nodesMax = 200;
const choicesMax = 40;
const choiceMax = 40;
const branchesMax = 6;
const descriptionMax = 80;
const charactersMax = 32_000;
const rebuiltCharactersMax = 6_000;

const propertyName = /^[A-Za-z_][\w.-]{0,39}$/u;
/** They change what the other keywords mean; leaving them out would make another schema. */
const beyond = [
  ...['allOf', 'not', 'if', 'patternProperties', 'prefixItems', '$dynamicRef', '$recursiveRef'],
  ...['dependentSchemas', 'dependentRequired', 'dependencies', 'unevaluatedProperties'],
];
const numbersOf: Readonly<Record<string, readonly string[]>> = {
  string: ['minLength', 'maxLength'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
  integer: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
  array: ['minItems', 'maxItems'],
};

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Why a tool is left out, as the end of a sentence. */
class Unsupported extends Error {}

interface Building {
  root: Json;
  /** Its descriptions may be read by the mind. */
  described: boolean;
  nodes: number;
}

/** Follows `#/$defs/…` and `#/definitions/…`; how often is limited by the nodes. */
const resolved = (schema: Json, { root }: Building): Json => {
  let found: unknown = schema;
  for (let steps = 0; isObject(found) && typeof found.$ref === 'string'; steps++) {
    const [, kind = '', name = ''] = /^#\/(\$defs|definitions)\/([^/]+)$/u.exec(found.$ref) ?? [];
    const shelf = root[kind];
    if (steps > depthMax || !isObject(shelf) || !Object.hasOwn(shelf, name)) {
      throw new Unsupported('it refers to what is not there');
    }
    found = shelf[name];
  }
  if (!isObject(found)) throw new Unsupported('a part of it is no schema');
  return found;
};

/** Words that could say something are for tools that the owner stands for; else names alone. */
const choiceName = /^[\w.:+-]{1,24}$/u;

const isChoice = (value: unknown, { described }: Building): boolean => {
  if (typeof value !== 'string') return typeof value === 'number';
  return choiceName.test(value) || (described && plain(value, choiceMax) === value);
};

/** Where one of them is not plain, none is written down, and the server itself has to check. */
const choicesOf = (values: unknown, building: Building): unknown[] | undefined => {
  if (!Array.isArray(values) || values.length === 0 || values.length > choicesMax) return undefined;
  return values.every((value) => isChoice(value, building)) ? values : undefined;
};

const described = (schema: Json, building: Building): Json => {
  const text = building.described ? plain(schema.description, descriptionMax) : '';
  const format = building.described ? plain(schema.format, choiceMax) : '';
  const description = [text, format && `(${format})`].filter((part) => part !== '').join(' ');
  return description === '' ? {} : { description };
};

const unionOf = (branches: unknown, building: Building, depth: number): Json => {
  if (!Array.isArray(branches) || branches.length === 0 || branches.length > branchesMax) {
    throw new Unsupported(`it leaves a choice of more than ${branchesMax} kinds`);
  }
  const anyOf = branches.map((branch) => rebuilt(branch, building, depth));
  return anyOf.length === 1 ? (anyOf[0] as Json) : { anyOf };
};

const objectOf = (schema: Json, building: Building, depth: number): Json => {
  const { properties = {}, required = [], additionalProperties } = schema;
  if (!isObject(properties) || !Array.isArray(required)) {
    throw new Unsupported('its properties are no properties');
  }
  const names = Object.keys(properties);
  if (names.length > propertiesMax) {
    throw new Unsupported(`it has more than ${propertiesMax} properties`);
  }
  if (!names.every((name) => propertyName.test(name) && name !== '__proto__')) {
    throw new Unsupported('one of its properties has an unusual name');
  }
  const open = names.length === 0 && depth > 0 && additionalProperties !== false;
  if (open) return { type: 'object', additionalProperties: { type: leaves } };
  const built = Object.entries(properties).map(([name, property]) => [
    name,
    rebuilt(property, building, depth + 1),
  ]);
  const known = required.filter((name): name is string => names.includes(String(name)));
  const whole = { type: 'object', properties: Object.fromEntries(built), required: known };
  return { ...whole, additionalProperties: false };
};

const leaves = ['string', 'number', 'boolean'];

const typed = (type: unknown, schema: Json, place: { building: Building; depth: number }): Json => {
  const { building, depth } = place;
  if (type === 'object') return objectOf(schema, building, depth);
  if (type === 'array') {
    const items = schema.items === undefined ? { type: leaves } : schema.items;
    return { type, items: rebuilt(items, building, depth + 1) };
  }
  if (type === 'boolean' || type === 'null') return { type };
  if (type === 'string' || type === 'number' || type === 'integer') {
    const choices = choicesOf(schema.enum ?? [schema.const], building);
    return choices ? { type, enum: choices } : { type };
  }
  throw new Unsupported('it has a kind of value that is not known');
};

/** A schema without a type still says what it is by its other keywords. */
const typeOf = (schema: Json): unknown => {
  if (schema.type !== undefined) return schema.type;
  if (schema.properties !== undefined) return 'object';
  if (schema.items !== undefined) return 'array';
  const [first] = Array.isArray(schema.enum) ? schema.enum : [schema.const];
  return ['string', 'number', 'boolean'].includes(typeof first) ? typeof first : leaves;
};

function rebuilt(given: unknown, building: Building, depth: number): Json {
  if (given === true) return { type: leaves };
  if (!isObject(given)) throw new Unsupported('a part of it is no schema');
  building.nodes += 1;
  if (building.nodes > nodesMax) throw new Unsupported(`it has more than ${nodesMax} parts`);
  if (depth > depthMax) throw new Unsupported(`it is nested deeper than ${depthMax}`);
  const schema = resolved(given, building);
  const unknown = beyond.find((keyword) => schema[keyword] !== undefined);
  if (unknown) throw new Unsupported(`it uses ${unknown}`);
  const about = described({ ...schema, ...given }, building);
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches !== undefined) return { ...unionOf(branches, building, depth), ...about };
  const type = typeOf(schema);
  if (Array.isArray(type)) {
    const each = type.map((one) => ({ ...schema, type: one }));
    return { ...unionOf(each, building, depth), ...about };
  }
  const limits = (numbersOf[String(type)] ?? []).filter((keyword) =>
    Number.isFinite(schema[keyword]),
  );
  const numbers = Object.fromEntries(limits.map((keyword) => [keyword, schema[keyword]]));
  return { ...typed(type, schema, { building, depth }), ...numbers, ...about };
}

/**
 * The input of a tool as zod, from a JSON Schema (2020-12 or draft 7) that nobody here wrote.
 * No pattern of it is ever run, and what it does not name is refused.
 * @returns the schema, or why there is none: the end of a sentence.
 */
export const inputOf = (
  given: unknown,
  options: { described: boolean },
): { input: z.ZodObject } | { why: string } => {
  try {
    if (!isObject(given)) return { why: 'its input is no schema' };
    if (JSON.stringify(given).length > charactersMax) return { why: 'its input is too long' };
    const building = { root: given, described: options.described, nodes: 0 };
    const copy = rebuilt({ ...given, type: given.type ?? 'object' }, building, 0);
    if (JSON.stringify(copy).length > rebuiltCharactersMax) return { why: 'its input is too long' };
    const input = z.fromJSONSchema(copy as Parameters<typeof z.fromJSONSchema>[0]);
    if (input instanceof z.ZodObject) return { input: input.strict() };
    return { why: 'its input is no object' };
  } catch (error) {
    if (error instanceof Unsupported) return { why: error.message };
    // Nested so deep that even writing it down fails, or a limit that zod does not take.
    return { why: 'its input cannot be read' };
  }
};
