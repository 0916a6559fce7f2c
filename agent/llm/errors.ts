/** A provider's failure in LiveKit's words: what may be tried again, and what never. */
import {
  APIConnectionError,
  type APIError,
  APIStatusError,
  APITimeoutError,
} from '@livekit/agents';

/** The part of a Stainless SDK's error (Anthropic, OpenAI, Groq) that we look at. */
interface SdkError {
  name?: string;
  message?: string;
  status?: number | undefined;
  headers?: { get(name: string): string | null } | undefined;
  /** The service's own name of the error, as `overloaded_error`. */
  type?: string | null;
  error?: unknown;
  cause?: unknown;
}

// https://platform.claude.com/docs/en/api/errors: an error event in a stream carries no status.
const statusOfType: Record<string, number> = {
  invalid_request_error: 400,
  authentication_error: 401,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  overloaded_error: 529,
};

const MESSAGE_CHARACTERS_MAX = 200;

/** Worth another try: the same request may succeed in a moment. */
export const isTransientStatus = (status: number): boolean =>
  status === 408 || status === 409 || status === 429 || status >= 500;

/**
 * How long the service asked us to wait, milliseconds; undefined when it did not say.
 * `retry-after` is seconds or a date (RFC 9110, 10.2.3); `retry-after-ms` is OpenAI's and Groq's.
 */
export function retryAfterMs(error: unknown, nowMs = Date.now()): number | undefined {
  const headers = (error as SdkError | undefined)?.headers;
  if (typeof headers?.get !== 'function') return undefined;
  const exactMs = Number.parseFloat(headers.get('retry-after-ms') ?? '');
  if (exactMs >= 0) return exactMs;
  const value = headers.get('retry-after') ?? '';
  if (/^\s*[\d.]+\s*$/.test(value)) return Number.parseFloat(value) * 1000;
  const waitMs = Date.parse(value) - nowMs;
  return Number.isNaN(waitMs) ? undefined : Math.max(0, waitMs);
}

/** The HTTP status of the failure, also where a stream reports it as an event. */
export function statusOf(error: unknown): number | undefined {
  const { status, type, error: body } = (error ?? {}) as SdkError;
  if (typeof status === 'number') return status;
  const inner = (body as { error?: { type?: string }; type?: string } | undefined) ?? {};
  return statusOfType[type ?? inner.error?.type ?? inner.type ?? ''];
}

/** The reason of a failed fetch lies in a chain of causes: `ECONNREFUSED`, `other side closed`. */
function reasonOf(error: unknown): string {
  const reasons: string[] = [];
  let current = error as SdkError | undefined;
  while (current && reasons.length < 4) {
    const { message, cause } = current as { message?: string; cause?: SdkError };
    const code = (current as { code?: string }).code;
    reasons.push(code ?? message ?? String(current));
    current = cause;
  }
  return reasons.join(': ').slice(0, MESSAGE_CHARACTERS_MAX);
}

export interface Failure {
  error: unknown;
  /** Who failed, as the message names it: `Claude`, `Groq`. */
  service: string;
  /** False once the person has heard something: the same words would come twice. */
  mayRetry: boolean;
}

/** Any failure of a request as LiveKit's error; the message carries no transcript and no prompt. */
export function asApiError({ error, service, mayRetry }: Failure): APIError {
  if (error instanceof APIConnectionError || error instanceof APIStatusError) return error;
  const statusCode = statusOf(error);
  if (statusCode !== undefined) {
    const said = String((error as SdkError).message ?? '').slice(0, MESSAGE_CHARACTERS_MAX);
    return new APIStatusError({
      message: `${service} answered ${statusCode}: ${said}`,
      options: { statusCode, retryable: mayRetry && isTransientStatus(statusCode) },
    });
  }
  if (/timed? ?out/i.test((error as SdkError | undefined)?.message ?? '')) {
    return new APITimeoutError({
      message: `${service} did not answer in time.`,
      options: { retryable: mayRetry },
    });
  }
  // A parse error quotes what it could not parse, which may be private: it is not repeated.
  const reason = error instanceof SyntaxError ? 'it was not valid JSON' : reasonOf(error);
  return new APIConnectionError({
    message: `${service}'s answer was lost: ${reason}`,
    options: { retryable: mayRetry },
  });
}
