/** An answer's text: plain at once, as markdown as soon as that is there and needed. */
import { Component, lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { chatWords as words } from '../words/chat.ts';
import { cleanText, isPlain } from './harmless.ts';

const Markdown = lazy(() => import('./markdown.tsx'));

/** A growing answer is drawn anew at most this often. */
const drawEveryMs = 80;
/** Longer answers are shown in part until somebody wants all of it. */
const shownMax = 20_000;

interface AnswerTextProps {
  text: string;
  final: boolean;
}

export function AnswerText({ text, final }: AnswerTextProps) {
  const paced = cleanText(usePaced(text, final));
  const [whole, setWhole] = useState(false);
  const long = paced.length > shownMax && !whole;
  const shown = long ? cutAt(paced, shownMax) : paced;
  const plain = <p className="whitespace-pre-wrap">{shown}</p>;
  return (
    <>
      {isPlain(shown) ? (
        plain
      ) : (
        <PlainWhereBroken plain={plain}>
          <Suspense fallback={plain}>
            <Markdown text={shown} />
          </Suspense>
        </PlainWhereBroken>
      )}
      {long && (
        <Button className="mt-3 font-sans text-base" onClick={() => setWhole(true)}>
          {words.showWhole}
        </Button>
      )}
    </>
  );
}

/** At the end of a line where one is near, so that no row of a table is cut. */
function cutAt(text: string, length: number): string {
  const lineEnd = text.lastIndexOf('\n', length);
  return text.slice(0, lineEnd > length / 2 ? lineEnd : length);
}

/** The text as it was at most `drawEveryMs` ago; its end at once. */
function usePaced(text: string, final: boolean): string {
  const [shown, setShown] = useState(text);
  const latest = useRef(text);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    latest.current = text;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      setShown(latest.current);
    }, drawEveryMs);
  }, [text]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  return final ? text : shown;
}

interface Guarded {
  plain: ReactNode;
  children: ReactNode;
}

/** No text of a model may take the page away: what cannot be drawn is shown as it is. */
class PlainWhereBroken extends Component<Guarded, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? this.props.plain : this.props.children;
  }
}
