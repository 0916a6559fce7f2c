/** Everything that Butler keeps of people, opened together: rows, vectors, recall and learning. */
import { type Database, type MemoryLog, openDatabase } from './database.ts';
import { createEmbedder, type Embedder, type EmbedderOptions } from './embed.ts';
import { createFacts, type Facts } from './facts.ts';
import { createHistory, type History } from './history.ts';
import { createLearner, type Learner, type LearnerParts } from './learn.ts';
import { createRecall, type Recall } from './recall.ts';
import { startReembedding } from './reembed.ts';
import { createShelf, type DocumentShelf } from './shelf.ts';
import { openUsers, type Users } from './users.ts';

export interface Memory {
  readonly database: Database;
  readonly users: Users;
  readonly facts: Facts;
  readonly history: History;
  readonly embedder: Embedder;
  readonly recall: Recall;
  readonly learner: Learner;
  readonly shelf: DocumentShelf;
  /** Never throws and never waits. */
  state(): ReturnType<Database['state']>;
  close(): Promise<void>;
}

export interface MemoryOptions {
  /** postgres://…; undefined: the embedded database. */
  url: string | undefined;
  /** BUTLER_DATA. */
  folder: string;
  /** A worker reaches the server's data and does none of its housekeeping. */
  role: 'server' | 'worker';
  embeddings: Pick<EmbedderOptions, 'url' | 'model'>;
  log: MemoryLog;
  now: () => Date;
  timeZone: string;
  /** Asked anew each time: the household may change it. */
  historyDays: () => number;
  ask: LearnerParts['ask'];
}

const dayMs = 86_400_000;
const cleanEveryMs = dayMs / 4;
/** Somebody waits for an answer for about so long after their words began. */
const turnMs = 4_000;

/** @throws {DatabaseError} with a sentence, when the server cannot have its database. */
export const openMemory = async (options: MemoryOptions): Promise<Memory> => {
  const { url, folder, role, log, now, timeZone, embeddings } = options;
  const database = await openDatabase({ url, folder, role, log });
  const users = await openUsers(database, { lazily: role === 'worker' });
  const stored = createFacts(database);
  const history = createHistory(database);
  const embedder = createEmbedder({ ...embeddings, log });
  const recall = createRecall({ facts: stored, history, embedder, users, now, timeZone, log });
  const facts: Facts = {
    ...stored,
    forget: async (personId, ids) => {
      const gone = await stored.forget(personId, ids);
      recall.forgotten(personId);
      return gone;
    },
  };
  const learner = createLearner({
    ...{ facts, embedder, recall, log, now },
    // Whether there is somebody to ask may change while the house is open.
    get ask() {
      return options.ask;
    },
  });
  let askedAtMs = Number.NEGATIVE_INFINITY;
  const noted: Recall = {
    ...recall,
    begin: (...given) => {
      askedAtMs = performance.now();
      recall.begin(...given);
    },
  };
  const busy = (): boolean => performance.now() - askedAtMs < turnMs;
  const end = role === 'server' ? keepHouse(options, { database, history, embedder, busy }) : idle;
  return {
    ...{ database, users, facts, history, embedder, recall: noted, learner },
    shelf: createShelf(database),
    state: () => database.state(),
    close: async () => {
      await Promise.all([end(), learner.close()]);
      await database.close();
    },
  };
};

const idle = async (): Promise<void> => undefined;

/** What one process of a house does while nobody asks: old talk goes, new rows get vectors. */
const keepHouse = (
  { log, now, historyDays }: MemoryOptions,
  parts: Pick<Memory, 'database' | 'history' | 'embedder'> & { busy: () => boolean },
): (() => Promise<void>) => {
  const { history } = parts;
  const clean = async (): Promise<void> => {
    const days = historyDays();
    try {
      const cleaned = await history.clean(new Date(now().getTime() - days * dayMs));
      if (cleaned > 0) log.info({ cleaned, days }, 'old talk was deleted');
    } catch {
      log.warn({ days }, 'old talk could not be deleted now; it is tried again');
    }
  };
  const cleaning = setInterval(() => void clean(), cleanEveryMs);
  cleaning.unref();
  void clean();
  const reembedding = startReembedding({ ...parts, log });
  return async () => {
    clearInterval(cleaning);
    await reembedding.close();
  };
};
