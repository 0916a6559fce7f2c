/** Requests made from a route's own schema: right ones, nearly right ones, and hostile ones. */
import fc from 'fast-check';
import type { Operation, Schema, Surface } from './operations.ts';

/** What breaks programs that trust text: quotes, marks of other languages, what nobody sees. */
const tricks = [
  ...['', ' ', '\0', '\n', "'", '"', '`', '\\', '%', '%00', '../../etc/passwd', '..%2f..%2f'],
  ...[
    "' or '1'='1",
    '<script>alert(1)</script>',
    '\u0024{7*7}',
    '{{7*7}}',
    '$(id)',
    '; drop table x',
  ],
  ...['\u202etxt.exe', '\u200b', '\ufeff', '\u0130', 'ﬀ', '\ud83d', '\udc00', 'e\u0301'],
  '𝕬𝖉𝖆',
  ...['__proto__', 'constructor', 'toString', 'null', 'undefined', 'NaN', '-0', '1e999'],
  ...['9'.repeat(400), 'a'.repeat(5_000), '😀'.repeat(500), 'file:///etc/passwd', '*', '?', '#'],
];
const numbers = [0, -0, -1, 1, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, 1e308, -1e308, 0.1, 1e-7];

const trick = fc.constantFrom(...tricks);
const anything: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: trick },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null]) },
  { weight: 2, arbitrary: fc.constantFrom(...numbers) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);

const text = ({ minLength = 0, maxLength = 200, format, pattern }: Schema) => {
  if (format === 'date-time') return fc.date({ noInvalidDate: true }).map((at) => at.toISOString());
  if (format === 'uuid') return fc.uuid();
  const written = fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 300) });
  // A pattern is tried; where the engine cannot make one, plain text must do.
  if (pattern === undefined) return written;
  try {
    return fc.oneof(fc.stringMatching(new RegExp(pattern, 'u')), written);
  } catch {
    return written;
  }
};

const whole = ({ minimum = -(2 ** 31), maximum = 2 ** 31 }: Schema) =>
  fc.integer({ min: Math.ceil(minimum), max: Math.floor(Math.min(maximum, 2 ** 31)) });

/** What fits a schema. */
const fitting = (given: Schema, surface: Surface, depth = 0): fc.Arbitrary<unknown> => {
  const schema = surface.follow(given);
  const inner = (one: Schema) => fitting(one, surface, depth + 1);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum && schema.enum.length > 0) return fc.constantFrom(...schema.enum);
  const ways = schema.anyOf ?? schema.oneOf;
  if (ways && ways.length > 0) return fc.oneof(...ways.map(inner));
  if (schema.allOf && schema.allOf.length > 0) {
    const parts = schema.allOf.map(inner);
    return fc.tuple(...parts).map((all) => Object.assign({}, ...all));
  }
  const types = [schema.type ?? 'any'].flat();
  const made = types.map((type) => ofType(type, schema, { surface, depth }));
  return made.length === 1 && made[0] ? made[0] : fc.oneof(...made);
};

const ofType = (
  type: string,
  schema: Schema,
  { surface, depth }: { surface: Surface; depth: number },
): fc.Arbitrary<unknown> => {
  const inner = (one: Schema) => fitting(one, surface, depth + 1);
  if (type === 'string') return text(schema);
  if (type === 'integer') return whole(schema);
  if (type === 'number') {
    const { minimum: min = -1e9, maximum: max = 1e9 } = schema;
    return fc.double({ min, max, noNaN: true });
  }
  if (type === 'boolean') return fc.boolean();
  if (type === 'null') return fc.constant(null);
  if (type === 'array') {
    const { minItems: minLength = 0, maxItems = 5, items = {} } = schema;
    const maxLength = Math.max(minLength, Math.min(maxItems, 5));
    return fc.array(inner(items), { minLength, maxLength });
  }
  if (type === 'object') return object(schema, inner);
  return depth > 3 ? fc.constant({}) : anything;
};

const object = (schema: Schema, inner: (one: Schema) => fc.Arbitrary<unknown>) => {
  const known = Object.entries(schema.properties ?? {});
  const fields = Object.fromEntries(known.map(([name, one]) => [name, inner(one)]));
  const required = schema.required ?? [];
  return fc.record(fields, { requiredKeys: required.filter((name) => name in fields) });
};

/** One field or two of a fitting value replaced by something else, added or taken away. */
const broken = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(value, fc.nat(), anything, fc.constantFrom('replace', 'add', 'remove', 'whole'))
    .map(([whole, which, other, how]) => {
      if (how === 'whole' || typeof whole !== 'object' || whole === null) return other;
      const names = Object.keys(whole);
      const name = names[which % Math.max(1, names.length)] ?? 'more';
      if (how === 'add') return { ...whole, [`${name}_more`]: other };
      if (how === 'remove') return { ...whole, [name]: undefined };
      return { ...whole, [name]: other };
    });

export interface MadeRequest {
  path: Record<string, string>;
  query: [string, string][];
  /** Undefined: none. */
  body: string | undefined;
  contentType: string;
}

const asText = (value: unknown): string => {
  if (typeof value === 'string') return value;
  return value === undefined ? '' : (JSON.stringify(value) ?? '');
};

const oftenFitting = (schema: Schema, surface: Surface): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 3, arbitrary: fitting(schema, surface) },
    { weight: 2, arbitrary: broken(fitting(schema, surface)) },
    { weight: 1, arbitrary: anything },
  );

/** @param known ids that exist: a made one seldom hits anything. */
export const requestFor = (
  operation: Operation,
  surface: Surface,
  known: readonly string[],
): fc.Arbitrary<MadeRequest> => {
  const of = (place: string) => operation.parameters.filter((one) => one.in === place);
  const id = fc.oneof(trick, fc.constantFrom(...known), fc.uuid());
  const path = fc.record(Object.fromEntries(of('path').map(({ name }) => [name, id])));
  const query = fc.record(
    Object.fromEntries(
      of('query').map(({ name, schema = {} }) => [name, oftenFitting(schema, surface)]),
    ),
    { requiredKeys: [] },
  );
  const { body } = operation;
  const json = body ? oftenFitting(body, surface).map(asJson) : fc.constant(undefined);
  const raw = fc.oneof(trick, fc.json(), fc.constantFrom('{', '[]', 'null', '{"a":'));
  const sent = body
    ? fc.oneof({ weight: 6, arbitrary: json }, { weight: 1, arbitrary: raw })
    : fc.oneof({ weight: 6, arbitrary: json }, { weight: 1, arbitrary: fc.constant('{}') });
  const contentType = fc.oneof(
    { weight: 9, arbitrary: fc.constant('application/json') },
    { weight: 1, arbitrary: fc.constantFrom('text/plain', 'multipart/form-data', '', 'a/b; x') },
  );
  return fc.record({ path, query, body: sent, contentType }).map((made) => ({
    ...made,
    path: Object.fromEntries(
      Object.entries(made.path).map(([name, value]) => [name, value.toWellFormed() || 'x']),
    ),
    query: Object.entries(made.query).map(([name, value]) => [
      name,
      asText(value).toWellFormed().slice(0, 2_000),
    ]),
  }));
};

const asJson = (value: unknown): string | undefined => JSON.stringify(value);
