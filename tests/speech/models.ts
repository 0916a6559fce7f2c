/** The real models server for tests: set up once in a shared folder, and the recorded speech. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findPython } from '../../models/python.ts';
import { setUpModels } from '../../models/setup.ts';

const REPOSITORY = join(import.meta.dirname, '..', '..');

export type Clip = { id: string; wav: string; text: string; voice: string };
export type Corpus = {
  sampleRateHz: number;
  household: Clip[];
  bargeIn: Clip[];
  /** One sentence said in two halves, to be played with a pause between them. */
  pause: { id: string; text: string; voice: string; a: Clip; b: Clip }[];
  nonSpeech: { id: string; wav: string }[];
};

export const corpus = JSON.parse(
  await readFile(join(import.meta.dirname, 'corpus.json'), 'utf8'),
) as Corpus;

/** The bytes of a clip's WAV file. */
export const wavOf = ({ wav }: { wav: string }): Promise<Buffer> =>
  readFile(join(import.meta.dirname, wav));

/** The folder that every test shares, so that weights are fetched once. */
const testDataFolder =
  process.env['BUTLER_TEST_DATA'] ?? join(REPOSITORY, '.butler', 'test');

/** Whether local models can run here; prints the reason when they cannot. */
export async function canRunModels(): Promise<boolean> {
  const found = await findPython();
  if (!found.ok) console.log(`Skipped: ${found.why}`);
  return found.ok;
}

/** Set the models up, or find them set up. Throws the set-up's own sentence. */
export async function preparedModels(): Promise<{ dataFolder: string; pythonPath: string }> {
  const result = await setUpModels({ dataFolder: testDataFolder, language: 'en' });
  if (!result.ok) throw new Error(result.why);
  return { dataFolder: testDataFolder, pythonPath: result.pythonPath };
}
