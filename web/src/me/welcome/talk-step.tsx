/** The fourth step: how a conversation begins, and whether the microphone works. */
import { useState } from 'react';
import { TalkProvider } from '../../talk/talk-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { MicrophoneIcon } from '../../ui/icons.tsx';
import { Section } from '../../ui/page.tsx';
import { Answered } from '../../ui/states.tsx';
import { profileWords } from '../../words/profile.ts';
import { welcomeWords } from '../../words/welcome.ts';
import { useDoors } from '../doors.ts';
import { StartMode } from '../profile/speaking.tsx';
import { StepFrame } from './step-frame.tsx';
import { TryMicrophone } from './try-microphone.tsx';

const words = welcomeWords.talk;

export function TalkStep() {
  const { answer, send } = useDoors();
  const [trying, setTrying] = useState(false);
  return (
    <StepFrame step="talk" title={words.title} about={words.about}>
      <Section title={profileWords.talking}>
        <Answered of={answer} rows={1}>
          {({ doors }) => (
            <StartMode chosen={doors.startMode} change={(startMode) => void send({ startMode })} />
          )}
        </Answered>
      </Section>
      <Section title={words.tryTitle} about={words.tryText}>
        {trying ? (
          <TalkProvider>
            <TryMicrophone />
          </TalkProvider>
        ) : (
          <div>
            <Button data-testid="try" onClick={() => setTrying(true)}>
              <MicrophoneIcon className="size-5" aria-hidden="true" />
              {words.tryAct}
            </Button>
          </div>
        )}
      </Section>
    </StepFrame>
  );
}
