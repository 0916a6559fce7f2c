/** `npm run doctor`: each dependency, whether it answers, and the sentence that mends it. */
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters, styleText } from 'node:util';
import { knock } from '../../memory/database/knock.ts';
import { ConfigurationError, readConfiguration, type Settings } from '../config.ts';
import { examineTools } from './doctor-tools.ts';
import { type Finding, fails, limitMs, off, type Result, reached, works } from './finding.ts';
import { disk, localModels, node, packages, page, portOf, python } from './machine.ts';
import { claude, groq, kokoro, liveKit, openAiCompatible } from './providers.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

export const postgres = async ({ DATABASE_URL: address }: Settings): Promise<Result> => {
  if (!address) {
    return off('no address: memory is kept by the embedded database', 'Set DATABASE_URL for one.');
  }
  const { host } = new URL(address);
  return reached(host, 'Start Postgres, or correct DATABASE_URL.', async () => {
    const { version, vector, isTooOld } = await knock(address, limitMs);
    if (isTooOld) return fails(`${host} is Postgres ${version}`, 'Butler needs 15 or newer.');
    if (!vector) {
      return fails(
        `Postgres ${version} has no pgvector`,
        'Use an image that has it (compose.yaml names one), or install postgresql-NN-pgvector.',
      );
    }
    return works(`Postgres ${version} with pgvector ${vector} lets us in`);
  });
};

type Probe = [name: string, use: string, probe: (settings: Settings) => Promise<Result>];

const probes: Probe[] = [
  ['Node', 'runs Butler', node],
  ['Packages', 'what Butler stands on', () => packages(root)],
  ['Page', 'what the browser shows', () => page(root)],
  ['Data folder', 'state and downloaded models', disk],
  [
    'HTTP port',
    'page, API and voice',
    ({ BUTLER_HOST: host, BUTLER_PORT: port }) => portOf({ host, port, setting: 'BUTLER_PORT' }),
  ],
  [
    'Worker port',
    "the LiveKit worker's health",
    async ({ LIVEKIT_URL, BUTLER_WORKER_PORT: port }) =>
      LIVEKIT_URL
        ? portOf({ host: '127.0.0.1', port, setting: 'BUTLER_WORKER_PORT' })
        : off('no worker without LIVEKIT_URL', 'Set LIVEKIT_URL to run one.'),
  ],
  ['Python', 'runs the local models', python],
  ['Local models', 'hear, speak and find memories without a key', localModels],
  ['Groq', 'speech to text', groq],
  ['Claude', 'the mind', claude],
  ['OpenAI-compatible', 'the mind behind Claude, or alone', openAiCompatible],
  ['Kokoro', 'the voice', kokoro],
  ['LiveKit', 'carries audio in rooms', liveKit],
  ['Postgres', 'memory', postgres],
];

/** Asks everything at once, so that five silent services cost five seconds and not twenty-five. */
export const examine = async (settings: Settings): Promise<Finding[]> => {
  const tools = examineTools(settings);
  const parts = probes.map(async ([name, use, probe]) => {
    const result = await probe(settings).catch((error: unknown) =>
      fails(String(error), 'This is a defect of doctor: please report it.'),
    );
    return { name, use, ...result };
  });
  return [...(await Promise.all(parts)), ...(await tools)];
};

const signs = { works: ['✓', 'green'], off: ['–', 'gray'], fails: ['✗', 'red'] } as const;

const paint = (colour: 'green' | 'gray' | 'red', text: string): string =>
  styleText(colour, text, { validateStream: false });

/** The findings as lines for a person. */
export const shown = (findings: Finding[], coloured: boolean): string => {
  const width = Math.max(...findings.map(({ name }) => name.length));
  const lines = findings.flatMap(({ name, use, state, detail, mend }) => {
    const [sign, colour] = signs[state];
    const first = `${paint(colour, sign)} ${name.padEnd(width)}  ${detail}`;
    const about = paint('gray', `  ${use}`);
    return [first + about, ...(mend ? [`  ${' '.repeat(width)}  → ${mend}`] : [])];
  });
  const text = lines.join('\n');
  return coloured ? text : stripVTControlCharacters(text);
};

const readSettings = (): Settings | string => {
  try {
    return readConfiguration();
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
};

const main = async (given: string[]): Promise<number> => {
  const json = given.includes('--json');
  const unknown = given.filter((option) => option !== '--json');
  if (unknown.length > 0) {
    console.error(`doctor does not know ${unknown.join(' ')}; it takes --json, or nothing.`);
    return 1;
  }
  const settings = readSettings();
  if (typeof settings === 'string') {
    console.log(json ? JSON.stringify({ healthy: false, configuration: settings }) : settings);
    return 1;
  }
  const findings = await examine(settings);
  const healthy = findings.every(({ state }) => state !== 'fails');
  const coloured = process.stdout.isTTY === true && !process.env.NO_COLOR;
  console.log(
    json ? JSON.stringify({ healthy, findings }, null, 2) : `${shown(findings, coloured)}\n`,
  );
  const verdict = healthy
    ? 'Everything configured works.'
    : 'Something configured does not work: see the lines with ✗.';
  if (!json) console.log(verdict);
  return healthy ? 0 : 1;
};

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
