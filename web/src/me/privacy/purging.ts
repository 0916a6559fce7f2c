/** The order to be deleted, and what is said of it: by then the person is out of the house. */
import { useEffect, useRef, useState } from 'react';
import type { AnswerOf, Question } from '../../api/ask.ts';
import { call, Problem } from '../../api/calls.ts';
import { sentenceOf } from '../../app/questions.ts';
import { useSession } from '../../app/session.tsx';
import { bidFarewell } from '../../entrance/farewell.ts';
import { commonWords } from '../../words/everywhere.ts';
import { language } from '../../words/language.ts';
import { dateText } from '../../words/moments.ts';
import { privacyWords as words } from '../../words/privacy.ts';

type Order = Question<'post /api/v1/purge'>['json'];
export type PurgeReport = AnswerOf<'post /api/v1/purge'>;

/** However long it takes: what was begun goes on, and only its end tells what was found. */
export function usePurge() {
  const { token, signedOut } = useSession();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState('');
  const [isLastOwner, setLastOwner] = useState(false);
  const isHere = useIsHere();
  const order = async (json: Order) => {
    setBusy(true);
    setTrouble('');
    // The house closes the person's devices on its way: this page may go before the answer.
    bidFarewell({ tone: 'wait', sentences: [words.purging] });
    try {
      const response = await call('/api/v1/purge', { body: json, token });
      bidFarewell(farewellOf((await response.json()) as PurgeReport, new Date()));
      if (isHere.current) signedOut();
    } catch (error) {
      const sentence = sentenceOf(error, commonWords.failed);
      bidFarewell(isHere.current ? undefined : { tone: 'alert', sentences: [sentence] });
      const isLast = error instanceof Problem && error.code === 'purge-last-owner';
      if (isLast) setLastOwner(true);
      else setTrouble(sentence);
      setBusy(false);
    }
  };
  return { order, busy, trouble, isLastOwner };
}

function useIsHere() {
  const isHere = useRef(false);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  return isHere;
}

/** What was deleted, what was found afterwards, and what a deletion cannot reach at once. */
export function farewellOf(report: PurgeReport, now: Date) {
  const { rows, remaining, accounts, backupsUntil } = report;
  const count = Object.values(rows).reduce((sum, each) => sum + each, 0);
  const number = (value: number) => value.toLocaleString(language);
  const deleted =
    remaining === 0
      ? words.purged(number(count))
      : words.purgedLeft(number(count), number(remaining));
  const backups = words.purgedBackups(dateText(new Date(backupsUntil), now));
  const elsewhere = accounts.map(({ sentence }) => sentence);
  const tone = remaining === 0 ? ('good' as const) : ('alert' as const);
  return { tone, sentences: [words.purgedTitle, deleted, ...elsewhere, backups] };
}
