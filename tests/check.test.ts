/** What `npm run check` looks at holds in every test run too: types, lint, dead code. */
import { describe, expect, it } from 'vitest';
import { checks, runCheck } from '../agent/setup/check.ts';

describe('npm run check', () => {
  // tidy is a test file of its own, so it is not run a second time from here.
  const others = Object.entries(checks).filter(([name]) => name !== 'tidy');
  it.concurrent.each(others)('%s', async (name, one) => {
    const { passed, output } = await runCheck(name, one.call);
    expect(passed, output.slice(0, 4_000)).toBe(true);
  });
});
