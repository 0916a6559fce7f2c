/** How a text looks: what it is, and what a question wants. */
import { describe, expect, it } from 'vitest';
import { cue, cuesOf, cuesWanted } from './cues.ts';

describe('cuesOf', () => {
  it.each([
    ['Where did you go?', cue.isQuestion | cue.asks],
    ['Where did you go? I missed you', cue.asks],
    ['Lovely! [a photo of a dog: whose is it?]', 0],
    ['I went there yesterday', cue.time],
    ['Gestern war es schön', cue.time],
    ['we have two cats', cue.number],
    ['it was in Oslo', cue.name],
    ['Fine. Thanks', 0],
  ])('reads %j', (text, cues) => {
    expect(cuesOf(text)).toBe(cues);
  });
});

describe('cuesWanted', () => {
  it.each([
    ['When did Ada paint it?', cue.time],
    ['Wann war das?', cue.time],
    ['How many cats are there?', cue.number],
    ['Who gave her the lamp?', cue.name],
    ['What did I ask about Dune?', cue.asks],
    ['What does she like?', 0],
  ])('reads %j', (text, cues) => {
    expect(cuesWanted(text)).toBe(cues);
  });
});
