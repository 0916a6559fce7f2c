/** Holds requests and answers against OpenAI's own specification, where a copy of it lies near. */
import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020, type AnySchemaObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

export type Operation =
  | 'createTranscription'
  | 'createSpeech'
  | 'createChatCompletion'
  | 'createEmbedding'
  | 'listModels';

export interface Exchange {
  /** The parsed JSON body, or the form's fields (a `File` counts as a binary string). */
  request?: unknown;
  /** The parsed JSON body; for a stream the list of its events; for speech any bytes or string. */
  response?: unknown;
}

const schemas: Record<Operation, { request?: string; response?: string; event?: string }> = {
  createTranscription: {
    request: 'CreateTranscriptionRequest',
    response: 'CreateTranscriptionResponseJson',
  },
  createSpeech: { request: 'CreateSpeechRequest' },
  createChatCompletion: {
    request: 'CreateChatCompletionRequest',
    response: 'CreateChatCompletionResponse',
    event: 'CreateChatCompletionStreamResponse',
  },
  createEmbedding: { request: 'CreateEmbeddingRequest', response: 'CreateEmbeddingResponse' },
  listModels: { response: 'ListModelsResponse' },
};

const root = new URL('../../', import.meta.url);
const folder = process.env.BUTLER_SHARED
  ? new URL(`file://${process.env.BUTLER_SHARED.replace(/\/?$/, '/')}`)
  : new URL('../shared/', root);
const specification = new URL('specs/openai-subset.yaml', folder);

let loaded: Ajv2020 | undefined;
let told = false;

/** The specification is not part of the repository: it is checked where it is there. */
export function hasOpenAISpecification(): boolean {
  if (existsSync(specification)) return true;
  if (!told) {
    console.log('OpenAI specification: skipped, no specs/openai-subset.yaml (set BUTLER_SHARED).');
  }
  told = true;
  return false;
}

/** The document says `nullable`, which OpenAPI 3.1 no longer has: written out for JSON Schema. */
function withNull(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withNull);
  if (node === null || typeof node !== 'object') return node;
  const { nullable, ...rest } = node as Record<string, unknown>;
  const entries = Object.entries(rest).map(([key, value]) => [key, withNull(value)]);
  const schema = Object.fromEntries(entries);
  return nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema;
}

function validator(schema: string): ValidateFunction {
  if (!loaded) {
    // The document uses OpenAPI's words (discriminator, x-…, formats) that JSON Schema ignores.
    loaded = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
    const document = parse(readFileSync(specification, 'utf8'));
    loaded.addSchema(withNull(document) as AnySchemaObject, 'openai');
  }
  const validate = loaded.getSchema(`openai#/components/schemas/${schema}`);
  if (!validate) throw new Error(`The specification has no schema ${schema}.`);
  return validate;
}

/** Multipart carries every value as text; the schema has numbers, and files as strings. */
function formFields(form: Record<string, unknown>): Record<string, unknown> {
  const numbers = ['temperature'];
  return Object.fromEntries(
    Object.entries(form).map(([key, value]) => {
      if (value instanceof Blob) return [key, 'binary'];
      return [key.replace(/\[\]$/, ''), numbers.includes(key) ? Number(value) : value];
    }),
  );
}

function check(schema: string, value: unknown, what: string) {
  const validate = validator(schema);
  if (validate(value)) return;
  const reasons = (validate.errors ?? []).slice(0, 8).map(({ instancePath, message, params }) => {
    return `${instancePath || '/'} ${message} ${JSON.stringify(params)}`;
  });
  throw new Error(`${what} does not match OpenAI's ${schema}: ${reasons.join('; ')}`);
}

/**
 * Throws with the reasons when a request or response does not fit OpenAI's schema for the
 * operation. Returns whether it was checked: false where the specification is not there.
 */
export function assertMatchesOpenAI(operation: Operation, exchange: Exchange): boolean {
  if (!hasOpenAISpecification()) return false;
  const { request, response } = exchange;
  const known = schemas[operation];
  const isForm = operation === 'createTranscription';
  if (request !== undefined && known.request) {
    const body = isForm ? formFields(request as Record<string, unknown>) : request;
    check(known.request, body, 'The request');
  }
  if (response === undefined || !known.response) return true;
  if (Array.isArray(response)) {
    for (const event of response) check(known.event ?? known.response, event, 'A streamed event');
    return true;
  }
  const verbose = isForm && typeof response === 'object' && response && 'segments' in response;
  const schema = verbose ? 'CreateTranscriptionResponseVerboseJson' : known.response;
  check(schema, response, 'The response');
  return true;
}

/** The JSON objects of a server-sent event stream, without the closing `[DONE]`. */
export function eventsOf(stream: string): unknown[] {
  return stream
    .split('\n\n')
    .flatMap((event) => event.split('\n').filter((line) => line.startsWith('data: ')))
    .map((line) => line.slice('data: '.length))
    .filter((data) => data !== '[DONE]')
    .map((data) => JSON.parse(data));
}
