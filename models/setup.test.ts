/** The set-up's order, stamp, and sentences, with a stand-in for Python that keeps a diary. */
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SetUpOptions, type SetupProgress, setUpModels } from './setup.ts';

const WEIGHTS = JSON.parse(await readFile(join(import.meta.dirname, 'weights.json'), 'utf8')) as {
  files: { group: string; path: string; bytes: number }[];
};

/** Does what each step leaves behind; fails where the file `broken` says so. */
const standIn = (folder: string) => {
  const weightsOf = (groups: string[]) =>
    [
      `mkdir -p '${folder}/models/weights' && cd '${folder}/models/weights'`,
      ...WEIGHTS.files
        .filter(({ group }) => groups.includes(group))
        .map(
          ({ path, bytes }) =>
            `mkdir -p $(dirname ${path}); ` +
            `dd if=/dev/null of=${path} bs=1 seek=${bytes} 2>/dev/null`,
        ),
    ].join('\n  ');
  return `#!/bin/sh
printf '%s\\n' "$*" >> '${folder}/diary'
broken=$(cat '${folder}/broken' 2>/dev/null)
case "$*" in
*"-m venv"*)
  for last; do :; done
  mkdir -p "$last/bin" && cp '${folder}/python' "$last/bin/python" ;;
*"-m pip"*)
  [ "$broken" = full ] && echo 'ERROR: [Errno 28] No space left on device' && exit 1
  [ "$broken" = offline ] && echo 'ERROR: No route to the index' && exit 1
  [ "$broken" = slow ] && echo $$ > '${folder}/pid' && sleep 60
  echo '  Downloading numpy-2.4.6-cp311.whl (17.0 MB)'
  echo 'Progress 17 of 34' ;;
*fetch.py*)
  ${weightsOf(['minilm'])} ;;
*measure.py*)
  said='{"error":"unavailable","sentence":"No weights today."}'
  [ "$broken" = weights ] && echo "$said" && exit 69
  ${weightsOf(['kokoro', 'base'])}
  echo '{"transcription":{"model":"base"}}' > ../chosen.json ;;
esac
`;
};

let dataFolder: string;
let progress: SetupProgress[];

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'butler-setup-'));
  await writeFile(join(dataFolder, 'python'), standIn(dataFolder));
  await chmod(join(dataFolder, 'python'), 0o755);
  progress = [];
});
afterEach(() => rm(dataFolder, { recursive: true, force: true }));

const setUp = (more: Partial<SetUpOptions> = {}) =>
  setUpModels({
    dataFolder,
    language: 'en',
    onProgress: (one) => progress.push(one),
    find: async () => ({ ok: true, path: join(dataFolder, 'python') }),
    freeBytes: async () => 5_000_000_000,
    ...more,
  });

const breakIt = (how: string) => writeFile(join(dataFolder, 'broken'), how);
const diary = async () =>
  (await readFile(join(dataFolder, 'diary'), 'utf8').catch(() => ''))
    .split('\n')
    .map((line) => /-m venv|pip\.txt|requirements[-a-z]*\.txt|(fetch|measure)\.py/.exec(line)?.[0])
    .filter((step) => step !== undefined);

