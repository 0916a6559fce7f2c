/** Finds a real Prometheus, or unpacks Debian's into the test data: nothing is installed. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { unpacked } from '../debian.ts';

const without =
  'The tests need a real Prometheus: put prometheus and promtool on the PATH ' +
  '(`brew install prometheus`), or run them on Debian or Ubuntu after `apt-get update`, where ' +
  'its package is fetched.';

const runs = (program: string): boolean => {
  const { status } = spawnSync(program, ['--version'], { timeout: 20_000 });
  return status === 0;
};

export interface Prometheus {
  prometheus: string;
  promtool: string;
}

/** Both programs, unpacked first where they must be; `unavailable` says what would help. */
export const findPrometheus = async (): Promise<Prometheus | { unavailable: string }> => {
  const onPath = { prometheus: 'prometheus', promtool: 'promtool' };
  if (runs(onPath.prometheus) && runs(onPath.promtool)) return onPath;
  try {
    const folder = await unpacked({ name: 'Prometheus', packages: ['prometheus'] });
    const programs = join(folder, 'usr', 'bin');
    const found = {
      prometheus: join(programs, 'prometheus'),
      promtool: join(programs, 'promtool'),
    };
    const works = runs(found.prometheus) && runs(found.promtool);
    return works ? found : { unavailable: without };
  } catch (error) {
    return { unavailable: `${without}\n${error instanceof Error ? error.message : error}` };
  }
};
