/** The composition root: from the configuration to everything wired, and back again. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { initializeLogger, type llm } from '@livekit/agents';
import { finishChangeOver } from '../memory/backup/change-over.ts';
import type { Memory } from '../memory/memory.ts';
import { openTimers, type Timers } from '../schedule/timers.ts';
import { findPlace } from '../tools/clock.places.ts';
import { loadTools, type Toolbox } from '../tools/core/load.ts';
import type { Ports } from '../tools/core/ports.ts';
import type { Kokoro } from '../tts/kokoro.ts';
import type { Backups } from './backups.ts';
import { type Books, newBooks } from './books.ts';
import type { Caller } from './caller.ts';
import { givenEnvironment, readConfiguration, type Settings } from './config.ts';
import { PinStore } from './confirm/pin-store.ts';
import { Pins } from './confirm/pins.ts';
import { compileFastPath, examplesOf, type FastPath } from './fastpath.ts';
import type { Happenings } from './happenings.ts';
import { Hearing } from './hearing.ts';
import { openKept } from './kept.ts';
import { lentBy } from './lent.ts';
import { createClaude } from './llm/claude.ts';
import { createMindLadder } from './llm/ladder.ts';
import { createOpenAi } from './llm/openai.ts';
import { isOwnMind } from './llm/own.ts';
import type { Mind } from './llm/stream.ts';
import {
  type LocalModels,
  localParts,
  noModels,
  sharedModels,
  startLocalModels,
} from './local-models.ts';
import { createLog, type Logger } from './log.ts';
import { memoryParts } from './memory-parts.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { openMonitor, type Watching } from './monitor/open.ts';
import type { Notices } from './notices.ts';
import type { Outages } from './outages.ts';
import type { Part } from './parts.ts';
import { Unheard } from './reports.ts';
import { Speaking, type VoiceHooks } from './speaking.ts';
import { Done } from './taking-back/done.ts';
import { openTracing } from './tracing.ts';
import { openTurns, type Turns } from './turns.ts';
import { say } from './words.ts';

/** Which process this is: the server starts the local models, a worker is told of them. */
export type HouseRole = 'server' | 'worker';

/** The engines of one conversation, looked up when a turn needs them. */
export interface Engines {
  mind(): llm.LLM | undefined;
  /** The one that may be asked over a cap on spending: at home, and free. */
  freeMind(): llm.LLM | undefined;
  /** Undefined while the house has no voice. */
  voice(): Kokoro | undefined;
  close(): void;
}

export interface House extends Books {
  readonly settings: Settings;
  readonly log: Logger;
  readonly version: string;
  readonly toolbox: Toolbox;
  readonly fastPath: FastPath;
  readonly timers: Timers;
  /** Who lives here, what is known of them, and what was said. */
  readonly memory: Memory;
  /** What tools are lent of the house. */
  readonly lent: Ports;
  readonly turns: Turns;
  readonly happenings: Happenings;
  /** What people should know. */
  readonly notices: Notices;
  readonly backups: Backups;
  readonly metrics: Metrics;
  readonly models: LocalModels;
  readonly hearing: Hearing;
  readonly speaking: Speaking;
  /** PINs of people, for what is confirmed with one. */
  readonly pins: Pins;
  /** `digits` undefined takes the PIN away. */
  setPin(personId: string, digits: string | undefined): void;
  /** What happened while a person was not there to be told. */
  readonly unheard: Unheard;
  /** What was done lately, to take it back. */
  readonly done: Done;
  /** Services that do not answer now. */
  readonly outages: Outages;
  /** How every part was when it was last asked, and what was down when. */
  readonly watching: Pick<Watching, 'monitor' | 'incidents'>;
  clock(): Date;
  words: typeof say;
  enginesFor(caller: Caller, hooks: VoiceHooks): Engines;
  /** Three sentences that work here and now, for somebody who was not understood. */
  threeExamples(language: string): string[];
  /** Never throws and never waits. */
  parts(): Part[];
  close(): Promise<void>;
}

/**
 * @throws {ConfigurationError} with every mistake, those of the integrations included.
 */
export const openHouse = async (
  role: HouseRole,
  environment: NodeJS.ProcessEnv = givenEnvironment(),
): Promise<House> => {
  const { settings: given, toolbox } = await readHouse(environment);
  const log = createLog(given.BUTLER_LOG_LEVEL, role === 'server' ? 'butler' : 'worker');
  initializeLogger({ pretty: false, level: 'error' });
  const clock = (): Date => new Date();
  const books = newBooks({ given, log, clock });
  const { settings } = books.household;
  const data = dataOf(settings, role);
  const timers = await openTimers({ folder: path.join(data, 'timers'), now: clock, log });
  const { turns, metrics, tracing } = await openRecords(settings, { role, log, clock });
  const models = modelsFor(settings, { role, log });
  const hearing = new Hearing({ settings, models, log });
  const speaking = new Speaking({ settings, models, log });
  const { any: newMind, free: newFreeMind } = mindsFor(settings, log);
  const kept = await openKept(settings, { version, role, log, clock, models, newMind, books });
  const { memory, happenings, notices, backups } = kept;
  const records = { turns, metrics, tracing };
  const watched = { ...kept, ...records, role, version, settings, toolbox, models, clock, log };
  const { outages, ...watching } = openMonitor(watched);
  const end = new AbortController();
  if (role === 'server') beginServing({ speaking, toolbox, signal: end.signal });
  // The first look at all places takes 45 ms: better now than in somebody's turn.
  findPlace('Oslo', clock());
  return {
    ...{ ...books, settings, log, version, toolbox, timers, memory, turns },
    lent: lentBy(settings, { memory, timers, reasons: books.reasons, clock, watching }),
    ...{ happenings, notices, backups },
    ...{ metrics, models, hearing, speaking, outages, watching },
    ...pinsIn(data),
    unheard: new Unheard(),
    done: new Done(),
    clock,
    fastPath: compileFastPath(offered(toolbox)),
    words: say,
    enginesFor: (caller, hooks) => {
      const [mind, freeMind] = [newMind(), newFreeMind()];
      return { mind: () => mind, freeMind: () => freeMind, ...speaking.voiceFor(caller, hooks) };
    },
    threeExamples: (language) => examplesOf(offered(toolbox), language),
    parts: () => {
      const sound = [hearing.part(), speaking.part(), mindPart(settings), backups.part()];
      const own = [...sound, ...memoryParts(settings, { models, memory }), ...roomPart(settings)];
      return [...watching.monitor.corrected(own), ...outages.parts()];
    },
    close: async () => {
      end.abort();
      metrics.close();
      await backups.close();
      await Promise.all([notices.close(), watching.monitor.close(), books.close()]);
      const parts = [timers.close(), turns.close(), tracing?.close(), memory.close()];
      await Promise.all([...parts, models.stop(), toolbox.close()]);
    },
  };
};

