/** A device that waits for another one's answer: it asks until there is one. */
import type { DeviceAsked, SignedIn } from '../api/api.ts';
import { ask } from '../api/ask.ts';

/** As the house asks for it. */
const askEveryMs = 2_000;

/** Throws `Problem` where the house does not answer. */
export async function answerFor(
  { id, secret }: DeviceAsked,
  signal: AbortSignal,
): Promise<SignedIn | 'refused' | 'expired'> {
  for (;;) {
    const question = { param: { id }, json: { secret }, signal };
    const answer = await ask('post /api/v1/auth/register/:id', question);
    if (answer.state === 'approved') return answer;
    if (answer.state !== 'pending') return answer.state;
    await pause(askEveryMs, signal);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}
