/** The page speaks the language of whoever is signed in, where they have chosen one. */
import { useEffect } from 'react';
import { speak } from '../words/language.ts';
import { useAnswer } from './questions.ts';

export function OwnLanguage() {
  const { data } = useAnswer('get /api/v1/me', {});
  const chosen = data?.doors.language ?? undefined;
  useEffect(() => {
    if (chosen !== undefined) speak(chosen);
  }, [chosen]);
  return null;
}
