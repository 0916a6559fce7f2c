/** Both sides of the conversation, as it is being said. */
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { Line } from '../lines.ts';
import { words } from '../words.ts';

/** Closer to the end than this, the newest line stays in sight. */
const nearEndPixels = 120;
const announcedMax = 6;

export function Transcript({ lines, greeting }: { lines: readonly Line[]; greeting: string }) {
  const place = useRef<HTMLElement>(null);
  useStayAtEnd(place, lines);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs the keyboard too.
    <section className="transcript" aria-label={words.conversation} ref={place} tabIndex={0}>
      <div className="transcript-text">
        {lines.length === 0 && (
          <div className="greeting">
            <h1>{greeting}</h1>
            <p>{words.firstHint}</p>
          </div>
        )}
        <ol>
          {lines.map((line) => (
            <TranscriptLine key={line.key} line={line} />
          ))}
        </ol>
      </div>
      <Announcer lines={lines} />
    </section>
  );
}

function TranscriptLine({ line }: { line: Line }) {
  return (
    <li className={`line line-${line.who}`} data-final={line.final} data-cut={line.cut}>
      <span className="for-readers">{line.who === 'person' ? words.you : words.butler}: </span>
      <p data-testid={`transcript-${line.who}`}>{line.text}</p>
      {line.cut && <span className="cut">{words.interrupted}</span>}
    </li>
  );
}

/** Readers hear a line once, when it is complete, instead of at every word. */
function Announcer({ lines }: { lines: readonly Line[] }) {
  const complete = lines.filter((line) => line.final).slice(-announcedMax);
  return (
    <div className="for-readers" role="log" aria-live="polite" aria-relevant="additions">
      {complete.map((line) => (
        <p key={line.key}>
          {line.who === 'person' ? words.you : words.butler}: {line.text}
        </p>
      ))}
    </div>
  );
}

function useStayAtEnd(place: React.RefObject<HTMLElement | null>, lines: readonly Line[]): void {
  const atEnd = useRef(true);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const look = () => {
      const below = element.scrollHeight - element.scrollTop - element.clientHeight;
      atEnd.current = below < nearEndPixels;
    };
    element.addEventListener('scroll', look, { passive: true });
    return () => element.removeEventListener('scroll', look);
  }, [place]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every change of the lines may scroll.
  useLayoutEffect(() => {
    if (atEnd.current && place.current) place.current.scrollTop = place.current.scrollHeight;
  }, [lines, place]);
}
