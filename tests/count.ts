/** Counts a vitest run into the plain line that the outside reads: N passed, N failed. */
import type { Reporter, TestModule, TestSuite } from 'vitest/node';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** A file or a describe block that broke outside any test counts as one failure of its own. */
const brokenParts = (part: TestModule | TestSuite): number =>
  part.errors().length > 0 || (part.type === 'module' && part.state() === 'failed' && isEmpty(part))
    ? 1
    : 0;

const isEmpty = (module: TestModule): boolean => [...module.children.allTests()].length === 0;

const count = (modules: readonly TestModule[], unhandled: number): Counts => {
  const counts = { passed: 0, failed: unhandled, skipped: 0 };
  for (const module of modules) {
    counts.failed += brokenParts(module);
    for (const suite of module.children.allSuites()) counts.failed += brokenParts(suite);
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      // A test that never got a result was cut off: that is a failure, not a gap.
      counts[state === 'pending' ? 'failed' : state] += 1;
    }
  }
  return counts;
};

/** The plain closing line; a run of several parts adds up. */
export const closingLine = ({ passed, failed, skipped }: Counts): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

/** A run in which nothing ran has shown nothing, so it is no success. */
export const exitCode = ({ passed, failed }: Counts): 0 | 1 => (failed > 0 || passed === 0 ? 1 : 0);

/** A reporter that keeps the counts until everything else has been printed. */
export class CountingReporter implements Reporter {
  counts: Counts = { passed: 0, failed: 0, skipped: 0 };

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    this.counts = count(modules, unhandledErrors.length);
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const again = tests.filter((test) => test.diagnostic()?.flaky);
    for (const { fullName } of again) console.log(`Passed at its second try: ${fullName}`);
  }
}
