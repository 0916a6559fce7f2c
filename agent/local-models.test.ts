/** Which models the house runs itself, and that nobody uses a part that is not there. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfiguration } from './config.ts';
import { Hearing } from './hearing.ts';
import { localParts, noModels, sharedModels } from './local-models.ts';
import { createLog } from './log.ts';
import { Speaking } from './speaking.ts';

const groq = { GROQ_API_KEY: 'key' };
const kokoro = { KOKORO_URL: 'http://kokoro:8880' };
const embeddings = { EMBEDDINGS_URL: 'http://ollama:11434' };
const all = ['transcription', 'speech', 'embeddings'];

it.each([
  ['nothing is configured', {}, all],
  ['Groq alone is: the local one stays behind it', groq, all],
  ['Kokoro alone is: the local voice stays behind it', kokoro, all],
  ['both are', { ...groq, ...kokoro }, ['embeddings']],
  ['embeddings alone are', embeddings, ['transcription', 'speech']],
  ['everything is', { ...groq, ...kokoro, ...embeddings }, []],
  ['they are off', { BUTLER_LOCAL_MODELS: 'off' }, []],
])('runs the right parts where %s', (_case, environment, parts) => {
  expect(localParts(readConfiguration(environment))).toEqual(parts);
});

it('says what to set for each part that is off, and that the others are not needed', () => {
  const models = noModels(readConfiguration({ ...groq, BUTLER_LOCAL_MODELS: 'off' }));
  expect(models.address('speech')).toBeUndefined();
  expect(models.state('speech').sentence).toMatch(/unset BUTLER_LOCAL_MODELS, or set KOKORO_URL/);
  expect(models.state('embeddings').sentence).toMatch(/or set EMBEDDINGS_URL/);
  expect(models.state('transcription').sentence).toMatch(/^Not needed/);
});

describe('a worker, told by the note of the server', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'butler-note-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const withNote = (note: object) => {
    writeFileSync(path.join(folder, 'models.json'), JSON.stringify(note));
    const settings = readConfiguration({ BUTLER_DATA: folder });
    return { settings, models: sharedModels(settings), log: createLog('silent') };
  };
  const address = { origin: 'http://127.0.0.1:8890', key: 'key' };

  it('uses the parts that are there and no other', () => {
    const { models } = withNote({ ...address, parts: ['embeddings'] });
    expect(models.address('embeddings')).toMatchObject(address);
    expect(models.state('embeddings').state).toBe('ready');
    expect(models.address('speech')).toBeUndefined();
    expect(models.state('transcription').state).toBe('off');
  });

  it('waits while there is no note, or one that says no parts', () => {
    const { models } = withNote(address);
    expect(models.address('embeddings')).toBeUndefined();
    expect(models.state('embeddings').state).toBe('starting');
  });

  it('neither hears nor speaks by a server of embeddings', async () => {
    const house = withNote({ ...address, parts: ['embeddings'] });
    const never = new AbortController().signal;
    await expect(new Hearing(house).transcribe([], never)).rejects.toMatchObject({
      code: 'hearing-off',
    });
    const caller = {
      ...({ personId: 'p', name: 'P', role: 'adult' } as const),
      ...({ sure: 1, door: 'app', language: 'en' } as const),
    };
    expect(new Speaking(house).voiceFor(caller, {}).voice()).toBeUndefined();
    const whole = withNote({ ...address, parts: all });
    expect(new Speaking(whole).voiceFor(caller, {}).voice()).toBeDefined();
  });
});
