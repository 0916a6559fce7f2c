/** What lasts: memory, and in its database the notices and the books of the house. */
import path from 'node:path';
import type { llm } from '@livekit/agents';
import { type Memory, openMemory } from '../memory/memory.ts';
import { houseBackups } from './backups.ts';
import type { newBooks } from './books.ts';
import type { Settings } from './config.ts';
import { createHappenings } from './happenings.ts';
import type { LocalModels } from './local-models.ts';
import type { Logger } from './log.ts';
import { openNotices } from './notices.ts';

interface KeptParts {
  /** Butler's. */
  version: string;
  role: 'server' | 'worker';
  log: Logger;
  clock: () => Date;
  models: LocalModels;
  newMind: () => llm.LLM | undefined;
  books: ReturnType<typeof newBooks>;
}

/** What lasts: memory, and in its database the notices and the books. */
export const openKept = async (settings: Settings, parts: KeptParts) => {
  const { version, role, log, clock, books } = parts;
  const memory = await memoryFor(settings, parts);
  const happenings = createHappenings();
  const notices = openNotices({
    ...{ database: memory.database, users: memory.users, happenings, clock, log },
    timeZone: settings.BUTLER_TIMEZONE,
    get language() {
      return settings.BUTLER_LANGUAGE;
    },
  });
  const opening = books.open(memory.database, role === 'server' ? notices : undefined);
  // A worker may be up before the server's database is; what it cannot read yet, it reads later.
  if (role === 'server') await opening;
  const isServer = role === 'server';
  const { database } = memory;
  const backups = houseBackups(settings, { version, database, notices, clock, log, isServer });
  return { memory, happenings, notices, backups };
};

/** Memory learns with a mind of its own, so that no conversation waits for it. */
const memoryFor = async (settings: Settings, parts: KeptParts): Promise<Memory> => {
  const { role, log, clock, models, newMind, books } = parts;
  const { EMBEDDINGS_URL: origin, EMBEDDINGS_MODEL: model } = settings;
  const learning = books.learningWith(newMind());
  const memory = await openMemory({
    ...{ role, log, now: clock, timeZone: settings.BUTLER_TIMEZONE },
    url: settings.DATABASE_URL,
    folder: path.resolve(settings.BUTLER_DATA),
    embeddings: { url: () => (origin ? { origin, key: '' } : models.address('embeddings')), model },
    historyDays: () => settings.BUTLER_HISTORY_DAYS,
    get ask() {
      return learning.ask;
    },
  });
  return { ...memory, learner: learning.of(memory.learner) };
};
