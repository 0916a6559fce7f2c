/** THE configuration: one schema for every setting; all mistakes are reported at once. */
import { z } from 'zod';

const port = z.coerce
  .number({ error: 'must be a port from 0 to 65535' })
  .int('must be a port from 0 to 65535')
  .min(0, 'must be a port from 0 to 65535')
  .max(65_535, 'must be a port from 0 to 65535');
const url = z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' });
const isTimeZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

/** Each setting with what it means; `.env.example` is generated from this. */
export const settings = z.object({
  LIVEKIT_URL: z
    .url({ protocol: /^wss?$/, error: 'must be a ws:// or wss:// address' })
    .optional()
    .describe("The LiveKit server. Unset: audio travels over the app's own WebSocket."),
  LIVEKIT_PUBLIC_URL: z
    .url({ protocol: /^wss?$/, error: 'must be a ws:// or wss:// address' })
    .optional()
    .describe('The address browsers use for LiveKit, where it differs from LIVEKIT_URL.'),
  LIVEKIT_API_KEY: z.string().min(1).optional().describe("LiveKit's API key."),
  LIVEKIT_API_SECRET: z
    .string()
    .min(32, 'must be at least 32 characters; make one with `openssl rand -hex 32`')
    .optional()
    .describe("LiveKit's API secret, 32 characters or more."),
  GROQ_API_KEY: z.string().min(1).optional().describe('Speech to text by Groq. Unset: local.'),
  GROQ_BASE_URL: url.optional().describe("Groq's address as groq-sdk takes it, no /openai/v1."),
  GROQ_STT_MODEL: z.string().default('whisper-large-v3-turbo').describe("Groq's Whisper model."),
  ANTHROPIC_API_KEY: z.string().min(1).optional().describe('The mind: Claude. Unset: see below.'),
  ANTHROPIC_BASE_URL: url.optional().describe('Where Claude is reached, if not at Anthropic.'),
  BUTLER_MODEL: z.string().default('claude-haiku-4-5').describe('Which Claude thinks.'),
  BUTLER_LLM_URL: url
    .optional()
    .describe(
      'An OpenAI-compatible server (Ollama: http://host:11434/v1) behind Claude, or alone.',
    ),
  BUTLER_LLM_MODEL: z.string().min(1).optional().describe('The model that server runs.'),
  BUTLER_LLM_KEY: z.string().min(1).optional().describe('Its key, where it wants one.'),
  KOKORO_URL: url.optional().describe("Kokoro-FastAPI's address. Unset: the local voice."),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' })
    .optional()
    .describe(
      'Postgres 15 or newer with pgvector; only schema butler is touched. Unset: embedded.',
    ),
  BUTLER_HISTORY_DAYS: z.coerce
    .number({ error: 'must be a number of days from 1 to 3650' })
    .int('must be a number of days from 1 to 3650')
    .min(1, 'must be a number of days from 1 to 3650')
    .max(3650, 'must be a number of days from 1 to 3650')
    .default(30)
    .describe('What was said and done is deleted after so many days; facts are kept.'),
  BUTLER_LEARNING: z
    .enum(['on', 'off'])
    .default('on')
    .describe('`off`: nothing is learned from talk but what people ask Butler to remember.'),
  BUTLER_DATA: z.string().min(1).default('.butler').describe('Where state and models live.'),
  BUTLER_BACKUPS: z
    .string()
    .min(1)
    .optional()
    .describe('Where backups lie, such as another disk. Unset: backups in BUTLER_DATA.'),
  BUTLER_BACKUP_KEY: z
    .string()
    .min(12, 'must be a passphrase of at least 12 characters')
    .optional()
    .describe('Seals backups with this passphrase. Keep it elsewhere too: none opens without it.'),
  BUTLER_HOST: z.string().min(1).default('127.0.0.1').describe('The HTTP listener.'),
  BUTLER_PORT: port.default(8000).describe('Its port; 0 takes any free one.'),
  BUTLER_HTTP: z
    .enum(['auto', 'node', 'uws'])
    .default('auto')
    .describe('The HTTP engine. `auto`: uWebSockets.js where it is installed, else node:http.'),
  BUTLER_WORKER: z
    .enum(['auto', 'off'])
    .default('auto')
    .describe('`off`: the LiveKit worker runs elsewhere (compose.yaml); do not start one.'),
  BUTLER_WORKER_HOST: z.string().min(1).default('127.0.0.1').describe("The worker's health."),
  BUTLER_WORKER_PORT: port.default(8100).describe("The worker's health port, on loopback."),
  BUTLER_ALLOWED_HOSTS: z
    .string()
    .default('')
    .describe('Host names of a tunnel or proxy before Butler, by commas. Links name the first.'),
  BUTLER_PROXIES: z
    .string()
    .default('')
    .describe('Proxies that may name the client, besides this machine: addresses or networks.'),
  BUTLER_LAN: z
    .string()
    .default('')
    .describe('Networks that count as home besides the private ones: 100.64.0.0/10 for Tailscale.'),
  BUTLER_LANGUAGE: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, 'must be a language such as en or de')
    .default('en')
    .describe("The household's language."),
  BUTLER_TIMEZONE: z
    .string()
    .refine(isTimeZone, 'must be a time zone such as Europe/Oslo')
    .default(() => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC')
    .describe("The household's time zone. Unset: the system's."),
  BUTLER_LOCATION: z
    .string()
    .regex(/^-?\d+(\.\d+)?,\s*-?\d+(\.\d+)?$/, 'must be latitude,longitude such as 59.91,10.75')
    .optional()
    .describe('The household as latitude,longitude.'),
  BUTLER_NAMES: z
    .string()
    .default('')
    .describe('Names of the house that speech to text should know, separated by commas.'),
  BUTLER_VOICE: z.string().min(1).default('af_heart').describe('The voice that answers.'),
  BUTLER_TOOLS: z
    .string()
    .min(1)
    .optional()
    .describe("A second folder of integrations: the household's own tools."),
  BUTLER_LOCAL_MODELS: z
    .enum(['auto', 'off'])
    .default('auto')
    .describe('`off`: never start the local models server.'),
  BUTLER_LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('How much is logged.'),
  JWT_SECRET: z
    .string()
    .min(32, 'must be at least 32 characters; make one with `openssl rand -hex 32`')
    .optional()
    .describe('Signs tokens and seals kept passwords. Unset: made once, kept in BUTLER_DATA.'),
  BUTLER_FORMER_SECRET: z
    .string()
    .min(32, 'must be the JWT_SECRET as it was before, 32 characters or more')
    .optional()
    .describe('JWT_SECRET as it was, until `npm run rotate-key` has encrypted passwords anew.'),
  JELLYFIN_URL: url.optional().describe('Jellyfin, where people with media get an account.'),
  JELLYFIN_API_KEY: z.string().min(1).optional().describe('Dashboard, API Keys.'),
  AUDIOBOOKSHELF_URL: url.optional().describe('Audiobookshelf: accounts for media and books.'),
  AUDIOBOOKSHELF_TOKEN: z.string().min(1).optional().describe("An admin's API key."),
  IMMICH_URL: url.optional().describe('Immich, where people with photos get an account.'),
  IMMICH_ADMIN_API_KEY: z
    .string()
    .min(1)
    .optional()
    .describe("An admin's API key with adminUser.create, .read and .update."),
  IMMICH_EMAIL_DOMAIN: z
    .string()
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'must be a domain such as home.arpa')
    .default('home.arpa')
    .describe('Immich wants e-mail addresses: the username, @ and this. No mail is sent.'),
  NEXTCLOUD_ADMIN_URL: url.optional().describe('Nextcloud, where everybody gets an account.'),
  NEXTCLOUD_ADMIN_USERNAME: z.string().min(1).optional().describe('An administrator there.'),
  NEXTCLOUD_ADMIN_PASSWORD: z.string().min(1).optional().describe('Their (app) password.'),
  BUTLER_HEALTH_SECONDS: z.coerce
    .number()
    .min(1, 'must be between 1 and 3600')
    .max(3_600, 'must be between 1 and 3600')
    .default(30)
    .describe('How often every part and integration is asked how it is.'),
  BUTLER_METRICS_TOKEN: z
    .string()
    .min(32, 'must be at least 32 characters; make one with `openssl rand -hex 32`')
    .optional()
    .describe('Lets Prometheus read /metrics at home, nothing else. Unset: only an owner may.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: url
    .optional()
    .describe('An OpenTelemetry collector (http://host:4318): one trace for each turn.'),
  EMBEDDINGS_URL: url.optional().describe('OpenAI-compatible embeddings. Unset: local.'),
  EMBEDDINGS_MODEL: z.string().min(1).optional().describe('Their model.'),
});

