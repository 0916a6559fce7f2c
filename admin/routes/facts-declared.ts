/** The addresses of what Butler knows about a person, and what they take and give. */
import { z } from '@hono/zod-openapi';
import { doorNames } from '../../agent/caller.ts';
import { declare } from '../access.ts';
import { body, json } from '../json-declared.ts';

const factCharactersMax = 500;
const listedMax = 2_000;

const categories = ['preference', 'routine', 'personal', 'media'] as const;
const category = z.enum(categories);
const factText = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(factCharactersMax, `must be at most ${factCharactersMax} characters`);
const slot = z
  .string()
  .max(80, 'must be at most 80 characters')
  .regex(/^[a-z0-9_]+(\.[a-z0-9_]+)*$/, 'must be small letters, such as coffee.milk')
  .meta({ description: 'Names what there is one of: a newer fact of the slot replaces this one.' });
const id = z.coerce.number().int().positive();

const factSchema = z
  .object({
    id: z.int(),
    category,
    slot: z.string().nullable(),
    fact: z.string(),
    source: z.enum(['explicit', 'inferred']),
    confidence: z.number(),
    learnedAt: z.string(),
    lastUsedAt: z.string(),
    current: z.boolean().meta({ description: 'False: replaced or no longer so.' }),
    quote: z.string().nullable().meta({ description: 'The words that it was learned from.' }),
    door: z.enum(doorNames).nullable(),
    tainted: z.boolean().meta({ description: 'Outside text was read in that turn.' }),
  })
  .openapi('Fact');
export type FactView = z.infer<typeof factSchema>;

const one = z.object({ fact: factSchema });
const many = z.object({ facts: z.array(factSchema) });

export const list = declare('get /api/v1/memory/facts', {
  summary: 'What Butler knows about you.',
  request: {
    query: z.object({
      query: z.string().trim().max(400, 'must be at most 400 characters').optional(),
      category: category.optional(),
      all: z.stringbool().default(false).meta({ description: 'What was replaced, too.' }),
      limit: z.coerce.number().int().min(1).max(listedMax).default(listedMax),
    }),
  },
  responses: {
    200: {
      description: 'Newest first; with `query` the best first, found by words and by meaning.',
      content: json(many),
    },
  },
});

export const add = declare('post /api/v1/memory/facts', {
  summary: 'Tell Butler something about you.',
  request: body(z.strictObject({ fact: factText, category, slot: slot.optional() })),
  responses: {
    200: {
      description: 'Butler knew it already.',
      content: json(one.extend({ outcome: z.literal('known') })),
    },
    201: {
      description: 'Butler will remember it; `replaced` is what it takes the place of.',
      content: json(
        one.extend({
          outcome: z.enum(['added', 'replaced']),
          replaced: factSchema.optional(),
        }),
      ),
    },
  },
});

const changes = z
  .strictObject({
    fact: factText.optional(),
    category: category.optional(),
    slot: slot.nullable().optional(),
  })
  .refine((value) => Object.keys(value).length > 0, 'must hold fact, category or slot');

export const edit = declare('patch /api/v1/memory/facts/{id}', {
  summary: 'Correct something that Butler knows about you.',
  request: { params: z.object({ id }), ...body(changes) },
  responses: { 200: { description: 'As Butler knows it now.', content: json(one) } },
});

export const forget = declare('delete /api/v1/memory/facts/{id}', {
  summary: 'Forget one fact, and the words it was learned from.',
  request: { params: z.object({ id }) },
  responses: {
    200: {
      description:
        'Deleted. `undo` brings the fact back once, until `undoUntil` or a restart of Butler; ' +
        'until then it is held in the memory of the process.',
      content: json(one.extend({ undo: z.string(), undoUntil: z.string() })),
    },
  },
});

export const restore = declare('post /api/v1/memory/facts/restore', {
  summary: 'Take back what was just forgotten.',
  request: body(z.strictObject({ undo: z.string().min(1).max(64) })),
  responses: { 200: { description: 'What Butler knows again.', content: json(many) } },
});

export const forgetAll = declare('delete /api/v1/memory/facts', {
  summary: 'Forget everything about you. There is no undo.',
  request: body(z.strictObject({ confirm: z.literal('forget everything') })),
  responses: {
    200: {
      description: 'How many facts were deleted.',
      content: json(z.object({ forgotten: z.int() })),
    },
  },
});
