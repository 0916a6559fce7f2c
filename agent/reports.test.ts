/** Reports are told when it is quiet, once; what nobody heard waits for the next time. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Reports, Unheard } from './reports.ts';

let free: boolean;
let said: string[];
let interrupted: boolean;
let reports: Reports;

beforeEach(() => {
  vi.useFakeTimers();
  free = true;
  said = [];
  interrupted = false;
  reports = new Reports({
    isFree: () => free,
    say: (text) => {
      said.push(text);
      return { interrupted, waitForPlayout: async () => undefined };
    },
  });
});
afterEach(() => vi.useRealTimers());

test('waits until nobody speaks, and says all of it together', async () => {
  free = false;
  reports.add('The house is clean.');
  reports.add('The garden is watered.');
  await vi.advanceTimersByTimeAsync(5_000);
  expect(said).toEqual([]);
  free = true;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(said).toEqual(['The house is clean. The garden is watered.']);
});

test('what the conversation did not hear is kept for the next one', async () => {
  const unheard = new Unheard();
  const keep = (missed: string[]): void =>
    unheard.keep(
      'ada',
      missed.map((say) => ({ say, outside: false })),
    );
  free = false;
  reports.add('The house is clean.');
  reports.close(keep);
  reports.add('The garden is watered.');
  await vi.advanceTimersByTimeAsync(5_000);
  expect(said).toEqual([]);
  expect(unheard.take('ben')).toEqual([]);
  expect(unheard.take('ada').map(({ say }) => say)).toEqual([
    'The house is clean.',
    'The garden is watered.',
  ]);
  expect(unheard.take('ada')).toEqual([]);
});

test('a door that cannot be spoken into takes them with its next answer', () => {
  const written = new Reports({ isFree: () => true, say: undefined });
  written.add('The house is clean.');
  expect(written.take()).toEqual(['The house is clean.']);
  expect(written.take()).toEqual([]);
});

test('a conversation that is over says nothing more, whatever was on its way', async () => {
  const kept: string[] = [];
  reports.add('The house is clean.');
  reports.close((missed) => kept.push(...missed));
  await vi.advanceTimersByTimeAsync(5_000);
  expect([said, kept]).toEqual([[], ['The house is clean.']]);
});
