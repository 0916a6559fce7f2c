/** A household whose whereabouts are asked for: sentences through fast path, gate and tool. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileFastPath } from '../../agent/fastpath.ts';
import { loadTools } from '../../tools/core/load.ts';
import type { Housemate } from '../../tools/core/people-port.ts';
import type { Coordinates } from '../../tools/core/ports.ts';
import { runTool, type ToolOutcome } from '../../tools/core/run.ts';
import { portsInProcess } from '../fakes/ports.ts';

const people: Housemate[] = [
  { id: 'anna', name: 'Anna', username: 'anna', role: 'owner' },
  { id: 'ben', name: 'Ben', username: 'ben', role: 'adult' },
  { id: 'cleo', name: 'Cleo', username: 'cleo', role: 'child' },
  { id: 'gus', name: 'Gus', username: 'gus', role: 'guest' },
];

const oslo: Coordinates = { latitude: 59.91, longitude: 10.75 };

/** So many metres from home, north and east, as OwnTracks writes a position. */
export const fixAt = (
  [northM, eastM]: [number, number],
  { ageMinutes = 0, ...more }: { ageMinutes?: number; acc?: number; vel?: number; cog?: number },
  nowMs: number,
) => ({
  _type: 'location',
  lat: oslo.latitude + northM / 111_195,
  lon: oslo.longitude + eastM / (111_195 * Math.cos((oslo.latitude * Math.PI) / 180)),
  tst: Math.floor(nowMs / 1000) - ageMinutes * 60,
  acc: 10,
  ...more,
});

interface Asking {
  language?: string;
  sure?: number;
  yes?: boolean;
  tainted?: boolean;
}

/** Of all integrations these two: their settings alone are read, and nothing else is connected. */
const integrations = ['location', 'home-assistant'];

const loaded = async (environment: Record<string, string>) => {
  const folder = mkdtempSync(join(tmpdir(), 'butler-whereabouts-'));
  try {
    for (const name of integrations) {
      const real = new URL(`../../tools/${name}/index.ts`, import.meta.url).href;
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'index.ts'), `export { default } from '${real}';\n`);
    }
    return await loadTools({ folder, environment });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

export const whereabouts = async ({
  environment = {},
  household = oslo,
  now = () => new Date(),
}: {
  environment?: Record<string, string>;
  household?: Coordinates | null;
  now?: () => Date;
} = {}) => {
  const { toolbox, mistakes } = await loaded(environment);
  const tools = [...toolbox.tools.values()].filter(({ hidden }) => !hidden);
  const fastPath = compileFastPath(tools);
  const ports = portsInProcess({
    people: { all: async () => people },
    ...(household && { household }),
  });
  const run = (
    who: string,
    call: { tool: string; input: Record<string, unknown> },
    { language = 'en', sure = 1, yes = false, tainted = false }: Asking = {},
  ): Promise<ToolOutcome> => {
    const { id, name, role } = people.find((one) => one.id === who) as Housemate;
    const permissions = role === 'child' ? ['home', 'location'] : undefined;
    return runTool({
      ...ports,
      ...{ toolbox, name: call.tool, input: call.input, now, timeZone: 'Europe/Oslo', tainted },
      caller: { personId: id, name, role, sure, door: 'app', language, permissions },
      signal: new AbortController().signal,
      ...(yes && {
        yes: (digest: string) => ({ by: 'yes' as const, personId: id, digest, ageMs: 1000 }),
      }),
    });
  };
  return {
    ...{ toolbox, mistakes, fastPath, ports, run },
    /** As it is said, by the person of this id. */
    say: (who: string, sentence: string, asking: Asking = {}): Promise<ToolOutcome> => {
      const match = fastPath.match(sentence, asking.language ?? 'en');
      if (!match) throw new Error(`Nothing declares: ${sentence}`);
      return run(who, match, asking);
    },
    /** A phone posts, as over HTTP. */
    post: (who: string, message: object): Promise<ToolOutcome> =>
      run(who, { tool: 'location_report', input: { message } }),
  };
};

export type WhereaboutsRig = Awaited<ReturnType<typeof whereabouts>>;
