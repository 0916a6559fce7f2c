/** What may interrupt a person, and when; each choice is kept at once and can be taken back. */
import { useEffect, useState } from 'react';
import { useIsOwner } from '../../app/session.tsx';
import { TextField } from '../../ui/field.tsx';
import { Section } from '../../ui/page.tsx';
import { Answered } from '../../ui/states.tsx';
import { Switch } from '../../ui/switch.tsx';
import { notificationWords as words } from '../../words/notifications.ts';
import { isOfTheHouse, type Topic, topicOf, topics, urgentCodes } from './topics.ts';
import { useWishes, type Wishes } from './wishes.ts';

type Quiet = NonNullable<Wishes['quiet']>;

/** What most people call night. */
const night: Quiet = { from: '22:00', to: '07:00' };

export function Preferences() {
  const { answer, keep, busy } = useWishes();
  return (
    <Section title={words.preferences} about={words.preferencesHint}>
      <Answered of={answer}>
        {({ notifications }) => <Form wishes={notifications} keep={keep} busy={busy} />}
      </Answered>
    </Section>
  );
}

interface FormProps {
  wishes: Wishes;
  keep(part: Partial<Wishes>): void;
  busy: boolean;
}

function Form({ wishes, keep, busy }: FormProps) {
  const { channels, quiet } = wishes;
  const channel = (name: 'app' | 'spoken') => (
    <Switch
      label={words[name]}
      hint={words[`${name}Hint`]}
      on={channels[name]}
      disabled={busy}
      change={(on) => keep({ channels: { ...channels, [name]: on } })}
    />
  );
  return (
    <div className="grid gap-4">
      {channel('app')}
      {channel('spoken')}
      <Topics wishes={wishes} keep={keep} busy={busy} />
      <Switch
        label={words.quiet}
        hint={words.quietHint}
        on={quiet !== null}
        disabled={busy}
        change={(on) => keep({ quiet: on ? night : null })}
      />
      {quiet && <QuietHours quiet={quiet} change={(to) => keep({ quiet: to })} />}
      {quiet && <Urgent wishes={wishes} keep={keep} busy={busy} />}
    </div>
  );
}

function Topics({ wishes, keep, busy }: FormProps) {
  const isOwner = useIsOwner();
  const shown = topics.filter((topic) => isOwner || !isOfTheHouse(topic));
  const change = (topic: Topic, on: boolean) => keep({ topics: { ...wishes.topics, [topic]: on } });
  return (
    <fieldset className="grid gap-1">
      <legend className="mb-1.5 font-medium">{words.tellOf}</legend>
      {shown.map((topic) => (
        <Switch
          key={topic}
          label={words.topics[topic]}
          on={wishes.topics[topic]}
          disabled={busy}
          change={(on) => change(topic, on)}
        />
      ))}
    </fieldset>
  );
}

function QuietHours({ quiet, change }: { quiet: Quiet; change(to: Quiet): void }) {
  const [entered, setEntered] = useState(quiet);
  useEffect(() => setEntered(quiet), [quiet]);
  const isChanged = entered.from !== quiet.from || entered.to !== quiet.to;
  const isWhole = entered.from !== '' && entered.to !== '';
  const field = (end: 'from' | 'to') => (
    <TextField
      type="time"
      label={words[end]}
      value={entered[end]}
      onChange={({ target }) => setEntered({ ...entered, [end]: target.value })}
      // Not at each key: half an hour typed would be kept.
      onBlur={() => isChanged && isWhole && change(entered)}
    />
  );
  return (
    <div className="grid max-w-sm grid-cols-2 gap-4">
      {field('from')}
      {field('to')}
    </div>
  );
}

/** Of topics that are told at all, what is told in quiet hours, too. */
function Urgent({ wishes, keep, busy }: FormProps) {
  const isOwner = useIsOwner();
  const { urgent } = wishes;
  const shown = urgentCodes.filter((code) => {
    const topic = topicOf(code);
    return wishes.topics[topic] && (isOwner || !isOfTheHouse(topic));
  });
  const change = (code: string, on: boolean) =>
    keep({ urgent: on ? [...urgent, code] : urgent.filter((one) => one !== code) });
  if (shown.length === 0) return null;
  return (
    <fieldset className="grid gap-1">
      <legend className="mb-1.5 font-medium">{words.urgent}</legend>
      {shown.map((code) => (
        <Switch
          key={code}
          label={words.urgentCodes[code]}
          on={urgent.includes(code)}
          disabled={busy}
          change={(on) => change(code, on)}
        />
      ))}
    </fieldset>
  );
}