describe.skipIf(process.platform === 'win32' /* the stand-in is a shell script */)(
  'setUpModels',
  () => {
    it('makes the environment, installs by hash, measures, and says how far it is', async () => {
      expect(await setUp()).toEqual({
        ok: true,
        pythonPath: join(dataFolder, 'models', 'venv', 'bin', 'python'),
        folder: join(dataFolder, 'models'),
      });
      expect(await diary()).toEqual([
        ...['-m venv', 'pip.txt', 'requirements.txt', 'fetch.py', 'measure.py'],
      ]);
      expect(progress).toContainEqual({ step: 'packages', bytes: 17, total: 34, file: 'numpy' });
      const lines = (await readFile(join(dataFolder, 'diary'), 'utf8')).split('\n');
      for (const line of lines.filter((one) => one.includes('-m pip'))) {
        expect(line).toContain('--require-hashes --only-binary=:all:');
      }
    });

    it('returns at once when everything is in place', async () => {
      await setUp();
      const before = await diary();
      const tookMs: number[] = [];
      for (let run = 0; run < 3; run += 1) {
        const startedAt = performance.now();
        expect((await setUp()).ok).toBe(true);
        tookMs.push(performance.now() - startedAt);
      }
      expect(Math.min(...tookMs)).toBeLessThan(100);
      expect(await diary()).toEqual(before);
    });

    it('mends a weight that is no longer whole, without installing again', async () => {
      await setUp();
      await writeFile(join(dataFolder, 'models/weights/kokoro/model.int8.onnx'), 'cut');
      expect((await setUp()).ok).toBe(true);
      expect((await diary()).slice(5)).toEqual(['measure.py']);
    });

    it('measures again for another language, once', async () => {
      await setUp();
      await setUp({ language: 'de' });
      await setUp({ language: 'de-AT' });
      expect((await diary()).slice(5)).toEqual(['measure.py']);
      const lines = (await readFile(join(dataFolder, 'diary'), 'utf8')).trim().split('\n');
      expect(lines.at(-1)).toContain('--language de');
    });

    it('goes on after a broken download of packages', async () => {
      await breakIt('offline');
      const broken = await setUp();
      expect(broken).toMatchObject({ ok: false, why: expect.stringContaining('No route') });
      expect(broken).toMatchObject({ why: expect.stringContaining('start Butler again') });
      await breakIt('');
      expect((await setUp()).ok).toBe(true);
    });

    it('passes on the sentence of the weights, and keeps the packages', async () => {
      await breakIt('weights');
      expect(await setUp()).toEqual({ ok: false, why: 'No weights today.' });
      await breakIt('');
      expect((await setUp()).ok).toBe(true);
      expect((await diary()).slice(5)).toEqual(['measure.py']);
    });

    it('names the megabytes when the disk is too full to begin, or fills up', async () => {
      expect(await setUp({ freeBytes: async () => 300_000_000 })).toMatchObject({
        ok: false,
        why: expect.stringMatching(/need 1200 MB in .* 300 MB are free/),
      });
      expect(await diary()).toEqual([]);
      await breakIt('full');
      expect(await setUp()).toMatchObject({ ok: false, why: expect.stringContaining('650 MB') });
    });

    it('installs a third of it for embeddings alone, and measures nothing', async () => {
      const parts = ['embeddings'] as const;
      const room = async () => 400_000_000;
      expect((await setUp({ parts, freeBytes: room })).ok).toBe(true);
      const small = ['-m venv', 'pip.txt', 'requirements-embeddings.txt', 'fetch.py'];
      expect(await diary()).toEqual(small);
      expect((await setUp({ parts })).ok).toBe(true);
      expect(await diary()).toEqual(small);
      await writeFile(join(dataFolder, 'models/weights/minilm/model.onnx'), 'cut');
      await setUp({ parts });
      expect((await diary()).slice(4)).toEqual(['fetch.py']);
    });

    it('grows to all parts beside what is there, in two goes too', async () => {
      await setUp({ parts: ['embeddings'] });
      expect(await setUp({ freeBytes: async () => 700_000_000 })).toMatchObject({ ok: false });
      await breakIt('offline');
      expect((await setUp()).ok).toBe(false);
      await breakIt('');
      expect((await setUp({ parts: ['embeddings'] })).ok).toBe(true);
      expect((await setUp()).ok).toBe(true);
      const grown = await diary();
      expect(grown.filter((step) => step === '-m venv')).toHaveLength(1);
      expect(grown.slice(-3)).toEqual(['pip.txt', 'requirements.txt', 'measure.py']);
      await setUp({ parts: ['embeddings'] });
      await setUp({ parts: ['transcription', 'speech'] });
      expect(await diary()).toEqual(grown);
    });

    it('adds embeddings to what was installed without them', async () => {
      await setUp({ parts: ['transcription', 'speech'] });
      expect(await diary()).not.toContain('fetch.py');
      await setUp();
      expect((await diary()).slice(4)).toEqual(['fetch.py']);
    });

    it('says why when no Python will do', async () => {
      const why = 'The local models need Python.';
      expect(await setUp({ find: async () => ({ ok: false, why }) })).toEqual({ ok: false, why });
    });

    it('kills what it started when it is aborted, and can be called again', async () => {
      await breakIt('slow');
      const stopping = new AbortController();
      const running = setUp({ signal: stopping.signal });
      const pidFile = join(dataFolder, 'pid');
      const pid = await expect
        .poll(() => readFile(pidFile, 'utf8').catch(() => ''), { timeout: 5_000 })
        .toMatch(/\d/)
        .then(async () => Number(await readFile(pidFile, 'utf8')));
      stopping.abort();
      await expect(running).rejects.toThrow();
      await expect.poll(() => isAlive(pid)).toBe(false);
      await breakIt('');
      expect((await setUp()).ok).toBe(true);
    });

    it('lets only one of two set-ups work; the other finds it done', async () => {
      const results = await Promise.all([setUp(), setUp()]);
      expect(results.map(({ ok }) => ok)).toEqual([true, true]);
      expect(await diary()).toHaveLength(5);
      expect(progress).toContainEqual({ step: 'waiting' });
    });

    it('takes over the lock of a process that died', async () => {
      await setUp();
      await rm(join(dataFolder, 'models', 'stamp.json'));
      await writeFile(join(dataFolder, 'models', 'setup.lock'), '999999999');
      expect((await setUp()).ok).toBe(true);
    });
  },
);

it('pins the packages of embeddings as it pins them for all parts', async () => {
  const pinsOf = async (file: string) =>
    (await readFile(join(import.meta.dirname, file), 'utf8')).trim().split(/\n(?=\S)/);
  const all = await pinsOf('requirements.txt');
  const few = await pinsOf('requirements-embeddings.txt');
  expect(few.length).toBeGreaterThan(10);
  for (const pin of few) expect(all).toContain(pin);
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
