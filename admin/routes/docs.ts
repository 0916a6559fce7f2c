/** The readable page of the OpenAPI document: Swagger UI from our own packages, under our CSP. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { type AdminEnv, declare } from '../access.ts';
import { sendFile } from './pages.ts';

const require = createRequire(import.meta.url);

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Butler: the HTTP surface</title>
    <link rel="icon" href="/docs/favicon-32x32.png" type="image/png">
    <link rel="stylesheet" href="/docs/swagger-ui.css">
    <script src="/docs/swagger-ui-bundle.js" defer></script>
    <script src="/docs/start.js" defer></script>
  </head>
  <body>
    <main id="docs"></main>
    <noscript>This page needs JavaScript; /openapi.json says the same without it.</noscript>
  </body>
</html>
`;

// A file, not a part of the page: the CSP lets no inline script run. Nothing is asked of anybody
// but Butler (no validator), and a token that is typed in is forgotten with the page.
const start = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  docExpansion: 'list',
  showExtensions: true,
  defaultModelsExpandDepth: 0,
  persistAuthorization: false,
  validatorUrl: null,
});
`;

const packaged = ['swagger-ui-bundle.js', 'swagger-ui.css', 'favicon-32x32.png'] as const;

const readable = declare('get /docs', {
  summary: 'This document, readable.',
  responses: {
    200: {
      description: 'A page.',
      content: { 'text/html': { schema: z.string() } },
    },
  },
});

const file = declare('get /docs/{file}', {
  summary: 'What the readable page is made of.',
  request: { params: z.object({ file: z.enum(['start.js', ...packaged]) }) },
  responses: {
    200: {
      description: 'A script, a style sheet or a picture.',
      content: { 'text/javascript': { schema: z.string().meta({ format: 'binary' }) } },
    },
  },
});

export const docsRoutes = () => {
  const folder = dirname(require.resolve('swagger-ui-dist/package.json'));
  return new OpenAPIHono<AdminEnv>()
    .openapi(readable, (c) => sendFile(c, { name: 'docs.html' }, Buffer.from(page)))
    .openapi(file, async (c) => {
      const { file: name } = c.req.valid('param');
      const content = name === 'start.js' ? Buffer.from(start) : await readFile(join(folder, name));
      return sendFile(c, { name }, content);
    });
};
