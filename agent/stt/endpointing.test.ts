/** When an utterance ends: the whole table. */
import { describe, expect, it } from 'vitest';
import { type Ending, judgeEnd, remoteEndpointing as limits } from './endpointing.ts';

const heard = (changes: Partial<Parameters<typeof judgeEnd>[0]>) => ({
  text: 'What time is it?',
  silenceMs: 200,
  ending: 'finished' as Ending,
  certainlySpeaking: false,
  ...changes,
});

describe('judgeEnd', () => {
  it.each([
    ['a finished sentence, just silent', {}, 'think'],
    ['a finished sentence, silent long enough', { silenceMs: 350 }, 'commit'],
    ['a declared command, just silent', { ending: 'command' as Ending }, 'think'],
    ['a declared command', { ending: 'command' as Ending, silenceMs: 250 }, 'commit'],
    ['the VAD still hears speech', { silenceMs: 400, certainlySpeaking: true }, 'think'],
    ['an unfinished sentence', { text: 'Turn on the', ending: 'unfinished' as Ending }, 'wait'],
    [
      'an unfinished sentence after 0.7 s',
      { ending: 'unfinished' as Ending, silenceMs: 700 },
      'wait',
    ],
    [
      'an unfinished sentence after 1.2 s',
      { ending: 'unfinished' as Ending, silenceMs: 1_200 },
      'wait',
    ],
    [
      'an unfinished sentence at last',
      { ending: 'unfinished' as Ending, silenceMs: 1_400 },
      'commit',
    ],
    ['sound without words', { text: '', silenceMs: 200 }, 'wait'],
    ['sound without words for good', { text: '', silenceMs: 300 }, 'drop'],
  ])('%s', (_what, changes, verdict) => {
    expect(judgeEnd(heard(changes), limits)).toBe(verdict);
  });
});
