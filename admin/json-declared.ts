/** The JSON that a route takes and gives, as its declaration wants it. */
import type { z } from '@hono/zod-openapi';

export const json = <Schema extends z.ZodType>(schema: Schema) => ({
  'application/json': { schema },
});

export const body = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { required: true as const, content: json(schema) },
});
