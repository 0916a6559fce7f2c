/** What keeps the checks before each route cheap: several as one, and answers that are kept. */
import type { MiddlewareHandler } from 'hono';
import type { AdminEnv } from './access.ts';

const keptMax = 256;

/**
 * Middlewares in their order as a single one, since Hono makes promises for each of its own. What
 * one of them throws is an answer for those in front of the whole only, not for its own layers;
 * none of them answers in another way.
 */
export const layered = (
  ...layers: readonly MiddlewareHandler<AdminEnv>[]
): MiddlewareHandler<AdminEnv> =>
  layers.reduceRight<MiddlewareHandler<AdminEnv>>(
    (inner, layer) => (c, next) => layer(c, () => inner(c, next) as Promise<void>),
    (_, next) => next(),
  );

/** A pure function of text with its last answers kept: clients are few, and ask often. */
export const remembered = <Answer>(of: (key: string) => Answer): ((key: string) => Answer) => {
  const kept = new Map<string, Answer>();
  return (key) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const answer = of(key);
    // Anybody may write anything there.
    if (kept.size >= keptMax) kept.clear();
    kept.set(key, answer);
    return answer;
  };
};
