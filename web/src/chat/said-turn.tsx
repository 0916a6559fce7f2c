/** One exchange of the past: when, what the person said, what Butler answered. */
import type { ReactNode } from 'react';
import { IconButton } from '../ui/button.tsx';
import { useCopy } from '../ui/copying.ts';
import { chatWords as words } from '../words/chat.ts';
import { clockText } from '../words/moments.ts';
import { AnswerText } from './answer-text.tsx';
import type { SaidTurn } from './days.ts';
import { cleanText } from './harmless.ts';
import { CopyIcon } from './icons.ts';
import { excerptOf, marksOf, unsigned } from './marks.ts';

const saidBubble =
  'max-w-[85%] justify-self-end rounded-[1.125rem] rounded-ee-sm bg-tint px-3.5 py-2 ' +
  'whitespace-pre-wrap';

interface SaidTurnProps {
  turn: SaidTurn;
  /** What was searched for: its words are marked. */
  query?: string;
  /** Buttons beside the time. */
  children?: ReactNode;
}

export function SaidTurnView({ turn, query = '', children }: SaidTurnProps) {
  const copy = useCopy();
  const all = turn.messages.map(({ role, content }) => `${speaker(role)}: ${content}`);
  return (
    <li data-testid="said" className="grid min-w-0 gap-2">
      <div className="flex items-center gap-1 text-sm text-soft">
        <time dateTime={turn.at} className="me-auto tabular-nums">
          {clockText(new Date(turn.at))}
        </time>
        <IconButton
          label={words.copyExchange}
          onClick={() => void copy(cleanText(all.join('\n\n')))}
        >
          <CopyIcon className="size-4" aria-hidden="true" />
        </IconButton>
        {children}
      </div>
      {turn.messages.map((message) => (
        <div
          key={message.id}
          dir="auto"
          className={
            message.role === 'user' ? saidBubble : 'max-w-[38rem] font-serif text-lg/[1.5]'
          }
        >
          <span className="sr-only">{speaker(message.role)}: </span>
          <Words message={message} query={query} />
          {!message.heard && (
            <span className="font-sans text-base text-soft italic"> – {words.interrupted}</span>
          )}
        </div>
      ))}
    </li>
  );
}

function speaker(role: 'user' | 'assistant'): string {
  return role === 'user' ? words.you : words.butler;
}

function Words({ message, query }: { message: SaidTurn['messages'][number]; query: string }) {
  const { role, content } = message;
  if (query !== '') return <Marked text={unsigned(cleanText(content))} query={query} />;
  return role === 'user' ? cleanText(content) : <AnswerText text={content} final />;
}

function Marked({ text, query }: { text: string; query: string }) {
  const pieces = marksOf(excerptOf(text, query), query);
  return (
    <p className="whitespace-pre-wrap">
      {pieces.map((piece, at) =>
        piece.found ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text, in its order.
          <mark key={at} className="rounded bg-brass-light px-0.5 text-black">
            {piece.text}
          </mark>
        ) : (
          piece.text
        ),
      )}
    </p>
  );
}
