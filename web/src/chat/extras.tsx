/** What stands under an answer: its cards, the receipts of what was done, and open questions. */
import { Component, lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import type { AskExtra, DeedExtra, Extra } from '../talk/extras.ts';
import { Button } from '../ui/button.tsx';
import { Badge } from '../ui/page.tsx';
import { chatWords as words } from '../words/chat.ts';
import type { ChatActs } from './acts.ts';
import { cleanText } from './harmless.ts';
import { AskIcon, CheckIcon, PinIcon, UndoIcon } from './icons.ts';

const CardView = lazy(() => import('./cards/card.tsx'));

const receipt =
  'flex flex-wrap items-center gap-x-3 gap-y-1 rounded-2xl border border-rule bg-raised ' +
  'py-2 ps-4 pe-2';

interface AnswerExtrasProps {
  extras: readonly Extra[];
  acts: ChatActs;
}

export function AnswerExtras({ extras, acts }: AnswerExtrasProps) {
  if (extras.length === 0) return null;
  return (
    <div className="mt-3 grid max-w-[38rem] gap-3 font-sans text-base">
      {extras.map((extra) => (
        <AbsentWhereBroken key={`${extra.kind} ${extra.id}`}>
          {extra.kind === 'card' && (
            <Suspense fallback={<div className="h-24 animate-pulse rounded-3xl bg-tint" />}>
              <CardView card={extra.card} acts={acts} />
            </Suspense>
          )}
          {extra.kind === 'deed' && <Receipt deed={extra} undo={() => acts.undo(extra.id)} />}
          {extra.kind === 'ask' && <Question ask={extra} reply={acts.reply} />}
        </AbsentWhereBroken>
      ))}
    </div>
  );
}

/** What was done, whether it was checked, and the way back. */
function Receipt({ deed, undo }: { deed: DeedExtra; undo(): void }) {
  const [asked, setAsked] = useState(false);
  const say = cleanText(deed.say);
  const taken = deed.undone !== undefined;
  const Icon = deed.checked ? CheckIcon : AskIcon;
  return (
    <div data-testid="deed" data-checked={deed.checked} data-undone={taken} className={receipt}>
      <Icon
        className={`size-5 shrink-0 ${deed.checked ? 'text-good' : 'text-wait'}`}
        aria-hidden="true"
      />
      <p className={`min-w-40 flex-1 ${taken ? 'text-soft line-through' : ''}`} dir="auto">
        <span className="sr-only">{words.deed}: </span>
        {say}
      </p>
      <span title={deed.checked ? words.checkedHint : words.uncheckedHint}>
        <Badge tone={deed.checked ? 'good' : 'wait'}>
          {deed.checked ? words.checked : words.unchecked}
        </Badge>
      </span>
      {taken && <Badge>{words.undone}</Badge>}
      {deed.undo && (
        <Button
          kind="quiet"
          className="!px-3"
          aria-label={words.undoThis(say)}
          disabled={asked}
          data-testid="deed-undo"
          onClick={() => {
            setAsked(true);
            undo();
          }}
        >
          <UndoIcon className="size-4" aria-hidden="true" />
          {words.undo}
        </Button>
      )}
    </div>
  );
}

/** A question with its buttons; a PIN is said or typed, never pressed. */
function Question({ ask, reply }: { ask: AskExtra; reply: ChatActs['reply'] }) {
  const [replied, setReplied] = useState<boolean>();
  const secondsLeft = useSecondsLeft(ask.answer === undefined ? ask.expiresAt : undefined);
  const answer = ask.answer ?? (secondsLeft === 0 ? 'dropped' : undefined);
  const press = (yes: boolean) => {
    setReplied(yes);
    reply(ask.id, yes);
  };
  const Icon = ask.by === 'pin' ? PinIcon : AskIcon;
  return (
    <article
      aria-label={words.question}
      data-testid="ask"
      data-answer={answer}
      className="grid gap-3 rounded-2xl border border-rule-strong bg-raised p-4"
    >
      <div className="flex items-start gap-3">
        <Icon className="mt-0.5 size-5 shrink-0 text-wait" aria-hidden="true" />
        <p className="grow font-medium" dir="auto">
          {cleanText(ask.question)}
        </p>
        {answer === undefined && secondsLeft !== undefined && (
          <span className="shrink-0 text-sm tabular-nums text-soft" aria-live="off">
            {words.secondsLeft(secondsLeft)}
          </span>
        )}
      </div>
      {answer !== undefined && <p className="text-soft">{words.asked[answer]}</p>}
      {answer === undefined && ask.by === 'pin' && <p className="text-soft">{words.byPin}</p>}
      {answer === undefined && ask.by === 'yes' && (
        <div className="flex gap-3">
          <Button
            kind="primary"
            className="min-w-24"
            data-testid="ask-yes"
            disabled={replied !== undefined}
            busy={replied === true}
            onClick={() => press(true)}
          >
            {words.yes}
          </Button>
          <Button
            className="min-w-24"
            data-testid="ask-no"
            disabled={replied !== undefined}
            busy={replied === false}
            onClick={() => press(false)}
          >
            {words.no}
          </Button>
        </div>
      )}
    </article>
  );
}

/** Whole seconds until then, never below zero; undefined where there is no such moment. */
function useSecondsLeft(expiresAt: string | undefined): number | undefined {
  const ends = Date.parse(expiresAt ?? '');
  const [now, setNow] = useState(Date.now);
  const left = Number.isNaN(ends) ? undefined : Math.max(0, Math.ceil((ends - now) / 1_000));
  const running = left !== undefined && left > 0;
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [running]);
  return left;
}

/** A card that this page cannot draw says nothing that the answer does not say. */
class AbsentWhereBroken extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? null : this.props.children;
  }
}
