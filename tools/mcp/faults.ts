/** What went wrong at a server, told apart by the SDK's errors. */
import { StreamableHTTPError } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js';
import { TooBigError, tooBigCode } from './transport.ts';
import type { Fault } from './words.ts';

const ofStatus = (status: number): Fault => {
  if (status === 401 || status === 403) return 'access-refused';
  if (status === 404 || status === 410) return 'not-found';
  if (status === 429) return 'too-many-requests';
  if (status < 200) return 'service-garbage';
  if (status < 400) return 'service-moved';
  return status >= 500 ? 'service-failed' : 'service-refused';
};

const ofProtocol = (code: number): Fault => {
  if (code === ErrorCode.RequestTimeout) return 'service-slow';
  if (code === ErrorCode.ConnectionClosed) return 'broken-off';
  if (code === tooBigCode) return 'too-big';
  return code === ErrorCode.InternalError ? 'service-failed' : 'service-refused';
};

/** Of `fetch` and `spawn`: nothing was there to take the request. */
const neverArrived: ReadonlySet<unknown> = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOENT', 'EACCES'],
]);

const causesOf = (error: unknown): unknown[] => {
  const causes: unknown[] = [];
  for (let at = error; at instanceof Error && causes.length < 5; at = at.cause) {
    causes.push(at);
    if (at instanceof AggregateError) causes.push(...at.errors);
  }
  return causes;
};

/** What zod found wrong; the SDK throws it as it is, and it is not always an Error. */
const isMisfit = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'issues' in error;

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

/** @param error as the SDK's client throws it. */
export const faultOf = (error: unknown): Fault => {
  if (error instanceof StreamableHTTPError) return ofStatus(error.code ?? -1);
  if (error instanceof McpError) return ofProtocol(error.code);
  const causes = causesOf(error);
  if (causes.some((cause) => cause instanceof TooBigError)) return 'too-big';
  if (causes.some((cause) => neverArrived.has(codeOf(cause)))) return 'unreachable';
  if (causes.some((cause) => cause instanceof Error && cause.name === 'TimeoutError')) {
    return 'service-slow';
  }
  const [first] = causes;
  if (first instanceof SyntaxError || isMisfit(error)) return 'service-garbage';
  if (first instanceof Error && /^Server('s protocol version| sent invalid)/u.test(first.message)) {
    return 'service-garbage';
  }
  return 'broken-off';
};

/** Where there was a session: the server no longer knows it, and has done nothing. */
export const isSessionLost = (error: unknown): boolean =>
  error instanceof StreamableHTTPError && (error.code === 404 || error.code === 400);
