/** One spoken sentence: how loud it is, what Butler heard, and what he answers. */
import { useEffect, useRef } from 'react';
import type { Conversation } from '../../talk/conversation.ts';
import { useMeter } from '../../talk/meter.ts';
import { useConversation, useTalkView } from '../../talk/talk-provider.tsx';
import { shownState, type View } from '../../talk/view.ts';
import { Button } from '../../ui/button.tsx';
import { Trouble } from '../../ui/states.tsx';
import { welcomeWords } from '../../words/welcome.ts';

const words = welcomeWords.talk;

/** Listens from the beginning: the press that brought it was the beginning. */
export function TryMicrophone() {
  const conversation = useConversation();
  const view = useTalkView();
  useEffect(() => {
    // After the conversation itself is open: that is done by what stands around.
    const timer = setTimeout(() => begin(conversation), 0);
    return () => clearTimeout(timer);
  }, [conversation]);
  const heard = lastOf(view, 'person');
  const answered = lastOf(view, 'butler');
  // One sentence is enough: whoever goes on reading should not be listened to.
  useEffect(() => {
    if (heard !== undefined && conversation.view.get().talk === 'open') conversation.toggle();
  }, [heard, conversation]);
  const listening = view.talk !== 'closed';
  return (
    <div className="grid gap-4">
      <Level active={view.talk === 'open'} levels={conversation.levels} />
      <p role="status" data-testid="trying">
        {sentenceOf(view, heard !== undefined)}
      </p>
      {view.notices
        .filter(({ tone }) => tone === 'alert')
        .map(({ kind, sentence, action }) => (
          <Trouble
            key={kind}
            sentence={sentence}
            {...(action && { again: () => conversation.act(kind) })}
          />
        ))}
      {heard !== undefined && (
        <dl className="grid gap-3">
          <Said term={words.heard} text={heard} name="heard" />
          {answered !== undefined && <Said term={words.answered} text={answered} name="answered" />}
        </dl>
      )}
      <div>
        <Button onClick={() => (listening ? conversation.toggle() : begin(conversation))}>
          {listening ? words.enough : words.speak}
        </Button>
      </div>
    </div>
  );
}

/** Why the browser will ask stands above the button already. */
function begin(conversation: Conversation): void {
  conversation.toggle();
  if (!conversation.view.get().explaining) return;
  conversation.explained(true);
  conversation.toggle();
}

function lastOf(view: View, who: 'person' | 'butler'): string | undefined {
  return view.lines.list.findLast((line) => line.who === who && line.final && line.text !== '')
    ?.text;
}

function sentenceOf(view: View, isHeard: boolean): string {
  switch (shownState(view)) {
    case 'connecting':
    case 'reconnecting':
      return words.connecting;
    case 'offline':
      return words.offline;
    case 'opening':
      return words.waiting;
    case 'listening':
      return words.speakNow;
    default:
      return isHeard ? words.well : view.awaiting || view.talk === 'open' ? words.thinking : '';
  }
}

interface LevelProps {
  active: boolean;
  levels(): { person: number; butler: number };
}

function Level({ active, levels }: LevelProps) {
  const place = useRef<HTMLDivElement>(null);
  useMeter(place, active, levels);
  return (
    <div
      ref={place}
      role="img"
      aria-label={words.level}
      className="h-4 overflow-hidden rounded-full bg-tint"
    >
      <div
        className="h-full rounded-full bg-good"
        style={{ width: 'calc(var(--person-level, 0) * 100%)' }}
      />
    </div>
  );
}

function Said({ term, text, name }: { term: string; text: string; name: string }) {
  return (
    <div className="border-s-4 border-brass ps-4">
      <dt className="text-sm text-soft">{term}</dt>
      <dd className="font-serif text-lg" data-testid={name}>
        {text}
      </dd>
    </div>
  );
}
