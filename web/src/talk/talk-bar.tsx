/** The conversation while another page is open: what goes on, and a way to end it. */
import { Link, useLocation } from 'wouter';
import { IconButton } from '../ui/button.tsx';
import { MicrophoneIcon, MutedIcon, StopIcon } from '../ui/icons.tsx';
import { chatWords } from '../words/chat.ts';
import { talkWords as words } from '../words/talk.ts';
import { activityOf } from './lines.ts';
import { useConversation, useTalkView } from './talk-provider.tsx';
import { type ShownState, shownState } from './view.ts';

const lively: ReadonlySet<ShownState> = new Set([
  'opening',
  'listening',
  'muted',
  'thinking',
  'speaking',
]);

export function TalkBar() {
  const [location] = useLocation();
  const conversation = useConversation();
  const view = useTalkView();
  const state = shownState(view);
  if (location === '/' || !lively.has(state)) return null;
  const open = view.talk === 'open' || view.talk === 'opening';
  const doing = activityOf(view.lines);
  return (
    <section
      aria-label={words.talkArea}
      data-testid="talk-bar"
      data-state={state}
      className="flex items-center gap-2 bg-door py-1 ps-4 pe-2 text-door-ink"
    >
      <Link href="/" className="flex min-h-11 min-w-0 grow items-center gap-2">
        <span
          aria-hidden="true"
          className="size-2.5 shrink-0 animate-pulse rounded-full bg-brass"
        />
        <span role="status" className="truncate">
          {doing === '' ? words.states[state] : chatWords.doing(doing)}
        </span>
        <span className="sr-only">{words.backToTalk}</span>
      </Link>
      {open && (
        <IconButton
          label={words.tapOn}
          className="!text-door-ink enabled:hover:!bg-door-deep"
          onClick={conversation.toggle}
        >
          {view.muted ? <MutedIcon aria-hidden="true" /> : <MicrophoneIcon aria-hidden="true" />}
        </IconButton>
      )}
      {(state === 'speaking' || state === 'thinking') && (
        <IconButton
          label={words.stop}
          data-testid="bar-stop"
          className="!text-door-ink enabled:hover:!bg-door-deep"
          onClick={conversation.stop}
        >
          <StopIcon className="fill-current" aria-hidden="true" />
        </IconButton>
      )}
    </section>
  );
}
