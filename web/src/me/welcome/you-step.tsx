/** The first step: what Butler calls a person, and in which language. */
import { useState } from 'react';
import type { AnswerOf } from '../../api/ask.ts';
import { sentenceOf } from '../../app/questions.ts';
import { TextField } from '../../ui/field.tsx';
import { Section } from '../../ui/page.tsx';
import { useTell } from '../../ui/toasts.tsx';
import { commonWords } from '../../words/everywhere.ts';
import { profileWords } from '../../words/profile.ts';
import { welcomeWords } from '../../words/welcome.ts';
import { useDoors } from '../doors.ts';
import { useRename } from '../profile/name.tsx';
import { LanguageChoice } from '../profile/speaking.tsx';
import { StepFrame } from './step-frame.tsx';

export type Known = AnswerOf<'get /api/v1/onboarding'>;

const words = welcomeWords.you;
const nameMax = 80;

export function YouStep({ known }: { known: Known }) {
  const tell = useTell();
  const { send } = useDoors();
  const { rename } = useRename();
  const [name, setName] = useState(known.you.name);
  const keepName = async (): Promise<boolean> => {
    const wanted = name.trim();
    if (wanted === '' || wanted === known.you.name) return true;
    try {
      await rename(wanted);
      return true;
    } catch (error) {
      tell({ tone: 'alert', sentence: sentenceOf(error, commonWords.failed) });
      return false;
    }
  };
  // Another language loads the page again: what was typed must not be lost by it.
  const change = async (language: string | null) => (await keepName()) && send({ language });
  return (
    <StepFrame step="you" title={words.title(known.you.name)} about={words.about} keep={keepName}>
      <Section title={words.name}>
        <TextField
          label={profileWords.name}
          name="name"
          autoComplete="name"
          required
          maxLength={nameMax}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <LanguageChoice chosen={known.you.language} change={change} />
      </Section>
    </StepFrame>
  );
}
