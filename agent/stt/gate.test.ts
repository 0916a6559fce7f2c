// What counts as speech: levels before the request, evidence after it.
import { describe, expect, it } from 'vitest';
import { quiet, voice } from '../../tests/rig/wav.ts';
import { type Heard, judge, type Loudness, measure, type Segment, worthAsking } from './gate.ts';

const RATE = 16_000;
const loud: Loudness = { durationMs: 1500, loudMs: 900, levelDb: -22 };
const faint: Loudness = { durationMs: 1500, loudMs: 200, levelDb: -47 };
const names = ['Ada', 'Bo', 'Marie Claire'];
const prompt = 'Ada, Bo, Marie Claire.';

const scaled = (samples: Int16Array, factor: number) => samples.map((sample) => sample * factor);
const part = (text: string, noSpeechProb = 0.01, avgLogprob = -0.2): Segment => ({
  text,
  noSpeechProb,
  avgLogprob,
});
const heard = (...segments: Segment[]): Heard => ({
  text: segments.map(({ text }) => text).join(' '),
  segments,
});

describe('before the request', () => {
  it.each<[string, Int16Array, boolean]>([
    ['nothing', new Int16Array(0), false],
    ['silence', new Int16Array(RATE), false],
    ['a quiet room', quiet(2000, RATE), false],
    ['hiss of a bad microphone', quiet(2000, RATE, 120), false],
    [
      'a click',
      Int16Array.from([...quiet(500, RATE), ...voice(20, RATE), ...quiet(500, RATE)]),
      false,
    ],
    ['a voice far away', scaled(voice(600, RATE), 0.03), true],
    [
      'a short word',
      Int16Array.from([...quiet(300, RATE), ...voice(150, RATE), ...quiet(300, RATE)]),
      true,
    ],
    ['a sentence', voice(1500, RATE), true],
    ['a fragment of speech', voice(60, RATE), false],
  ])('%s', (_name, samples, expected) => {
    expect(worthAsking(measure(samples, RATE))).toBe(expected);
  });

  it('measures what it says', () => {
    const { durationMs, loudMs, levelDb } = measure(new Int16Array(RATE).fill(16_384), RATE);
    expect([durationMs, loudMs]).toEqual([1000, 1000]);
    expect(levelDb).toBeCloseTo(-6.02, 1);
  });
});

describe('after the answer', () => {
  it.each<[string, Heard, Loudness, string, string | undefined]>([
    ['a sentence', heard(part('What time is it?')), loud, 'What time is it?', undefined],
    ['no speech', heard(part('What time is it?', 0.51)), loud, '', 'no-speech'],
    ['just enough speech', heard(part('Stop.', 0.5)), loud, 'Stop.', undefined],
    ['a guess', heard(part('mumble', 0.01, -0.81)), loud, '', 'unsure'],
    ['just sure enough', heard(part('Stop.', 0.01, -0.8)), loud, 'Stop.', undefined],
    [
      'the good segments stay',
      heard(part('Turn it on.'), part('Thank you.', 0.9), part('And off.')),
      loud,
      'Turn it on. And off.',
      undefined,
    ],
    [
      'a text in circles',
      heard({ ...part('la la la la la la'), compressionRatio: 3 }),
      loud,
      '',
      'repetition',
    ],
    ['thanks that were said', heard(part('Thank you.')), loud, 'Thank you.', undefined],
    ['thanks that were invented', heard(part('Thank you.', 0.3)), faint, '', 'hallucination'],
    ['unsure thanks', heard(part('Thank you.', 0.01, -0.6)), loud, '', 'hallucination'],
    ['"you" in near-silence', heard(part('you')), faint, '', 'hallucination'],
    [
      'captions, however sure',
      heard(part('Thanks for watching!', 0, -0.1)),
      loud,
      '',
      'hallucination',
    ],
    [
      'captions in German',
      heard(part('Untertitel der Amara.org-Community')),
      loud,
      '',
      'hallucination',
    ],
    ['music', heard(part('[Music]')), loud, '', 'hallucination'],
    [
      'music as a wish',
      heard(part('Music in the kitchen')),
      loud,
      'Music in the kitchen',
      undefined,
    ],
    ['a name that was called', heard(part('Ada!')), loud, 'Ada!', undefined],
    ['names echoed', heard(part('Ada, Bo.', 0.3)), loud, '', 'prompt-echo'],
    ['names with "and"', heard(part('Ada and Marie Claire', 0.01, -0.7)), loud, '', 'prompt-echo'],
    ['the whole prompt', heard(part('Ada, Bo, Marie Claire.', 0, -0.1)), loud, '', 'prompt-echo'],
    [
      'names in a sentence',
      heard(part('Call Ada and Bo', 0.3, -0.7)),
      loud,
      'Call Ada and Bo',
      undefined,
    ],
    ['only text, loud', { text: 'Thank you.', segments: [] }, loud, 'Thank you.', undefined],
    ['only text, faint', { text: 'Thank you.', segments: [] }, faint, '', 'hallucination'],
    [
      'only text, a sentence',
      { text: ' Hello there. ', segments: [] },
      faint,
      'Hello there.',
      undefined,
    ],
    ['only text, names, faint', { text: 'Ada.', segments: [] }, faint, '', 'prompt-echo'],
    ['nothing', { text: '', segments: [] }, loud, '', 'no-speech'],
    ['marks only', { text: '...', segments: [] }, loud, '', 'no-speech'],
    ['an empty segment', heard(part(' ')), loud, '', 'no-speech'],
  ])('%s', (...[, answer, loudness, text, dropped]) => {
    const judgement = judge(answer, { loudness, names, prompt });
    expect([judgement.text, judgement.dropped]).toEqual([text, dropped]);
    expect(judgement.confidence > 0).toBe(text !== '');
  });

  it('gives the mean probability as confidence', () => {
    const { confidence } = judge(heard(part('a', 0, -0.2), part('b', 0, -0.4)), {
      loudness: loud,
      names,
      prompt,
    });
    expect(confidence).toBeCloseTo(Math.exp(-0.3));
  });

  it('believes a name when no names are known', () => {
    const evidence = { loudness: loud, names: [], prompt: '' };
    expect(judge(heard(part('Ada', 0.3)), evidence).text).toBe('Ada');
  });
});
