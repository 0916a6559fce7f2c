/** The text of `.env.example`, from the configuration schema and the integrations. */
import type { z } from 'zod';
import type { Variable } from '../../tools/core/configure.ts';
import { type Listed, loadTools } from '../../tools/core/load.ts';
import { settings } from '../config.ts';

/** Settings are grouped by what they start with; a new prefix gets a heading of its own. */
const groups: [prefix: RegExp, heading: string][] = [
  [/^LIVEKIT_/, 'LiveKit: audio in rooms'],
  [/^GROQ_/, 'Groq: speech to text'],
  [/^(ANTHROPIC_|BUTLER_MODEL$|BUTLER_LLM_)/, 'The mind'],
  [/^(KOKORO_|BUTLER_VOICE$)/, 'The voice'],
  [/^(EMBEDDINGS_|BUTLER_HISTORY_DAYS$|BUTLER_LEARNING$)/, 'Memory'],
  [
    /^(DATABASE_URL|JWT_SECRET|BUTLER_FORMER_SECRET|BUTLER_DATA|BUTLER_BACKUPS|BUTLER_BACKUP_KEY)$/,
    'State and secrets',
  ],
  [/^NEXTCLOUD_ADMIN_/, 'Nextcloud: accounts for people'],
  [/^BUTLER_(LANGUAGE|TIMEZONE|LOCATION|NAMES)$/, 'The household'],
  [/^BUTLER_/, 'The server'],
];

const headingOf = (name: string): string =>
  groups.find(([prefix]) => prefix.test(name))?.[1] ??
  name
    .split('_')[0]
    ?.toLowerCase()
    .replace(/^./, (first) => first.toUpperCase()) ??
  name;

/** The default; empty where there is none, or where each machine has its own ("Unset: ..."). */
const defaultOf = (schema: z.ZodType): string => {
  const { def } = schema as z.ZodType & { def: { type: string; defaultValue?: unknown } };
  const isComputed = /\bUnset:/.test(schema.description ?? '');
  return def.type === 'default' && !isComputed ? String(def.defaultValue) : '';
};

/** What compose.yaml asks for beyond Butler's own settings. */
const forCompose = [
  '# ── Only for compose.yaml ──',
  '# The name under which your network finds this machine; phones open https://NAME.',
  '#BUTLER_HOSTNAME=butler.home.arpa',
  '# A Cloudflare tunnel for the way in from outside (docker compose --profile outside up -d).',
  '#TUNNEL_TOKEN=',
  "# This machine's address in your network, where browsers reach LiveKit.",
  '#LIVEKIT_NODE_IP=',
  "# Postgres's password, letters and digits only: openssl rand -hex 24",
  '#POSTGRES_PASSWORD=',
].join('\n');

const linesOf = (variables: readonly Variable[]): string[] =>
  variables.flatMap(({ name, about, otherwise }) => [
    ...(about === '' ? [] : [`# ${about}`]),
    `#${name}=${otherwise}`,
  ]);

/** One group for each integration's own settings: all of it set is on, none of it off. */
const ownGroups = (integrations: readonly Listed[]): string[] =>
  integrations
    .map(({ name, about, variables }) => ({ name, about, own: variables.filter(isOwn) }))
    .filter(({ own }) => own.length > 0)
    .map(({ name, about, own }) => [`# ── ${name} ──`, `# ${about}`, ...linesOf(own)].join('\n'));

const isOwn = ({ source }: Variable): boolean => source === undefined;

/** One group for each kind of account, also where several integrations share it. */
const accountGroups = (integrations: readonly Listed[]): string[] => {
  const kinds = Map.groupBy(
    integrations.flatMap(({ name, variables }) => variables.map((one) => ({ ...one, of: name }))),
    ({ source }) => source,
  );
  return [...kinds].flatMap(([kind, variables]) => {
    if (kind === undefined) return [];
    const users = [...new Set(variables.map(({ of }) => of))];
    const once = [...new Map(variables.map((one) => [one.name, one])).values()];
    const prefix = kind.toUpperCase().replaceAll('-', '_');
    const second = once[0]?.name.replace(prefix, `${prefix}_2`);
    return [
      [
        `# ── Accounts: ${kind}, for ${users.join(' and ')} ──`,
        `# More than one: ${second} and so on make a second account, up to ${prefix}_9.`,
        ...linesOf(once),
      ].join('\n'),
    ];
  });
};

const integrations = async (): Promise<string[]> => {
  const { toolbox } = await loadTools({ environment: {} });
  return [...ownGroups(toolbox.integrations), ...accountGroups(toolbox.integrations)];
};

/** The whole text of `.env.example`. */
export const envExample = async (): Promise<string> => {
  const names = Object.keys(settings.shape) as (keyof typeof settings.shape)[];
  const byHeading = Map.groupBy(names, headingOf);
  const head = [
    '# Everything Butler can be told, generated from agent/config.ts and tools/ (npm run docs).',
    '# Copy to .env and fill in.',
    '# All of it is optional: with nothing set Butler hears, answers and speaks by itself.',
  ];
  const parts = [...byHeading].map(([heading, members]) => {
    const lines = members.flatMap((name) => {
      const schema: z.ZodType = settings.shape[name];
      return [`# ${schema.description ?? ''}`, `#${name}=${defaultOf(schema)}`];
    });
    return [`# ── ${heading} ──`, ...lines].join('\n');
  });
  return `${[head.join('\n'), ...parts, ...(await integrations()), forCompose].join('\n\n')}\n`;
};
