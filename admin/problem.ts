/** Every error leaves as a problem document (RFC 9457) that says what to do. */
import { randomBytes } from 'node:crypto';
import { z } from '@hono/zod-openapi';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Logger } from '../agent/log.ts';
import { PasswordsBusyError } from './passwords.ts';

export const problemSchema = z.object({
  type: z.string().meta({ description: 'Names the kind of problem; ends in `code`.' }),
  title: z.string(),
  status: z.int(),
  detail: z.string().meta({ description: 'A sentence for a person, saying what to do.' }),
  code: z.string(),
  errors: z
    .array(z.object({ path: z.string(), message: z.string() }))
    .optional()
    .meta({ description: 'Every mistake in the request, by where it is.' }),
  reference: z.string().optional().meta({ description: 'Stands beside the error in the log.' }),
});
export type Problem = z.infer<typeof problemSchema>;

interface ProblemContent {
  status: ContentfulStatusCode;
  code: string;
  title: string;
  detail: string;
  headers?: { [name: string]: string };
  errors?: { path: string; message: string }[];
  reference?: string;
}

/** Thrown anywhere below a route; leaves as its problem document. */
export class ProblemError extends Error {
  readonly content: ProblemContent;
  constructor(content: ProblemContent) {
    super(content.code);
    this.content = content;
  }
}

export const problemResponse = (content: ProblemContent): Response => {
  const { status, code, title, detail, headers, errors, reference } = content;
  const problem: Problem = {
    type: `urn:butler:problem:${code}`,
    title,
    status,
    detail,
    code,
    ...(errors && { errors }),
    ...(reference && { reference }),
  };
  return new Response(JSON.stringify(problem), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });
};

export const notFound = (): ProblemError =>
  new ProblemError({
    status: 404,
    code: 'not-found',
    title: 'There is nothing here',
    detail: 'Check the address; /openapi.json lists every address of the API.',
  });

/** Also said of somebody who is there and is none of the caller's business. */
export const personUnknown = (): ProblemError =>
  new ProblemError({
    status: 404,
    code: 'person-unknown',
    title: 'There is nobody with this id',
    detail: 'Take an id from GET /api/v1/users.',
  });

export const methodNotAllowed = (allowed: string[]): ProblemError =>
  new ProblemError({
    status: 405,
    code: 'method-not-allowed',
    title: 'This address does not take that method',
    detail: `Use ${allowed.join(' or ')} here.`,
    headers: { allow: allowed.join(', ') },
  });

const tidyIssue = (target: string, issue: z.core.$ZodIssue): { path: string; message: string } => {
  const where = target === 'json' ? 'body' : target;
  return { path: [where, ...issue.path.map(String)].join('.'), message: issue.message };
};

/** What zod found wrong, all of it. */
export const invalidRequest = (
  target: string,
  issues: readonly z.core.$ZodIssue[],
): ProblemError => {
  const errors = issues.map((issue) => tidyIssue(target, issue));
  const list = errors.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return new ProblemError({
    status: 400,
    code: 'request-invalid',
    title: 'The request has mistakes in it',
    detail: `Correct this and send it again: ${list.replace(/\.$/, '')}.`,
    errors,
  });
};

/**
 * A route's hook: a body that is understood but says something impossible is 422 and has a code of
 * its own; anything else that is wrong stays what it is everywhere.
 */
export const refuseBody =
  ({ code, title }: { code: string; title: string }) =>
  (
    result: { success: true } | { success: false; target: string; error: z.ZodError },
  ): undefined => {
    if (result.success) return undefined;
    const invalid = invalidRequest(result.target, result.error.issues);
    if (result.target !== 'json') throw invalid;
    throw new ProblemError({ ...invalid.content, status: 422, code, title });
  };

/** What the framework itself refuses, by status. */
const ofFramework = (status: ContentfulStatusCode): ProblemContent | undefined => {
  if (status === 400) {
    return {
      status,
      code: 'json-malformed',
      title: 'The body is not JSON',
      detail: 'Send a JSON object as the body, encoded in UTF-8.',
    };
  }
  if (status === 415) {
    return {
      status,
      code: 'media-type-unsupported',
      title: 'The body has the wrong type',
      detail: 'Send JSON, with the header `Content-Type: application/json`.',
    };
  }
  return undefined;
};

/** Where an error came from, without its message: that may hold what somebody said. */
const framesOf = (error: Error): string[] =>
  (error.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 8)
    .map((line) => line.trim());

/** Logs what no route foresaw; gives what the client may see: a reference and nothing else. */
const unforeseen = (error: Error, log: Logger): ProblemContent => {
  const reference = randomBytes(6).toString('hex');
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  log.error(
    { reference, error: error.name, errorCode: code, at: framesOf(error) },
    'a request failed inside Butler',
  );
  return {
    status: 500,
    code: 'internal',
    title: 'Something went wrong inside Butler',
    detail: `Try again. If it stays, look in Butler's log for ${reference}.`,
    reference,
  };
};

/** The problem document of anything that was thrown. */
export const problemOf = (error: Error, log: Logger): ProblemContent => {
  if (error instanceof ProblemError) return error.content;
  if (error instanceof PasswordsBusyError) {
    return {
      status: 503,
      code: error.code,
      title: 'Too many people are logging in at once',
      detail: 'Wait some seconds, then try again.',
      headers: { 'retry-after': '5' },
    };
  }
  const known = error instanceof HTTPException ? ofFramework(error.status as 400) : undefined;
  return known ?? unforeseen(error, log);
};

/** A plain request came where a WebSocket belongs; `from` is the route that gives tickets. */
export const websocketRequired = (from: string): ProblemError =>
  new ProblemError({
    status: 426,
    code: 'websocket-required',
    title: 'This address is a WebSocket',
    detail: `Open it as a WebSocket, with a ticket from POST ${from}.`,
    headers: { upgrade: 'websocket' },
  });

/** The ticket is used, late or unknown; `from` is the route that gives new ones. */
export const ticketInvalid = (from: string): ProblemError =>
  new ProblemError({
    status: 401,
    code: 'ticket-invalid',
    title: 'The ticket is not valid',
    detail: `A ticket works once, for a minute. Get a new one from POST ${from}.`,
  });
