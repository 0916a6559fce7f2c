// What somebody who is deleted is told: the proof, and what is not reached at once.
import { expect, test } from 'vitest';
import { farewellOf, type PurgeReport } from './purging.ts';

const report: PurgeReport = {
  at: '2026-11-22T01:00:00.000Z',
  rows: { users: 1, user_facts: 1_200 },
  other: {},
  accounts: [{ service: 'immich', ok: false, sentence: 'Immich did not answer.' }],
  remaining: 0,
  where: [],
  notReclaimed: [],
  backupsUntil: '2026-12-20',
};
const now = new Date('2026-11-22T01:00:00Z');

test('nothing is left: that is the proof', () => {
  const { tone, sentences } = farewellOf(report, now);
  expect(tone).toBe('good');
  expect(sentences.join(' ')).toMatch(/1,201 rows.*nothing of you.*Immich did not.*December 20/);
});

test('what is left is an alarm', () => {
  const { tone, sentences } = farewellOf({ ...report, remaining: 3 }, now);
  expect(tone).toBe('alert');
  expect(sentences.join(' ')).toContain('in 3 places something is left');
});
