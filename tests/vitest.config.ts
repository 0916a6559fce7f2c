// Light tests beside their file, and those that ask real services without a sound, two at a time;
// whole ones, whose clocks must be true, one at a time.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** They wait for servers and databases, never for speech: what they share is the machine alone. */
const asking =
  'account-page,app-install,backup,buttons,calendar,chat-page,check,compose,' +
  'docs-page,every-page,files,home-assistant,house-page,lists,location,mail,mcp,' +
  'me-page,memory-crash,memory-database,memory-http,memory-hygiene,memory-page,' +
  'memory-says,monitoring,new,notes,offering,passkeys,proxy,reasons,safety,security,' +
  'shelf,skills,taint,tools,truth,undo,upgrade,wake,weather';
const services = `tests/{${asking}}{,-*}.test.ts`;

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
          name: 'services',
          include: [services],
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 300_000,
          retry: 1,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['tests/**/*.test.ts'],
          exclude: [services],
          // Servers, a browser and models share two cores: one file at a time keeps clocks true.
          fileParallelism: false,
          maxWorkers: 1,
          testTimeout: 120_000,
          hookTimeout: 300_000,
          // Real time on shared cores: a process that gets no turn for a second cuts a sentence in
          // two. What needed its second try is named at the end of the run (tests/count.ts).
          retry: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
