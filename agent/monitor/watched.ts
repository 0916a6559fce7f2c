/** All that is watched: the parts of the house by doctor's own questions, and each integration. */
import type { Memory } from '../../memory/memory.ts';
import type { Toolbox } from '../../tools/core/load.ts';
import { breakersOf } from '../../tools/core/run.ts';
import type { Backups } from '../backups.ts';
import type { Settings } from '../config.ts';
import { type LocalModels, localParts } from '../local-models.ts';
import { memoryParts } from '../memory-parts.ts';
import type { Answer, Watched } from '../monitor.ts';
import type { Part, PartState } from '../parts.ts';
import { findingOf, isConfigured } from '../setup/doctor-tools.ts';
import type { Result } from '../setup/finding.ts';
import { disk } from '../setup/machine.ts';
import { claude, groq, kokoro, liveKit, openAiCompatible } from '../setup/providers.ts';
import type { Evidence } from './evidence.ts';

export interface WatchedHouse {
  settings: Settings;
  toolbox: Pick<Toolbox, 'tools' | 'integrations' | 'health' | 'away'>;
  models: Pick<LocalModels, 'state' | 'address'>;
  memory: Pick<Memory, 'database' | 'state' | 'embedder'>;
  evidence: Evidence;
  backups: Pick<Backups, 'part'>;
  clock: () => Date;
}

/** A service that nobody set up answers for the whole world: it is asked seldom. */
const publicRestMs = 600_000;
/** A paid service is asked for its models this seldom; between, only whether it is there. */
const wholeEveryMs = 600_000;
const evidenceMs = 300_000;
const freshEvidenceMs = 60_000;

const states = { works: 'ready', off: 'off', fails: 'failed' } as const;

const answerOf = ({ state, detail, mend }: Result): Answer => ({
  ...{ state: states[state], sentence: detail },
  ...(mend !== undefined && { mend }),
});

/** The status of an answer whose body nobody reads. */
const statusOf = async (asked: Promise<Response>): Promise<number> => {
  const { status, body } = await asked;
  await body?.cancel();
  return status;
};

/** Any answer of HTTP: the address alone is asked, without a key, for nothing. */
const isThere = async (address: string, signal: AbortSignal): Promise<boolean> => {
  const asked = { method: 'HEAD', redirect: 'manual', signal } as const;
  const status = await statusOf(fetch(address, asked)).catch(() => undefined);
  return status !== undefined && status < 500;
};

interface Paid {
  part: string;
  address: string;
  question: (settings: Settings) => Promise<Result>;
}

/**
 * Believes the last turns first, then asks whether somebody is there, and asks doctor's question
 * (the list of models: free of charge) now and then, and while something is wrong.
 */
const paid = (house: WatchedHouse, { part, address, question }: Paid): Watched => {
  let known: Answer | undefined;
  let askedAtMs = Number.NEGATIVE_INFINITY;
  const look = async (signal: AbortSignal): Promise<Answer> => {
    const { evidence, settings, clock } = house;
    const shown = evidence.of(part, evidenceMs);
    const isWell = known?.state === 'ready' && shown?.fault === undefined;
    const isFresh = clock().getTime() - askedAtMs < wholeEveryMs;
    if (isWell && known && evidence.of(part, freshEvidenceMs)) return known;
    if (isWell && known && isFresh && (await isThere(address, signal))) return known;
    known = answerOf(await question(settings));
    askedAtMs = clock().getTime();
    if (known.state !== 'ready' || shown?.fault === undefined) return known;
    const sentence = `It answers, but the last turn that needed it failed (${shown.fault}).`;
    const mend = `docs/troubleshooting.md says what to do about ${shown.fault}.`;
    return { state: 'failed', sentence, mend };
  };
  return { part, kind: 'part', look };
};

const asked = (part: string, look: Watched['look']): Watched => ({ part, kind: 'part', look });

const hearing = (house: WatchedHouse): Watched => {
  const part = 'speech to text';
  const { settings, models } = house;
  if (settings.GROQ_API_KEY === undefined) {
    return asked(part, async () => models.state('transcription'));
  }
  const address = settings.GROQ_BASE_URL ?? 'https://api.groq.com';
  return paid(house, { part, address, question: groq });
};

const voice = ({ settings, models }: WatchedHouse): Watched =>
  asked('voice', async () =>
    settings.KOKORO_URL ? answerOf(await kokoro(settings)) : models.state('speech'),
  );

