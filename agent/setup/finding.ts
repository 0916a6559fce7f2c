/** What doctor finds out about one dependency, and what a failed request means in a sentence. */

export interface Finding {
  /** The dependency, as a person names it. */
  name: string;
  /** What Butler uses it for. */
  use: string;
  /** `off`: not configured, and Butler goes on without it. `fails` makes doctor exit 1. */
  state: 'works' | 'off' | 'fails';
  /** What was seen. */
  detail: string;
  /** The sentence that mends it (or, when off, turns it on). */
  mend?: string;
}

/** The part of a finding that a probe finds out. */
export type Result = Omit<Finding, 'name' | 'use'>;

export const works = (detail: string): Result => ({ state: 'works', detail });
export const off = (detail: string, mend: string): Result => ({ state: 'off', detail, mend });
export const fails = (detail: string, mend: string): Result => ({ state: 'fails', detail, mend });

/** How long anything may take to answer before doctor calls it silent. */
export const limitMs = 5_000;

const causes: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'its name is not known to DNS',
  EAI_AGAIN: 'DNS does not answer',
  ECONNRESET: 'it hung up',
  UND_ERR_SOCKET: 'it hung up',
  EHOSTUNREACH: 'there is no route to it',
  ENETUNREACH: 'there is no network',
  ETIMEDOUT: 'it did not answer in time',
  CONNECT_TIMEOUT: `it did not answer within ${limitMs / 1000} s`,
  CONNECTION_CLOSED: 'it hung up: is this a Postgres?',
};

interface Failure {
  name?: string;
  code?: string;
  message?: string;
  cause?: unknown;
}

/** Why a request got no answer at all, as half a sentence. */
const whyUnreachable = (error: unknown): string => {
  const seen = error as Failure;
  if (seen.name === 'TimeoutError' || seen.name === 'AbortError') {
    return `it did not answer within ${limitMs / 1000} s`;
  }
  const known = causes[seen.code ?? ''];
  if (known) return known;
  // fetch hides the real reason in its cause, and a name with two addresses in an AggregateError.
  const inner = seen.cause ?? (error instanceof AggregateError ? error.errors[0] : undefined);
  return inner ? whyUnreachable(inner) : (seen.message ?? String(error));
};

export interface Answer {
  status: number;
  body: string;
}

/** One GET with doctor's limit. @throws what fetch throws: see whyUnreachable. */
export const get = async (url: string, headers: Record<string, string> = {}): Promise<Answer> => {
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(limitMs) });
  return { status: response.status, body: await response.text() };
};

/** Runs a probe; whatever it throws becomes a finding that says why there was no answer. */
export const reached = async (
  where: string,
  mend: string,
  probe: () => Promise<Result>,
): Promise<Result> => {
  try {
    return await probe();
  } catch (error) {
    return fails(`${where}: ${whyUnreachable(error)}`, mend);
  }
};
