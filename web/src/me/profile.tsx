/** Who one is to Butler, and how one talks with him. */
import { useAnswer } from '../app/questions.ts';
import { useSession } from '../app/session.tsx';
import { Button, ButtonLink } from '../ui/button.tsx';
import { LeaveIcon } from '../ui/icons.tsx';
import { Page, Section } from '../ui/page.tsx';
import { Answered } from '../ui/states.tsx';
import { Switch } from '../ui/switch.tsx';
import { profileWords as words } from '../words/profile.ts';
import { useDoors } from './doors.ts';
import { Look } from './profile/look.tsx';
import { Name } from './profile/name.tsx';
import { Password } from './profile/password.tsx';
import { Pin } from './profile/pin.tsx';
import { LanguageChoice, StartMode, WakeWord } from './profile/speaking.tsx';
import { VoicePicker } from './voices/voice-picker.tsx';

export default function Profile() {
  const { signOut } = useSession();
  return (
    <Page
      title={words.title}
      about={words.about}
      actions={
        <Button data-testid="sign-out" onClick={signOut}>
          <LeaveIcon className="size-5 rtl:-scale-x-100" aria-hidden="true" />
          {words.signOut}
        </Button>
      }
    >
      <Name />
      <Talking />
      <Voice />
      <Look />
      <Password />
      <Pin />
      <Section title={words.again} about={words.againAbout}>
        <div>
          <ButtonLink to="/welcome">{words.againAct}</ButtonLink>
        </div>
      </Section>
    </Page>
  );
}

function Talking() {
  const { answer, change } = useDoors();
  return (
    <Section title={words.talking} about={words.talkingAbout}>
      <Answered of={answer}>
        {({ doors }) => (
          <div className="grid gap-5">
            <LanguageChoice chosen={doors.language} change={(language) => change({ language })} />
            <StartMode
              chosen={doors.startMode}
              change={(startMode) => void change({ startMode })}
            />
            <WakeWord chosen={doors.wakeWord} change={(wakeWord) => void change({ wakeWord })} />
            <Switch
              label={words.followUp}
              hint={words.followUpHint}
              on={doors.followUp}
              change={(followUp) => void change({ followUp })}
            />
          </div>
        )}
      </Answered>
    </Section>
  );
}

function Voice() {
  const known = useAnswer('get /api/v1/onboarding', {});
  return (
    <Section title={words.voice} about={words.voiceAbout}>
      <Answered of={known} rows={6}>
        {({ voices, you }) => <VoicePicker voices={voices} chosen={you.voice} />}
      </Answered>
    </Section>
  );
}
