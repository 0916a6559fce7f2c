/** The recorded sentences of the folder: what is said, as 16 kHz samples. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { readWav } from '../rig/wav.ts';

const clip = z.object({ id: z.string(), wav: z.string(), text: z.string() });
const folder = new URL('./', import.meta.url);

const corpus = z
  .object({
    household: z.array(clip),
    bargeIn: z.array(clip),
    wake: z.array(clip),
    nonSpeech: z.array(z.object({ id: z.string(), wav: z.string() })),
    pause: z.array(z.object({ id: z.string(), text: z.string(), a: clip, b: clip })),
  })
  .parse(JSON.parse(readFileSync(new URL('corpus.json', folder), 'utf8')));

export interface Clip {
  id: string;
  text: string;
  samples: Int16Array;
  /** Its file in this folder. */
  wav: string;
}

/** The bytes of a file in this folder. */
export const bytesOf = (file: string): Buffer => readFileSync(new URL(file, folder));

/** 16 kHz samples of a file in this folder. */
export const samplesOf = (file: string): Int16Array =>
  readWav(bytesOf(file)).samples;

const loaded = ({ id, wav, text }: z.infer<typeof clip>): Clip => ({
  id,
  text,
  wav,
  samples: samplesOf(wav),
});

export const household = corpus.household.map(loaded);
export const bargeIn = corpus.bargeIn.map(loaded);
/** The wake word, alone and with a question behind it. */
const wakes = corpus.wake.map(loaded);
/** Sentences in two halves, for a person who pauses to think. */
export const pauses = corpus.pause.map(({ id, text, a, b }) => ({
  id,
  text,
  a: loaded(a),
  b: loaded(b),
}));

/** Silence, noise, a hum, clicks and a cough. */
export const { nonSpeech } = corpus;

/** The clip with this text. */
export const said = (text: string): Clip => {
  const found = [...household, ...bargeIn].find((one) => one.text === text);
  if (!found) throw new Error(`Nobody says "${text}" in tests/speech/corpus.json.`);
  return found;
};

/** The clip in which the wake word is said so. */
export const wake = (text: string): Clip => {
  const found = wakes.find((one) => one.text === text);
  if (!found) throw new Error(`Nobody says "${text}" under wake in tests/speech/corpus.json.`);
  return found;
};