const minds = (house: WatchedHouse): Watched[] => {
  const { settings } = house;
  const { ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: base, BUTLER_LLM_URL: other } = settings;
  const address = base ?? 'https://api.anthropic.com';
  const first = key === undefined ? [] : [paid(house, { part: 'mind', address, question: claude })];
  if (other === undefined) return first;
  const part = first.length === 0 ? 'mind' : 'second mind';
  return [...first, paid(house, { part, address: other, question: openAiCompatible })];
};

const database = ({ memory }: WatchedHouse): Watched =>
  asked('memory', async () => {
    const state = memory.state();
    if (state.state === 'ready') await memory.database.sql`select 1`;
    const mend = 'Start Postgres, or correct DATABASE_URL; `npm run doctor` asks it.';
    return state.state === 'failed' ? { ...state, mend } : state;
  });

const search = ({ settings, models, memory }: WatchedHouse): Watched =>
  asked('memory search', async () => {
    const [, part] = memoryParts(settings, { models, memory });
    return part as Part;
  });

const worst: readonly PartState[] = ['failed', 'starting', 'off', 'ready'];

/** The house's own models server, where it runs one. */
const localModels = ({ settings, models }: WatchedHouse): Watched[] => {
  const parts = localParts(settings);
  if (parts.length === 0) return [];
  const look = async (signal: AbortSignal): Promise<Answer> => {
    const [found] = parts
      .map((part) => models.state(part))
      .sort((a, b) => worst.indexOf(a.state) - worst.indexOf(b.state));
    const address = parts.map((part) => models.address(part)).find((one) => one !== undefined);
    if (found?.state !== 'ready' || !address) return found ?? { state: 'off', sentence: '' };
    const headers = { authorization: `Bearer ${address.key}` };
    const health = new URL('/health', address.origin);
    const status = await statusOf(fetch(health, { signal, headers }));
    const sentence = `Its health answers ${status}.`;
    return status === 200 ? found : { state: 'failed', sentence };
  };
  return [asked('local models', look)];
};

const rooms = ({ settings }: WatchedHouse): Watched[] => {
  const { LIVEKIT_URL, BUTLER_WORKER, BUTLER_WORKER_HOST, BUTLER_WORKER_PORT: port } = settings;
  if (LIVEKIT_URL === undefined) return [];
  const carrier = asked('rooms', async () => answerOf(await liveKit(settings)));
  if (BUTLER_WORKER !== 'auto') return [carrier];
  const host = ['0.0.0.0', '::'].includes(BUTLER_WORKER_HOST) ? '127.0.0.1' : BUTLER_WORKER_HOST;
  const worker = asked('room worker', async (signal) => {
    const status = await statusOf(fetch(`http://${host}:${port}/`, { signal }));
    if (status === 200) return { state: 'ready', sentence: 'It waits for rooms.' };
    const mend = 'It is started again by itself; the log says why it stopped.';
    return { state: 'failed', sentence: `Its health answers ${status}.`, mend };
  });
  return [carrier, worker];
};

/** Asked as doctor asks; one good answer ends the rest of its circuit. */
const integrations = ({ settings, toolbox }: WatchedHouse): Watched[] => {
  const environment = settings.integrations;
  const on = toolbox.integrations.filter((one) => one.on);
  return on.map((one) => {
    const isOurs = isConfigured(one, environment) && one.variables.length > 0;
    const look = async (signal: AbortSignal): Promise<Answer> => {
      const [line] = await toolbox.health(signal, new Set([one.name]));
      if (line?.ok) breakersOf(toolbox.tools).succeeded(one.name);
      const { detail, mend } = findingOf(one, line, environment);
      const state = line?.ok === false ? 'failed' : 'ready';
      return { state, sentence: detail, ...(mend !== undefined && { mend }) };
    };
    const rest = isOurs ? {} : { restMs: publicRestMs };
    return { part: one.name, kind: 'integration', look, opensIncidents: isOurs, ...rest };
  });
};

/** Made once: what is on does not change while Butler runs. */
export const watchedIn = (house: WatchedHouse): readonly Watched[] => {
  const parts = [
    ...[hearing(house), ...minds(house), voice(house), database(house), search(house)],
    ...[...localModels(house), ...rooms(house)],
    asked('data folder', async () => answerOf(await disk(house.settings))),
    // A backup that failed or was missed has notices of its own.
    { ...asked('backups', async () => house.backups.part()), opensIncidents: false },
  ];
  const names = new Set(parts.map(({ part }) => part));
  // What has the name of a part has no service of its own behind it.
  return [...parts, ...integrations(house).filter(({ part }) => !names.has(part))];
};
