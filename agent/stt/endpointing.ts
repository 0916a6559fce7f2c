/** When has a person finished? Pure: silence and words in, a decision out. */

export interface EndpointingLimits {
  /** Silence after which the utterance is transcribed on a guess that it is over. */
  guessAfterMs: number;
  /** Silence that ends a sentence that a tool declares: there is nothing to be added to it. */
  commandMs: number;
  /** Silence that ends a finished sentence. */
  finishedMs: number;
  /** Silence that ends a sentence which sounds unfinished ("turn on the"). */
  unfinishedMs: number;
  /** Silence after which sound without words is dropped. */
  wordlessMs: number;
  /** Guesses for one utterance; each costs a transcription. */
  guessesMax: number;
}

/** Transcription takes a round trip: guess early, the answer hides in the wait. */
export const remoteEndpointing: EndpointingLimits = {
  guessAfterMs: 160,
  commandMs: 250,
  finishedMs: 350,
  unfinishedMs: 1400,
  wordlessMs: 300,
  guessesMax: 6,
};

/** Transcription takes both cores for most of a second: guess late and seldom. */
export const localEndpointing: EndpointingLimits = {
  ...remoteEndpointing,
  guessAfterMs: 280,
  guessesMax: 3,
};

/** How the words so far end. */
export type Ending = 'command' | 'finished' | 'unfinished';

export type Verdict = 'wait' | 'think' | 'commit' | 'drop';

/**
 * What to do with a transcript whose speaker has been silent for `silenceMs`.
 * `think` starts the mind early; nothing is spoken or done before `commit`.
 */
export const judgeEnd = (
  heard: { text: string; silenceMs: number; ending: Ending; certainlySpeaking: boolean },
  limits: EndpointingLimits,
): Verdict => {
  if (heard.text === '') return heard.silenceMs >= limits.wordlessMs ? 'drop' : 'wait';
  const neededMs = limits[`${heard.ending}Ms`];
  if (heard.silenceMs >= neededMs && !heard.certainlySpeaking) return 'commit';
  // A sentence that stops in the middle would be thought about twice: wait for the rest of it.
  return heard.ending === 'unfinished' ? 'wait' : 'think';
};
