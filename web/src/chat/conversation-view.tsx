/** Both sides of the conversation as it is being said, with what belongs to each answer. */
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { placed } from '../talk/extras.ts';
import { activityOf, type Line, type Lines } from '../talk/lines.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { useCopy } from '../ui/copying.ts';
import { chatWords as words } from '../words/chat.ts';
import type { ChatActs } from './acts.ts';
import { AnswerText } from './answer-text.tsx';
import { EarlierToday } from './earlier.tsx';
import { AnswerExtras } from './extras.tsx';
import { cleanText } from './harmless.ts';
import { CopyIcon, DownIcon } from './icons.ts';

/** Closer to the end than this, the newest line stays in sight. */
const nearEndPixels = 120;
const announcedMax = 6;
/** A reader is told the beginning of a long answer; the rest can be read on the page. */
const announcedCharactersMax = 2_000;

const scroller =
  'flex min-h-0 flex-1 flex-col overflow-y-auto overscroll-contain ' +
  'focus-visible:-outline-offset-3';
const bubble =
  'mt-5 max-w-[85%] justify-self-end rounded-[1.125rem] rounded-ee-sm bg-tint px-3.5 py-2 ' +
  'whitespace-pre-wrap data-[final=false]:text-soft';
const speech =
  'mt-2.5 max-w-[38rem] font-serif text-[1.3125rem]/[1.45] text-pretty md:text-[1.4375rem]/[1.45]';
/** A mouse sees it where it points; fingers see it always. */
const onlyPointed =
  '-ms-3 -mt-1 -mb-3 transition-opacity pointer-fine:opacity-0 ' +
  'pointer-fine:group-focus-within:opacity-100 pointer-fine:group-hover:opacity-100';

interface ConversationViewProps {
  lines: Lines;
  greeting: string;
  acts: ChatActs;
}

export function ConversationView({ lines, greeting, acts }: ConversationViewProps) {
  const place = useRef<HTMLElement>(null);
  const { atEnd, toEnd } = useStayAtEnd(place, lines);
  const rows = useMemo(() => placed(lines), [lines]);
  const activity = activityOf(lines);
  return (
    <div className="relative flex min-h-16 flex-1 flex-col">
      <section
        ref={place}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard too.
        tabIndex={0}
        aria-label={words.conversation}
        data-testid="conversation"
        className={scroller}
      >
        <div className="mx-auto mt-auto w-full max-w-[46rem] px-5 py-4 md:px-8 md:py-8">
          <EarlierToday lines={lines} />
          {rows.length > 0 ? (
            <h1 className="sr-only">{words.conversation}</h1>
          ) : (
            <div className="pb-4">
              <h1 className="text-4xl md:text-5xl">{greeting}</h1>
              <p className="mt-3 max-w-[30rem] text-lg text-soft">{words.firstHint}</p>
            </div>
          )}
          <ol className="grid grid-cols-1 gap-1.5">
            {rows.map(({ key, line, extras }) => (
              <li key={key} className="group grid min-w-0">
                {line && <SaidLine line={line} />}
                <AnswerExtras extras={extras} acts={acts} />
              </li>
            ))}
          </ol>
          <Activity doing={activity} />
        </div>
      </section>
      {!atEnd && (
        <Button
          className="absolute inset-x-0 bottom-3 mx-auto w-fit shadow-lg"
          data-testid="to-newest"
          onClick={toEnd}
        >
          <DownIcon className="size-4" aria-hidden="true" />
          {words.toNewest}
        </Button>
      )}
      <Announcer lines={lines.list} />
    </div>
  );
}

function SaidLine({ line }: { line: Line }) {
  return line.who === 'person' ? <PersonLine line={line} /> : <ButlerLine line={line} />;
}

function PersonLine({ line }: { line: Line }) {
  return (
    <div data-final={line.final} dir="auto" className={bubble}>
      <span className="sr-only">{words.you}: </span>
      <p className="inline" data-testid="transcript-person">
        {cleanText(line.text)}
      </p>
    </div>
  );
}

function ButlerLine({ line }: { line: Line }) {
  const copy = useCopy();
  return (
    <div data-final={line.final} data-cut={line.cut} className={speech}>
      <span className="sr-only">{words.butler}: </span>
      <div data-testid="transcript-butler" dir="auto">
        <AnswerText text={line.text} final={line.final} />
      </div>
      {line.cut && (
        <p className="mt-1 font-sans text-base text-soft italic before:content-['–_']">
          {words.interrupted}
        </p>
      )}
      {line.final && (
        <IconButton
          label={words.copyAnswer}
          className={onlyPointed}
          data-testid="copy-answer"
          onClick={() => void copy(cleanText(line.text))}
        >
          <CopyIcon className="size-4" aria-hidden="true" />
        </IconButton>
      )}
    </div>
  );
}

/** What Butler is doing while nothing is said yet. */
function Activity({ doing }: { doing: string }) {
  return (
    <p
      role="status"
      data-testid="activity"
      className={doing === '' ? 'sr-only' : 'mt-3 flex items-center gap-2.5 text-soft italic'}
    >
      {doing !== '' && (
        <span aria-hidden="true" className="size-2 animate-pulse rounded-full bg-brass" />
      )}
      {doing !== '' && words.doing(cleanText(doing))}
    </p>
  );
}

/** Readers hear a line once, when it is complete, instead of at every word. */
function Announcer({ lines }: { lines: readonly Line[] }) {
  const complete = lines.filter((line) => line.final).slice(-announcedMax);
  return (
    <div className="sr-only" role="log" aria-live="polite" aria-relevant="additions">
      {complete.map((line) => (
        <p key={line.key}>
          {line.who === 'person' ? words.you : words.butler}:{' '}
          {cleanText(line.text).slice(0, announcedCharactersMax)}
        </p>
      ))}
    </div>
  );
}

/** The end stays in sight while it grows, unless somebody has gone back to read. */
function useStayAtEnd(place: RefObject<HTMLElement | null>, lines: Lines) {
  const [atEnd, setAtEnd] = useState(true);
  const stays = useRef(true);
  useEffect(() => {
    const element = place.current;
    const content = element?.firstElementChild;
    if (!element || !content) return;
    let top = element.scrollTop;
    const look = () => {
      const below = element.scrollHeight - element.scrollTop - element.clientHeight;
      // What grows since then moves nobody away from the end; only going back does.
      if (below < nearEndPixels) stays.current = true;
      else if (element.scrollTop < top) stays.current = false;
      top = element.scrollTop;
      setAtEnd(stays.current);
    };
    // Pictures, tables and markdown grow after they were put there.
    const grown = new ResizeObserver(() => {
      if (stays.current) element.scrollTop = element.scrollHeight;
      else look();
    });
    grown.observe(content);
    grown.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      grown.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [place]);
  // What the person says or types brings them back to it.
  const newest = lines.list.at(-1);
  const saidKey = newest?.who === 'person' ? newest.key : 0;
  useLayoutEffect(() => {
    if (saidKey === 0 && !stays.current) return;
    if (place.current) place.current.scrollTop = place.current.scrollHeight;
  }, [saidKey, place]);
  const toEnd = () => {
    stays.current = true;
    setAtEnd(true);
    place.current?.scrollTo({ top: place.current.scrollHeight });
    place.current?.focus();
  };
  return { atEnd, toEnd };
}
