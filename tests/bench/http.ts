/** The HTTP surface beside bare node:http: requests a second, WebSockets, memory; on one core. */
import { loadavg } from 'node:os';
import { type RunningButler, startButler } from '../rig/butler.ts';
import { ProcessWatch } from '../rig/processes.ts';
import { startPostgres } from '../servers/postgres.ts';
import { burst, cores, pin, standAside, startChild } from './http-children.ts';
import { fanOut } from './http-fanout.ts';
import type { Burst } from './http-load.ts';
import { voiceUnderLoad } from './http-voice.ts';
import { median, table } from './table.ts';

/** Many short ones: the machine is not the same from one second to the next. */
const roundsDefault = 7;
const secondsOfBurst = 1;
/** Until V8 has compiled all of it: a server that runs for weeks is always past that. */
const warmUpSeconds = 6;
const connections = 16;
const targets = ['/health', '/api/v1/me', '/api/v1/turns'] as const;
const environment = { BUTLER_LOCAL_MODELS: 'off', BUTLER_LOG_LEVEL: 'info' };

type Bursts = Map<string, Burst[]>;

const optionAfter = (options: string[], name: string): string | undefined => {
  const at = options.indexOf(name);
  return at < 0 ? undefined : options[at + 1];
};

/** Bare and Butler take turns, so that whatever else the machine does meets both. */
const bursts = async (butler: RunningButler, rounds: number): Promise<Bursts> => {
  const bare = await startChild('http-bare.ts');
  const urls = new Map([['bare node:http', bare.url]]);
  for (const target of targets) urls.set(target, butler.url + target);
  const results: Bursts = new Map();
  for (let round = 0; round <= rounds; round++) {
    for (const [name, url] of urls) {
      const seconds = round === 0 ? warmUpSeconds : secondsOfBurst;
      const one = await burst({ url, token: butler.token, seconds, connections });
      if (round > 0) results.set(name, [...(results.get(name) ?? []), one]);
    }
    if (round > 0) process.stdout.write(`  round ${round}/${rounds}\n`);
  }
  await bare.stop();
  return results;
};

const rowsOf = (results: Bursts) => {
  const bare = results.get('bare node:http') ?? [];
  return [...results].map(([name, all]) => ({
    what: name,
    'requests/s': median(all.map(({ perSecond }) => perSecond)),
    'p50 ms': median(all.map(({ p50Ms }) => p50Ms)),
    'p95 ms': median(all.map(({ p95Ms }) => p95Ms)),
    failed: all.reduce((sum, { failed }) => sum + failed, 0),
    ratio: Math.round(ratioOf(all, bare) * 100) / 100,
  }));
};

/** Of each round by itself, since the machine is not the same in all of them. */
const ratioOf = (all: Burst[], bare: Burst[]): number =>
  median(all.map(({ perSecond }, at) => perSecond / (bare[at]?.perSecond ?? Number.NaN))) ??
  Number.NaN;

const watch = (pid: number) => {
  const started = new ProcessWatch({ rootPid: pid, roleOf: () => 'butler', everyMs: 250 });
  return (): { rssMb: number | undefined; pssMb: number | undefined } => {
    const { butler } = started.stop().roles;
    return { rssMb: butler?.rssMb, pssMb: butler?.pssMb };
  };
};

/** Memory at rest and at its highest under load, on one kind of database. */
const onDatabase = async (
  database: string,
  { url, engine, rounds }: { url?: string; engine: string; rounds: number },
) => {
  const given = { ...environment, BUTLER_HTTP: engine, ...(url && { DATABASE_URL: url }) };
  const butler = await startButler({ environment: given });
  pin(butler.pid);
  const { engine: served } = (await (await fetch(`${butler.url}/health`)).json()) as {
    engine: string;
  };
  const atRest = watch(butler.pid)();
  const loaded = watch(butler.pid);
  const results = await bursts(butler, rounds);
  const { rssMb, pssMb } = loaded();
  await butler.stop();
  const memory = {
    database,
    'at rest MB': atRest.rssMb,
    'loaded MB': rssMb,
    'loaded PSS MB': pssMb,
  };
  return { served, rows: rowsOf(results), memory };
};

/** `--rounds 7`, `--engine auto|node|uws`, `--voice 10` (that many pairs of spoken turns). */
export default async function http(options: string[]): Promise<object> {
  const rounds = Number(optionAfter(options, '--rounds') ?? roundsDefault);
  const engine = optionAfter(options, '--engine') ?? 'auto';
  standAside();
  const postgres = await startPostgres();
  const real = 'unavailable' in postgres ? undefined : postgres;
  if ('unavailable' in postgres) console.log(`Postgres is left out: ${postgres.unavailable}`);
  const embedded = await onDatabase('embedded (PGlite)', { engine, rounds });
  const server = real && (await onDatabase('Postgres', { url: real.url, engine, rounds }));
  await real?.stop();
  const sockets = await fanOut(engine);
  const pairs = Number(optionAfter(options, '--voice') ?? 0);
  const voice = pairs > 0 ? await voiceUnderLoad(pairs) : undefined;
  const served = [embedded, ...(server ? [server] : [])];
  for (const { memory, rows } of served) {
    console.log(`\n${memory.database}, ${connections} connections\n\n${table(rows)}`);
  }
  console.log(`\n${table([{ what: 'WebSockets', ...sockets }])}`);
  console.log(`\n${table(served.map(({ memory }) => memory))}`);
  console.log(
    `\nEngine ${embedded.served}; ${cores}; load ${loadavg()[0]?.toFixed(1)}; medians of ` +
      `${rounds} rounds, each ratio to bare node:http in the same round.`,
  );
  if (voice) console.log(`\n${table([{ what: 'voice', ...voice }])}`);
  return { engine: embedded.served, rounds, served, sockets, voice };
}
