/** The composition root: from the configuration to everything wired, and back again. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { initializeLogger, type llm } from '@livekit/agents';
import { openTimers, type Timers } from '../schedule/timers.ts';
import { findPlace } from '../tools/clock.places.ts';
import { loadTools, type Toolbox } from '../tools/core/load.ts';
import type { Kokoro } from '../tts/kokoro.ts';
import type { Caller } from './caller.ts';
import { givenEnvironment, readConfiguration, type Settings } from './config.ts';
import { PinStore } from './confirm/pin-store.ts';
import { Pins } from './confirm/pins.ts';
import { compileFastPath, examplesOf, type FastPath } from './fastpath.ts';
import { createHappenings, type Happenings } from './happenings.ts';
import { Hearing } from './hearing.ts';
import { createClaude } from './llm/claude.ts';
import { createMindLadder } from './llm/ladder.ts';
import { createOpenAi } from './llm/openai.ts';
import type { Mind } from './llm/stream.ts';
import { type LocalModels, noModels, sharedModels, startLocalModels } from './local-models.ts';
import { createLog, type Logger } from './log.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import type { Part } from './parts.ts';
import { Unheard } from './reports.ts';
import { Speaking, type VoiceHooks } from './speaking.ts';
import { openTracing } from './tracing.ts';
import { openTurns, type Turns } from './turns.ts';
import { say } from './words.ts';

/** Which process this is: the server starts the local models, a worker is told of them. */
export type HouseRole = 'server' | 'worker';

/** The engines of one conversation, looked up when a turn needs them. */
export interface Engines {
  mind(): llm.LLM | undefined;
  /** Undefined while the house has no voice. */
  voice(): Kokoro | undefined;
  close(): void;
}

export interface House {
  readonly settings: Settings;
  readonly log: Logger;
  readonly version: string;
  readonly toolbox: Toolbox;
  readonly fastPath: FastPath;
  readonly timers: Timers;
  readonly turns: Turns;
  readonly happenings: Happenings;
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
  const { settings, toolbox } = await readHouse(environment);
  const log = createLog(settings.BUTLER_LOG_LEVEL, role === 'server' ? 'butler' : 'worker');
  initializeLogger({ pretty: false, level: 'error' });
  const clock = (): Date => new Date();
  const timers = await openTimers({
    folder: path.resolve(settings.BUTLER_DATA, 'timers'),
    now: clock,
    log,
  });
  const { turns, metrics, tracing } = await openRecords(settings, { role, log, clock });
  const models = modelsFor(settings, { role, log });
  const hearing = new Hearing({ settings, models, log });
  const speaking = new Speaking({ settings, models, log });
  const pinStore = new PinStore(path.resolve(settings.BUTLER_DATA));
  const newMind = mindsFor(settings, log);
  const end = new AbortController();
  if (role === 'server') void speaking.warmUp(end.signal);
  // The first look at all places takes 45 ms: better now than in somebody's turn.
  findPlace('Oslo', clock());
  return {
    settings,
    log,
    version,
    toolbox,
    timers,
    turns,
    happenings: createHappenings(),
    metrics,
    models,
    hearing,
    speaking,
    pins: new Pins((personId) => pinStore.of(personId)),
    setPin: (personId, digits) => pinStore.set(personId, digits),
    unheard: new Unheard(),
    clock,
    fastPath: compileFastPath(toolbox.tools.values()),
    words: say,
    enginesFor: (caller, hooks) => {
      const mind = newMind();
      return { mind: () => mind, ...speaking.voiceFor(caller, hooks) };
    },
    threeExamples: (language) => examplesOf(toolbox.tools.values(), language),
    parts: () => [hearing.part(), speaking.part(), mindPart(settings), ...roomPart(settings)],
    close: async () => {
      end.abort();
      metrics.close();
      const parts = [timers.close(), turns.close(), tracing?.close(), models.stop()];
      await Promise.all([...parts, toolbox.close()]);
    },
  };
};

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
  if (settings.BUTLER_LOCAL_MODELS === 'off') {
    return noModels(
      'Local models are off: unset BUTLER_LOCAL_MODELS, or set GROQ_API_KEY and KOKORO_URL.',
    );
  }
  if (settings.GROQ_API_KEY && settings.KOKORO_URL) {
    return noModels('Not needed: Groq and Kokoro are configured.');
  }
  return role === 'worker' ? sharedModels(settings) : startLocalModels(settings, log);
};

/** One mind for each conversation; undefined without any. */
const mindsFor = (settings: Settings, log: Logger): (() => llm.LLM | undefined) => {
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
  if (makers.length === 0) return () => undefined;
  return () =>
    createMindLadder(
      makers.map((make) => make()),
      { onFailure: ({ label, restMs }) => log.warn({ label, restMs }, 'a mind failed') },
    );
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
