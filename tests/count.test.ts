/** The plain line counts what broke outside any test too, and an empty run is no success. */
import { expect, it, vi } from 'vitest';
import type { TestModule } from 'vitest/node';
import { CountingReporter, closingLine, exitCode } from './count.ts';

interface Shape {
  tests?: string[];
  suiteErrors?: number;
  errors?: number;
  state?: string;
}

/** `flaky`: it passed when it was tried again. */
const testOf = (state: string) => ({
  fullName: `a ${state} test`,
  result: () => ({ state: state === 'flaky' ? 'passed' : state }),
  diagnostic: () => ({ flaky: state === 'flaky' }),
});

/** A test file as vitest reports it; only what is counted. */
const module = ({ tests = [], suiteErrors = 0, errors = 0, state = 'passed' }: Shape) =>
  ({
    type: 'module',
    errors: () => Array.from({ length: errors }),
    state: () => state,
    children: {
      allTests: () => tests.map(testOf).values(),
      allSuites: () =>
        [{ type: 'suite', errors: () => Array.from({ length: suiteErrors }) }].values(),
    },
  }) as unknown as TestModule;

const lineOf = (modules: TestModule[], unhandled: unknown[] = []): string => {
  const counting = new CountingReporter();
  counting.onTestRunEnd(modules, unhandled);
  return `${closingLine(counting.counts)} → ${exitCode(counting.counts)}`;
};

it.each([
  ['1 passed, 0 failed → 0', [module({ tests: ['passed'] })], []],
  ['1 passed, 0 failed, 1 skipped → 0', [module({ tests: ['passed', 'skipped'] })], []],
  ['1 passed, 1 failed → 1', [module({ tests: ['passed', 'failed'] })], []],
  ['0 passed, 1 failed → 1', [module({ state: 'failed' })], []],
  ['1 passed, 1 failed → 1', [module({ tests: ['passed'], suiteErrors: 1 })], []],
  ['1 passed, 1 failed → 1', [module({ tests: ['passed'] })], [new Error('loose')]],
  ['0 passed, 1 failed → 1', [module({ tests: ['pending'] })], []],
  ['0 passed, 0 failed → 1', [], []],
  ['0 passed, 0 failed, 1 skipped → 1', [module({ tests: ['skipped'] })], []],
])('%s', (line, modules, unhandled) => {
  expect(lineOf(modules, unhandled)).toBe(line);
});

it('names what passed only when it was tried again', () => {
  const said = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  expect(lineOf([module({ tests: ['passed', 'flaky'] })])).toBe('2 passed, 0 failed → 0');
  expect(said.mock.calls).toEqual([['Passed at its second try: a flaky test']]);
  said.mockRestore();
});
