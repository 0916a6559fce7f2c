/** A new device at the door: it shows its code until another device has answered. */
import { useEffect } from 'react';
import { type DeviceAsked, Problem, type SignedIn } from '../api.ts';
import { answerFor } from '../waiting.ts';
import { words } from '../words.ts';

interface WaitingRoomProps {
  asked: DeviceAsked;
  enter(person: SignedIn): void;
  giveUp(reason: string): void;
}

export default function WaitingRoom({ asked, enter, giveUp }: WaitingRoomProps) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: one question for one request.
  useEffect(() => {
    const asking = new AbortController();
    const wait = async () => {
      try {
        const answer = await answerFor(asked, asking.signal);
        if (typeof answer === 'object') enter(answer);
        else giveUp(answer === 'refused' ? words.waitRefused : words.waitExpired);
      } catch (error) {
        if (asking.signal.aborted) return;
        giveUp(error instanceof Problem ? error.detail : words.unreachable);
      }
    };
    void wait();
    return () => asking.abort();
  }, [asked]);
  return (
    <div role="status">
      <p className="code" data-testid="code">
        {asked.code}
      </p>
      <button type="button" className="secondary" onClick={() => giveUp('')}>
        {words.cancel}
      </button>
    </div>
  );
}
