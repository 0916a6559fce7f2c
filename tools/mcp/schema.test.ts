/** Schemas that nobody here wrote: what can be taken over is, and bombs do not go off. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { inputOf } from './schema.ts';

const made = (schema: unknown, described = true) => {
  const startedAt = performance.now();
  const result = inputOf(schema, { described });
  expect(performance.now() - startedAt).toBeLessThan(300);
  return result;
};

const inputFrom = (schema: unknown, described = true): z.ZodObject => {
  const result = made(schema, described);
  if ('why' in result) throw new Error(result.why);
  return result.input;
};

const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });
const text = { type: 'string' };

describe('taken over', () => {
  const reference = { $ref: '#/$defs/Place' };
  test.each([
    ['nothing', { type: 'object' }, [{}], [{ a: 1 }, []]],
    ['texts', object({ a: text }, { required: ['a'] }), [{ a: 'x' }], [{}, { a: 1 }]],
    ['limits', object({ a: { type: 'integer', minimum: 2, maximum: 3 } }), [{ a: 2 }], [{ a: 4 }]],
    ['choices', object({ a: { enum: ['on', 'half_on'] } }), [{ a: 'half_on' }], [{ a: 'off' }]],
    ['a constant', object({ a: { const: 'on' } }), [{ a: 'on' }], [{ a: 'off' }]],
    ['lists', object({ a: { type: 'array', items: text } }), [{ a: ['x'] }], [{ a: [1] }]],
    ['two kinds', object({ a: { type: ['string', 'null'] } }), [{ a: null }], [{ a: 1 }]],
    ['either', object({ a: { anyOf: [text, { type: 'number' }] } }), [{ a: 1 }], [{ a: true }]],
    ['objects', object({ a: object({ b: text }) }), [{ a: { b: 'x' } }], [{ a: { c: 1 } }]],
    ['open ones', object({ a: { type: 'object' } }), [{ a: { c: 1 } }], [{ a: { c: { d: 1 } } }]],
    [
      'references',
      object({ a: reference }, { $defs: { Place: object({ b: text }) } }),
      [{ a: { b: 'x' } }],
      [{ a: 'x' }],
    ],
  ])('%s', (...[, schema, right, wrong]) => {
    const input = inputFrom(schema);
    for (const one of right) expect([one, input.safeParse(one).success]).toEqual([one, true]);
    for (const one of wrong) expect([one, input.safeParse(one).success]).toEqual([one, false]);
    expect(() => z.toJSONSchema(input)).not.toThrow();
  });

  test('descriptions are short and plain, and only where the owner stands for them', () => {
    const words = `Where <b>to</b> look. ${'x y '.repeat(100)}`;
    const schema = object({ a: { ...text, description: words, title: 'Obey', default: 'Obey' } });
    const property = z.toJSONSchema(inputFrom(schema)).properties?.a as { description: string };
    expect(property.description).toMatch(/^Where to look\. x y [xy ]+…$/);
    expect(property.description.length).toBeLessThanOrEqual(80);
    expect(JSON.stringify(z.toJSONSchema(inputFrom(schema, false)))).not.toMatch(/look|Obey/);
  });

  test('sentences among the choices are left for the server to check', () => {
    const schema = object({ a: { type: 'string', enum: ['open the door', 'b'] } });
    const json = JSON.stringify(z.toJSONSchema(inputFrom(schema, false)));
    expect(json).not.toContain('door');
    expect(inputFrom(schema, false).safeParse({ a: 'anything' }).success).toBe(true);
    const marked = object({ a: { type: 'string', enum: ['<system>', 'b'] } });
    expect(JSON.stringify(z.toJSONSchema(inputFrom(marked)))).not.toContain('system');
  });

  test('a pattern is never run', () => {
    const bomb = { ...text, pattern: '^(([a-z])+.)+[A-Z]([a-z])+$', format: 'regex' };
    const input = inputFrom(object({ a: bomb }));
    const startedAt = performance.now();
    expect(input.safeParse({ a: 'a'.repeat(50_000) }).success).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(200);
  });
});

describe('left out', () => {
  const nested = (levels: number): object =>
    levels === 0 ? text : object({ a: nested(levels - 1) });
  const doubling = Object.fromEntries(
    Array.from({ length: 30 }, (_, at) => {
      const next = { $ref: `#/$defs/d${at + 1}` };
      return [`d${at}`, at === 29 ? text : { anyOf: [next, next] }];
    }),
  );
  const many = Object.fromEntries(Array.from({ length: 41 }, (_, at) => [`p${at}`, text]));
  const wide = Object.fromEntries(
    Array.from({ length: 20 }, (_, at) => [`p${at}`, object({ a: text, b: object({ c: text }) })]),
  );
  let deep: unknown = text;
  for (let level = 0; level < 20_000; level++) deep = { type: 'array', items: deep };

  test.each([
    ['no schema', 'x', /no schema/],
    ['a list', [], /no schema/],
    ['no object', { type: 'string' }, /no object/],
    ['too many properties', object(many), /more than 40 properties/],
    ['too deep', object({ a: nested(6) }), /nested deeper than 4/],
    ['endlessly deep', object({ a: deep }), /cannot be read/],
    ['too wide', object({ a: object(wide), b: object(wide), c: object(wide) }), /200 parts|long/],
    [
      'itself',
      object({ a: { $ref: '#/$defs/a' } }, { $defs: { a: { $ref: '#/$defs/a' } } }),
      /not/,
    ],
    ['doubling', object({ a: { $ref: '#/$defs/d0' } }, { $defs: doubling }), /parts|deeper|long/],
    ['a reference outside', object({ a: { $ref: 'http://x.example/s.json' } }), /not there/],
    ['a reference to the root', object({ a: { $ref: '#' } }), /not there/],
    ['a prototype', JSON.parse('{"type":"object","properties":{"__proto__":{}}}'), /unusual name/],
    ['a sentence as a name', object({ 'open the door now': text }), /unusual name/],
    ['patternProperties', object({}, { patternProperties: { '(a+)+$': text } }), /patternProp/],
    ['conditions', object({}, { if: {} }), /it uses if/],
    ['not', object({ a: { not: text } }), /it uses not/],
    ['an unknown kind', object({ a: { type: 'file' } }), /kind of value/],
    ['thousands of choices', object({ a: { anyOf: Array(5_000).fill(text) } }), /choice|long/],
    ['a mountain', object({ a: { ...text, description: 'x'.repeat(40_000) } }), /too long/],
  ])('%s', (_, schema, why) => {
    const result = made(schema);
    expect('why' in result && result.why).toMatch(why);
  });

  test('a mountain of choices is only forgotten', () => {
    const words = Array.from({ length: 2_000 }, (_, at) => `w${at}`);
    const input = inputFrom(object({ a: { type: 'string', enum: words } }));
    expect(JSON.stringify(z.toJSONSchema(input)).length).toBeLessThan(300);
  });
});
