/** Timers, counting down. */
import { useEffect, useState } from 'react';
import { sentenceOf, useOrder } from '../../app/questions.ts';
import { IconButton } from '../../ui/button.tsx';
import { cardWords as words } from '../../words/cards.ts';
import { commonWords } from '../../words/everywhere.ts';
import type { CardOf } from '../card.ts';
import { CancelIcon, TimerIcon } from '../icons.ts';
import { Frame, Outside } from './frame.tsx';
import { leftText } from './measures.ts';

export function Timers({ card: { timers } }: { card: CardOf<'timers'> }) {
  const [now, setNow] = useState(Date.now);
  const running = timers.some(({ dueAt }) => Date.parse(dueAt) > now);
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [running]);
  return (
    <Frame kind="timers" title={words.timers} empty={timers.length === 0 && words.noTimers}>
      <ul className="grid grid-cols-1 gap-3">
        {timers.map((timer) => (
          <OneTimer
            key={timer.id}
            timer={timer}
            leftMs={Math.max(0, Date.parse(timer.dueAt) - now)}
          />
        ))}
      </ul>
    </Frame>
  );
}

interface OneTimerProps {
  timer: CardOf<'timers'>['timers'][number];
  leftMs: number;
}

function OneTimer({ timer, leftMs }: OneTimerProps) {
  const cancel = useOrder('delete /api/v1/schedule/:id', { changes: ['get /api/v1/schedule'] });
  const name = timer.name ?? words.timer;
  const runs = leftMs > 0 && !cancel.isSuccess;
  return (
    <li data-testid="timer" className="grid grid-cols-1 gap-1.5">
      <div className="flex min-h-11 items-center gap-2.5">
        <TimerIcon className="size-5 shrink-0 text-link" aria-hidden="true" />
        <span className={`grow ${cancel.isSuccess ? 'text-soft line-through' : ''}`}>
          <Outside>{name}</Outside>
        </span>
        {!cancel.isSuccess && (
          <span role="timer" data-testid="timer-left" className="font-serif text-2xl tabular-nums">
            {leftMs === 0 ? words.timerOver : leftText(leftMs)}
          </span>
        )}
        {runs && (
          <IconButton
            label={words.timerCancel(name)}
            busy={cancel.isPending}
            onClick={() => cancel.mutate({ param: { id: timer.id } })}
          >
            <CancelIcon className="size-4" aria-hidden="true" />
          </IconButton>
        )}
      </div>
      {runs && <Bar part={timer.lengthMs > 0 ? leftMs / timer.lengthMs : 0} />}
      <p role="status" className="text-sm text-soft">
        {cancel.isSuccess && words.timerCancelled}
        {cancel.error && sentenceOf(cancel.error, commonWords.failed)}
      </p>
    </li>
  );
}

/** @param part 0..1; the number beside it says the same. */
function Bar({ part }: { part: number }) {
  return (
    <div aria-hidden="true" className="h-1.5 overflow-hidden rounded-full bg-tint">
      <div
        className="h-full rounded-full bg-brass"
        style={{ inlineSize: `${Math.min(1, part) * 100}%` }}
      />
    </div>
  );
}
