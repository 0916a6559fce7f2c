/** What was really said: the ear's recording through the models server of the Butler under test. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import OpenAI from 'openai';
import { resample, writeWav } from './wav.ts';

/** @param heard samples as the ear recorded them. @returns the words in them. */
export const transcribe = async (
  dataFolder: string,
  heard: { samples: Int16Array; sampleRateHz: number },
): Promise<string> => {
  const note = readFileSync(path.join(dataFolder, 'models.json'), 'utf8');
  const { origin, key } = JSON.parse(note) as { origin: string; key: string };
  const client = new OpenAI({ baseURL: `${origin}/v1`, apiKey: key });
  const wav = writeWav(resample(heard.samples, heard.sampleRateHz, 16_000), 16_000);
  const file = new File([Uint8Array.from(wav)], 'heard.wav', { type: 'audio/wav' });
  const { text } = await client.audio.transcriptions.create({ file, model: 'whisper-1' });
  return text;
};