/** The server finishes what a killed restore had begun to move, before it opens anything. */
const dataOf = ({ BUTLER_DATA }: Settings, role: HouseRole): string => {
  const data = path.resolve(BUTLER_DATA);
  if (role === 'server') finishChangeOver(data);
  return data;
};

const pinsIn = (folder: string): Pick<House, 'pins' | 'setPin'> => {
  const store = new PinStore(folder);
  return {
    pins: new Pins((personId) => store.of(personId)),
    setPin: (personId, digits) => store.set(personId, digits),
  };
};

/** A job process is opened before anybody speaks: there tools wake with the conversation. */
const beginServing = (parts: { speaking: Speaking; toolbox: Toolbox; signal: AbortSignal }) => {
  void parts.speaking.warmUp(parts.signal);
  parts.toolbox.wake();
};

/** Tools that people may know of. */
const offered = ({ tools }: Toolbox) => [...tools.values()].filter(({ hidden }) => !hidden);

/** The settings and the tools: what is wrong with either is told in one message. */
const readHouse = async (environment: NodeJS.ProcessEnv) => {
  const own = environment.BUTLER_TOOLS?.trim();
  const ownFolder = own ? path.resolve(own) : undefined;
  const { toolbox, mistakes } = await loadTools({ ownFolder, environment });
  return { settings: readConfiguration(environment, mistakes), toolbox };
};

/** What is kept of the turns: the server knows those of every process, and counts them. */
const openRecords = async (
  settings: Settings,
  { role, log, clock }: { role: HouseRole; log: Logger; clock: () => Date },
) => {
  const folder = path.resolve(settings.BUTLER_DATA, 'turns');
  const turns = await openTurns({ folder, now: clock, log, reads: role === 'server' });
  const metrics = createMetrics();
  turns.on((turn) => metrics.observe(turn));
  const endpoint = settings.OTEL_EXPORTER_OTLP_ENDPOINT;
  const tracing = role === 'server' && endpoint ? openTracing({ endpoint, version }) : undefined;
  if (tracing) turns.on((turn) => tracing.observe(turn));
  return { turns, metrics, tracing };
};

const { version } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as { version: string };

const modelsFor = (
  settings: Settings,
  { role, log }: { role: HouseRole; log: Logger },
): LocalModels => {
  const parts = localParts(settings);
  if (parts.length === 0) return noModels(settings);
  return role === 'worker' ? sharedModels(settings) : startLocalModels(settings, { parts, log });
};

type NewMind = () => llm.LLM | undefined;

/** One mind for each conversation; undefined without any. */
const mindsFor = (settings: Settings, log: Logger): { any: NewMind; free: NewMind } => {
  const makers: (() => Mind)[] = [];
  const { ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: baseUrl } = settings;
  if (apiKey) {
    const model = settings.BUTLER_MODEL;
    makers.push(() => createClaude({ apiKey, model, ...(baseUrl ? { baseUrl } : {}) }));
  }
  const { BUTLER_LLM_URL: url, BUTLER_LLM_MODEL: model, BUTLER_LLM_KEY: key } = settings;
  if (url && model) {
    makers.push(() => createOpenAi({ baseUrl: url, model, ...(key ? { apiKey: key } : {}) }));
  }
  const onFailure = ({ label, restMs }: { label: string; restMs: number }): void =>
    log.warn({ label, restMs }, 'a mind failed');
  const ladderOf = (rungs: readonly (() => Mind)[]): NewMind => {
    if (rungs.length === 0) return () => undefined;
    return () =>
      createMindLadder(
        rungs.map((make) => make()),
        { onFailure },
      );
  };
  // The other mind is the last rung.
  return { any: ladderOf(makers), free: ladderOf(isOwnMind(settings) ? makers.slice(-1) : []) };
};

const mindPart = (settings: Settings): Part => {
  const name = 'mind';
  if (settings.ANTHROPIC_API_KEY) return { name, state: 'ready', sentence: 'Claude thinks.' };
  if (settings.BUTLER_LLM_URL) {
    return { name, state: 'ready', sentence: `${settings.BUTLER_LLM_MODEL} thinks.` };
  }
  const sentence = 'Commands only: set ANTHROPIC_API_KEY or BUTLER_LLM_URL to talk freely.';
  return { name, state: 'off', sentence };
};

const roomPart = (settings: Settings): Part[] =>
  settings.LIVEKIT_URL
    ? [{ name: 'rooms', state: 'ready', sentence: 'LiveKit carries the sound.' }]
    : [];
