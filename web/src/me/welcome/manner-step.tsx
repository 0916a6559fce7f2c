/** The second step: how Butler is; each choice is kept at once. */
import { useState } from 'react';
import { sentenceOf, useOrder } from '../../app/questions.ts';
import { useSession } from '../../app/session.tsx';
import { Section } from '../../ui/page.tsx';
import { useTell } from '../../ui/toasts.tsx';
import { commonWords } from '../../words/everywhere.ts';
import { soulWords } from '../../words/soul.ts';
import { welcomeWords } from '../../words/welcome.ts';
import { useHearing } from '../manner/hearing.ts';
import { Presets } from '../manner/presets.tsx';
import { HearButton, Sample } from '../manner/sample.tsx';
import { ButlerName, SoulChoices } from '../manner/soul-fields.tsx';
import { changesOf, patchOf, presetsInLanguage, type Soul } from '../manner/souls.ts';
import { StepFrame } from './step-frame.tsx';
import type { Known } from './you-step.tsx';

const words = welcomeWords.manner;

export function MannerStep({ known }: { known: Known }) {
  const { user } = useSession();
  const tell = useTell();
  const [soul, setSoul] = useState<Soul>(known.you.soul);
  const hearing = useHearing(user.id);
  const order = useOrder('patch /api/v1/users/:id/soul', {
    changes: ['get /api/v1/users/:id/soul', 'get /api/v1/onboarding'],
  });
  const keep = async (next: Soul): Promise<boolean> => {
    try {
      await order.mutateAsync({ param: { id: user.id }, json: patchOf(next) });
      return true;
    } catch (error) {
      tell({ tone: 'alert', sentence: sentenceOf(error, commonWords.failed) });
      return false;
    }
  };
  const change = (part: Partial<Soul>) => {
    const next = { ...soul, ...part };
    setSoul(next);
    void keep(next);
  };
  const keepName = async () => changesOf(known.you.soul, soul).length === 0 || keep(soul);
  return (
    <StepFrame step="manner" title={words.title} about={words.about} keep={keepName}>
      <Section title={soulWords.presets}>
        <Presets
          soul={soul}
          presets={presetsInLanguage(known.presets)}
          hearing={hearing}
          choose={change}
        />
      </Section>
      <Section title={soulWords.manner}>
        <ButlerName soul={soul} change={(part) => setSoul({ ...soul, ...part })} />
        <SoulChoices soul={soul} change={change} />
        <div>
          <HearButton hearing={hearing} hear={() => void hearing.hear('soul', patchOf(soul))} />
        </div>
        <Sample sentence={hearing.sentence} />
      </Section>
    </StepFrame>
  );
}