export interface Settings extends z.infer<typeof settings> {
  /** All variables as given: the integrations read their own groups (tools/core/load.ts). */
  integrations: Readonly<Record<string, string | undefined>>;
}

/** Settings that only work together: all of them, or none. */
const groups: (keyof typeof settings.shape)[][] = [
  ['LIVEKIT_URL', 'LIVEKIT_API_KEY', 'LIVEKIT_API_SECRET'],
  ['BUTLER_LLM_URL', 'BUTLER_LLM_MODEL'],
  ['JELLYFIN_URL', 'JELLYFIN_API_KEY'],
  ['AUDIOBOOKSHELF_URL', 'AUDIOBOOKSHELF_TOKEN'],
  ['IMMICH_URL', 'IMMICH_ADMIN_API_KEY'],
  ['NEXTCLOUD_ADMIN_URL', 'NEXTCLOUD_ADMIN_USERNAME', 'NEXTCLOUD_ADMIN_PASSWORD'],
];

/** Settings that mean nothing without another one. */
const needs: [keyof typeof settings.shape, keyof typeof settings.shape][] = [
  ['BUTLER_LLM_KEY', 'BUTLER_LLM_URL'],
  ['EMBEDDINGS_MODEL', 'EMBEDDINGS_URL'],
];

/** The variables this process was given; nothing else reads them. */
export const givenEnvironment = (): NodeJS.ProcessEnv => process.env;

