/** The first steps of a person: each is kept as it is done, and all can be done again. */
import type { ReactNode } from 'react';
import { Link, useSearch } from 'wouter';
import { BellMark } from '../app/bell-mark.tsx';
import { useAnswer } from '../app/questions.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Page, Section } from '../ui/page.tsx';
import { Answered } from '../ui/states.tsx';
import { commonWords } from '../words/everywhere.ts';
import { welcomeWords as words } from '../words/welcome.ts';
import { VoicePicker } from './voices/voice-picker.tsx';
import { AccountsStep } from './welcome/accounts-step.tsx';
import { MannerStep } from './welcome/manner-step.tsx';
import { StepFrame } from './welcome/step-frame.tsx';
import { type Step, stepOf, steps } from './welcome/steps.ts';
import { TalkStep } from './welcome/talk-step.tsx';
import { type Known, YouStep } from './welcome/you-step.tsx';

export default function Welcome() {
  const step = stepOf(useSearch());
  const known = useAnswer('get /api/v1/onboarding', {});
  return (
    <div className="flex h-dvh flex-col">
      <Header step={step} />
      <main id="page" className="min-h-0 grow overflow-y-auto">
        <Answered of={known} rows={5}>
          {(answer) => <Shown step={step} known={answer} />}
        </Answered>
      </main>
    </div>
  );
}

const skip = 'inline-flex min-h-11 shrink-0 items-center rounded-full px-3 text-link hover:bg-tint';

function Header({ step }: { step: Step }) {
  const at = steps.indexOf(step) + 1;
  return (
    <header className="border-b border-rule bg-raised">
      <div className="mx-auto flex max-w-4xl items-center gap-3 px-4 py-2 sm:px-8">
        <BellMark />
        <div className="grid min-w-0 grow gap-1.5">
          <p className="truncate text-sm text-soft">
            {words.progress(at, steps.length)} · {words[step].name}
          </p>
          <div aria-hidden="true" className="flex gap-1">
            {steps.map((one, index) => (
              <span
                key={one}
                className={`h-1.5 grow rounded-full ${index < at ? 'bg-brass' : 'bg-tint'}`}
              />
            ))}
          </div>
        </div>
        {step !== 'done' && (
          <Link href="/" title={words.skipHint} data-testid="skip" className={skip}>
            {words.skip}
          </Link>
        )}
      </div>
    </header>
  );
}

function Shown({ step, known }: { step: Step; known: Known }): ReactNode {
  switch (step) {
    case 'you':
      return <YouStep key={known.you.name} known={known} />;
    case 'manner':
      return <MannerStep known={known} />;
    case 'voice':
      return <VoiceStep known={known} />;
    case 'talk':
      return <TalkStep />;
    case 'accounts':
      return <AccountsStep known={known} />;
    case 'done':
      return <Done known={known} />;
  }
}

function VoiceStep({ known }: { known: Known }) {
  return (
    <StepFrame step="voice" title={words.voice.title} about={words.voice.about}>
      <Section title={words.voice.name}>
        <VoicePicker voices={known.voices} chosen={known.you.voice} />
      </Section>
    </StepFrame>
  );
}

function Done({ known }: { known: Known }) {
  const butler = known.you.soul.butler_name || commonWords.butler;
  return (
    <Page title={words.done.title(butler)} about={words.done.about}>
      <div className="flex flex-wrap gap-3" data-testid="step-done">
        <ButtonLink to="/" kind="primary">
          {words.done.talk}
        </ButtonLink>
        <ButtonLink to="/me/profile">{words.done.profile}</ButtonLink>
      </div>
    </Page>
  );
}
