/** A new device at the door: it shows its code until another device has answered. */
import { useEffect } from 'react';
import { type DeviceAsked, Problem, type SignedIn } from '../api/api.ts';
import { Button } from '../ui/button.tsx';
import { entranceWords as words } from '../words/entrance.ts';
import { answerFor } from './waiting.ts';

const shownCode =
  'rounded-3xl border border-rule-strong bg-raised px-6 py-4 ' +
  'font-serif text-4xl tracking-[0.15em] tabular-nums';

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
        giveUp(error instanceof Problem ? error.detail : words.failed);
      }
    };
    void wait();
    return () => asking.abort();
  }, [asked]);
  return (
    <div className="grid justify-items-start gap-6">
      <p data-testid="code" className={shownCode}>
        {asked.code}
      </p>
      <p role="status" className="text-soft">
        {words.waiting}
      </p>
      <Button onClick={() => giveUp('')}>{words.cancel}</Button>
    </div>
  );
}
