/** Doctor's questions to the services that Butler calls: does it answer, and does it know us. */
import { RoomServiceClient } from 'livekit-server-sdk';
import type { Settings } from '../config.ts';
import { fails, get, limitMs, off, type Result, reached, works } from './finding.ts';

const withoutSlash = (address: string): string => address.replace(/\/+$/, '');

/** What an answer other than 200 means for a service with a key. */
const refusal = (service: string, status: number, keyName: string): Result => {
  if (status === 401 || status === 403) {
    return fails(
      `${service} answers ${status}: it does not accept the key`,
      `Put a valid key into ${keyName}.`,
    );
  }
  if (status === 429) {
    return fails(`${service} answers 429: the account is over its limit`, 'Wait, or raise it.');
  }
  return fails(`${service} answers ${status}`, 'Look at its status page, and try again later.');
};

/** The ids of an OpenAI-shaped model list; undefined when the body is something else. */
const modelIds = (body: string): string[] | undefined => {
  try {
    const { data } = JSON.parse(body) as { data?: { id: string }[] };
    return data?.map(({ id }) => id);
  } catch {
    return undefined;
  }
};

const modelResult = (where: string, wanted: string, body: string): Result => {
  const ids = modelIds(body);
  if (!ids) return fails(`${where} answers, but with no list of models`, 'Check its address.');
  // Ollama lists `llama3:latest` for what is asked for as `llama3`.
  if (ids.some((id) => id === wanted || id.startsWith(`${wanted}:`))) {
    return works(`answers, and has ${wanted}`);
  }
  const some = ids.slice(0, 5).join(', ');
  return fails(
    `${where} answers, but has no model ${wanted}`,
    `Use one it has (${some || 'it has none: pull one first'}).`,
  );
};

export const groq = async (settings: Settings): Promise<Result> => {
  const { GROQ_API_KEY: key, GROQ_STT_MODEL: model } = settings;
  if (!key) return off('no key', 'Set GROQ_API_KEY to have speech heard by Groq.');
  const base = withoutSlash(settings.GROQ_BASE_URL ?? 'https://api.groq.com');
  const headers = { authorization: `Bearer ${key}` };
  return reached(base, 'Check the network and GROQ_BASE_URL.', async () => {
    const { status, body } = await get(`${base}/openai/v1/models`, headers);
    return status === 200
      ? modelResult('Groq', model, body)
      : refusal('Groq', status, 'GROQ_API_KEY');
  });
};

export const claude = async (settings: Settings): Promise<Result> => {
  const { ANTHROPIC_API_KEY: key, BUTLER_MODEL: model } = settings;
  if (!key) return off('no key', 'Set ANTHROPIC_API_KEY to have Butler think with Claude.');
  const base = withoutSlash(settings.ANTHROPIC_BASE_URL ?? 'https://api.anthropic.com');
  const headers = { 'x-api-key': key, 'anthropic-version': '2023-06-01' };
  return reached(base, 'Check the network and ANTHROPIC_BASE_URL.', async () => {
    const { status } = await get(`${base}/v1/models?limit=1`, headers);
    if (status !== 200) return refusal('Claude', status, 'ANTHROPIC_API_KEY');
    // The list holds dated names only; asking for one model resolves an alias too.
    const one = await get(`${base}/v1/models/${encodeURIComponent(model)}`, headers);
    if (one.status === 404) {
      return fails(`Claude answers, but has no model ${model}`, 'Correct BUTLER_MODEL.');
    }
    return works(`answers, and has ${model}`);
  });
};

export const openAiCompatible = async (settings: Settings): Promise<Result> => {
  const { BUTLER_LLM_URL: url, BUTLER_LLM_MODEL: model = '', BUTLER_LLM_KEY: key } = settings;
  if (!url) return off('no address', 'Set BUTLER_LLM_URL and BUTLER_LLM_MODEL to use one.');
  const base = withoutSlash(url);
  const headers: Record<string, string> = key ? { authorization: `Bearer ${key}` } : {};
  return reached(base, 'Start it, or correct BUTLER_LLM_URL (it ends in /v1).', async () => {
    const { status, body } = await get(`${base}/models`, headers);
    if (status === 404) {
      return fails(`${base}/models answers 404`, 'Correct BUTLER_LLM_URL: it usually ends in /v1.');
    }
    return status === 200
      ? modelResult(base, model, body)
      : refusal(base, status, 'BUTLER_LLM_KEY');
  });
};

export const kokoro = async (settings: Settings): Promise<Result> => {
  const { KOKORO_URL: url, BUTLER_VOICE: voice } = settings;
  if (!url) return off('no address', 'Set KOKORO_URL to use a Kokoro-FastAPI; until then: local.');
  const base = withoutSlash(url);
  return reached(base, 'Start it, or correct KOKORO_URL (without /v1).', async () => {
    const { status, body } = await get(`${base}/v1/audio/voices`);
    if (status !== 200) {
      return fails(`${base}/v1/audio/voices answers ${status}`, 'Correct KOKORO_URL.');
    }
    if (body.includes(`"${voice}"`)) return works(`answers, and has the voice ${voice}`);
    return fails(`it has no voice ${voice}`, `Choose one of ${base}/v1/audio/voices.`);
  });
};

export const liveKit = async (settings: Settings): Promise<Result> => {
  const { LIVEKIT_URL: url, LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret } = settings;
  if (!url) return off('no address', "Audio travels over the app's own WebSocket.");
  const base = withoutSlash(url.replace(/^ws/, 'http'));
  return reached(url, 'Start LiveKit, or correct LIVEKIT_URL.', async () => {
    const { status } = await get(base);
    if (status !== 200) return fails(`${url} answers ${status}`, 'Correct LIVEKIT_URL.');
    try {
      const client = new RoomServiceClient(base, key, secret, { requestTimeout: limitMs / 1000 });
      const rooms = await client.listRooms();
      return works(`answers, accepts our key, ${rooms.length} rooms open`);
    } catch (error) {
      if ((error as { status?: number }).status !== 401) throw error;
      return fails(
        'it answers, but refuses our token',
        'Give LiveKit (LIVEKIT_KEYS) the same key and secret as Butler, and set both clocks right.',
      );
    }
  });
};