/** For a native library that reads a variable by itself when it is loaded; one given stays. */
export const presetVariable = (name: string, value: string): void => {
  process.env[name] ??= value;
};

/** A setting that lists things, separated by commas. */
export const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** Every mistake in the configuration, one line each. */
export class ConfigurationError extends Error {
  readonly code = 'configuration-invalid';
  readonly mistakes: string[];
  constructor(mistakes: string[]) {
    const count = mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`;
    super(
      `The configuration has ${count}:\n` +
        mistakes.map((mistake) => `  - ${mistake}`).join('\n') +
        '\nCorrect them in .env or the environment; .env.example explains every setting.',
    );
    this.mistakes = mistakes;
  }
}

const be = (names: readonly string[]): string => (names.length === 1 ? 'is' : 'are');

const groupMistakes = (given: Partial<Record<string, unknown>>): string[] => {
  const mistakes: string[] = [];
  for (const group of groups) {
    const missing = group.filter((name) => given[name] === undefined);
    if (missing.length > 0 && missing.length < group.length) {
      const present = group.filter((name) => given[name] !== undefined);
      mistakes.push(
        `${missing.join(' and ')} ${be(missing)} missing: ` +
          `${present.join(' and ')} ${be(present)} set, and they only work together.`,
      );
    }
  }
  for (const [name, needed] of needs) {
    if (given[name] !== undefined && given[needed] === undefined) {
      mistakes.push(`${name} is set but ${needed} is not: set both, or neither.`);
    }
  }
  return mistakes;
};

/**
 * Reads the configuration from environment variables; an empty value counts as unset.
 * @param others mistakes found elsewhere, in the integrations' settings: all are told together.
 * @throws {ConfigurationError} that names every mistake.
 */
export const readConfiguration = (
  environment: NodeJS.ProcessEnv = givenEnvironment(),
  others: readonly string[] = [],
): Settings => {
  const given = Object.fromEntries(
    Object.keys(settings.shape)
      .map((name) => [name, environment[name]?.trim()] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = settings.safeParse(given);
  const mistakes = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`);
  mistakes.push(...groupMistakes(given), ...others);
  if (mistakes.length > 0 || !parsed.success) throw new ConfigurationError(mistakes);
  return { ...parsed.data, integrations: environment };
};
