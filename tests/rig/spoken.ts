/** One spoken sentence to a Butler whose ears are the fake's: what it answers, and when. */
import { said } from '../speech/clips.ts';
import type { Providers } from './providers.ts';
import type { User } from './user.ts';

const answerWithinMs = 15_000;
const quietMs = 700;

export interface Heard {
  text: string;
  /** From the last sample of speech to the first sound. */
  latencyMs: number;
  soundAtMs: number;
}

/** @param answer a word that bridges a slow tool comes before it. */
export const speak = async (
  { user, providers }: { user: User; providers: Providers },
  text: string,
  answer = /./,
): Promise<Heard> => {
  providers.groq.always({ text });
  // A sentence without a pause: the words are the fake's, the same for every guess.
  const { samples } = said('Turn off the light in the bedroom.');
  const { startedAtMs, endedAtMs } = await user.say(samples);
  const soundAtMs = await user.ear.waitForSound(endedAtMs, answerWithinMs);
  const answered = await user.waitFor(
    'transcript',
    ({ who, final, text: heard }) =>
      who === 'butler' && final === true && answer.test(String(heard)),
    { sinceMs: startedAtMs, withinMs: answerWithinMs },
  );
  await user.ear.waitQuiet(quietMs);
  return { text: String(answered.text), latencyMs: soundAtMs - endedAtMs, soundAtMs };
};
