/** Finds a real Mosquitto, or unpacks Debian's into the test data: nothing is installed. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { librariesIn, unpacked } from '../debian.ts';

const without =
  'The tests need a real MQTT broker: put mosquitto on the PATH (`brew install mosquitto`), or ' +
  'run them on Debian or Ubuntu after `apt-get update`, where its package is fetched.';

/** Programs print their help here, with no status to count on. */
const runs = (program: string, libraries?: string): boolean => {
  const env = { ...process.env, ...(libraries && { LD_LIBRARY_PATH: libraries }) };
  const { stdout, error } = spawnSync(program, ['-h'], { encoding: 'utf8', timeout: 20_000, env });
  return error === undefined && stdout.includes('mosquitto');
};

const wanted = {
  name: 'Mosquitto',
  packages: ['mosquitto', 'libmosquitto1'],
  // The names are those of Debian 12 and 13.
  libraries: [
    ...['libcjson1', 'libdlt2', 'libwrap0', 'libev4', 'libev4t64', 'libuv1', 'libuv1t64'],
    ...['libwebsockets17', 'libwebsockets19', 'libwebsockets19t64'],
  ],
};

export interface Mosquitto {
  path: string;
  /** For LD_LIBRARY_PATH; undefined where the system has them. */
  libraries?: string;
}

/** The broker, unpacked first where it must be; `unavailable` says what would help. */
export const findMosquitto = async (): Promise<Mosquitto | { unavailable: string }> => {
  if (runs('mosquitto')) return { path: 'mosquitto' };
  try {
    const folder = await unpacked(wanted);
    const libraries = librariesIn(folder);
    const path = join(folder, 'usr', 'sbin', 'mosquitto');
    return runs(path, libraries) ? { path, libraries } : { unavailable: without };
  } catch (error) {
    return { unavailable: `${without}\n${error instanceof Error ? error.message : error}` };
  }
};
