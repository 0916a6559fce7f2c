/** Writes `.env.example` from the configuration schema: `node agent/setup/env-example.ts`. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { loadTools } from '../../tools/core/load.ts';
import { settings } from '../config.ts';

/** Settings are grouped by what they start with; a new prefix gets a heading of its own. */
const groups: [prefix: RegExp, heading: string][] = [
  [/^LIVEKIT_/, 'LiveKit: audio in rooms'],
  [/^GROQ_/, 'Groq: speech to text'],
  [/^(ANTHROPIC_|BUTLER_MODEL$|BUTLER_LLM_)/, 'The mind'],
  [/^(KOKORO_|BUTLER_VOICE$)/, 'The voice'],
  [/^(EMBEDDINGS_|BUTLER_HISTORY_DAYS$|BUTLER_LEARNING$)/, 'Memory'],
  [/^(DATABASE_URL|JWT_SECRET|BUTLER_DATA)$/, 'State and secrets'],
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
  "# This machine's address in your network, where browsers reach LiveKit.",
  '#LIVEKIT_NODE_IP=',
  "# Postgres's password, letters and digits only: openssl rand -hex 24",
  '#POSTGRES_PASSWORD=',
].join('\n');

/** One group for each integration: all of it set is on, none of it off. */
const integrations = async (): Promise<string[]> => {
  const { toolbox } = await loadTools({ environment: {} });
  return toolbox.integrations
    .filter(({ variables }) => variables.length > 0)
    .map(({ name, about, variables }) =>
      [
        `# ── ${name} ──`,
        `# ${about}`,
        ...variables.flatMap((one) => [...(one.about ? [`# ${one.about}`] : []), `#${one.name}=`]),
      ].join('\n'),
    );
};

/** The whole text of `.env.example`. */
export const envExample = async (): Promise<string> => {
  const names = Object.keys(settings.shape) as (keyof typeof settings.shape)[];
  const byHeading = Map.groupBy(names, headingOf);
  const head = [
    '# Everything Butler can be told, generated from agent/config.ts. Copy to .env and fill in.',
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

if (import.meta.main) {
  const path = fileURLToPath(new URL('../../.env.example', import.meta.url));
  writeFileSync(path, await envExample());
  console.log('.env.example is written.');
}
