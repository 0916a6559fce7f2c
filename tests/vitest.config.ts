// Two kinds of tests: light ones beside their file, in parallel; whole ones here, one at a time.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../', import.meta.url)),
    // Native audio parts live in processes, not in threads.
    pool: 'forks',
    // An unhandled rejection in a voice agent is a lost turn: it fails the run.
    dangerouslyIgnoreUnhandledErrors: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            '{agent,admin,tools,tts,memory,schedule,models}/**/*.test.ts',
            'web/src/**/*.test.{ts,tsx}',
          ],
          maxWorkers: 2,
          testTimeout: 20_000,
          hookTimeout: 20_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['tests/**/*.test.ts'],
          // Servers, a browser and models share two cores: one file at a time keeps clocks true.
          fileParallelism: false,
          maxWorkers: 1,
          testTimeout: 120_000,
          hookTimeout: 300_000,
          // Real time on shared cores: a process that gets no turn for a second cuts a sentence in
          // two. What needed its second try is named at the end of the run (tests/count.ts).
          retry: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
