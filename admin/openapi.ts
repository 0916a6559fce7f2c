/** The OpenAPI document: the declared routes, with who may call and how errors look added. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { AdminEnv } from './access.ts';
import { problemSchema } from './problem.ts';
import { whoMayCall } from './who-may-call.ts';

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

const access = (key: string): { security: object[]; 'x-who-may-call': unknown } => {
  const who = Object.hasOwn(whoMayCall, key) ? whoMayCall[key as keyof typeof whoMayCall] : [];
  const open = who === 'open' || who === 'ticket';
  const ways = who === 'password' ? [{ basic: [] }, { bearer: [] }] : [{ bearer: [] }];
  return { security: open ? [] : ways, 'x-who-may-call': who };
};

const problemAnswer = {
  description: 'Anything else: a problem document (RFC 9457).',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

/** Made once: the routes do not change while Butler runs. */
export const openApiDocument = (app: OpenAPIHono<AdminEnv>, version: string): object => {
  app.openAPIRegistry.register('Problem', problemSchema);
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'basic', {
    type: 'http',
    scheme: 'basic',
  });
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Butler', version, description: 'The HTTP surface of a household butler.' },
  });
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of methods) {
      const operation = item[method];
      if (!operation) continue;
      Object.assign(operation, access(`${method} ${path}`));
      operation.responses = { ...operation.responses, default: problemAnswer };
    }
  }
  return document;
};
