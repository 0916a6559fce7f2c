/** What belongs to voice on this device: microphone, loudspeaker, how loud, how to begin. */
import { useState } from 'react';
import { sentenceOf, useOrder } from '../app/questions.ts';
import { useSession } from '../app/session.tsx';
import { chooseTheme, chosenTheme, themes } from '../app/theme.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Choice } from '../ui/field.tsx';
import { Trouble } from '../ui/states.tsx';
import { OneOf, Slider, Switch } from '../ui/switch.tsx';
import type { AudioDevice } from '../voice/audio-choice.ts';
import { commonWords } from '../words/everywhere.ts';
import { talkWords as words } from '../words/talk.ts';
import { voiceWords } from '../words/voice.ts';
import { useOwnDoors } from './start-mode.tsx';
import { useConversation, useTalkView } from './talk-provider.tsx';

const percents = { min: 0, max: 100, step: 5 };
const waysToTalk = ['push_to_talk', 'app_open', 'wake_word'] as const;

export default function VoiceSettings({ close }: { close(): void }) {
  return (
    <Dialog title={words.settings} open close={close}>
      <DeviceChoices />
      <Loudness />
      <WayToTalk />
      <HeadsetKey />
      <Appearance />
    </Dialog>
  );
}

function DeviceChoices() {
  const { choose } = useConversation();
  const { choice, devices } = useTalkView();
  const nameless = devices.microphones.some(({ name }) => name === '');
  const canChoose = 'setSinkId' in AudioContext.prototype && devices.speakers.length > 0;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Choice
        label={words.microphone}
        hint={nameless ? words.namesLater : undefined}
        data-testid="microphone"
        value={choice.microphone}
        options={listed(choice.microphone, devices.microphones)}
        onChange={({ target }) => choose({ microphone: target.value })}
      />
      <Choice
        label={words.speaker}
        hint={canChoose ? undefined : voiceWords.speakerFixed}
        data-testid="speaker"
        disabled={!canChoose}
        value={choice.speaker}
        options={listed(choice.speaker, devices.speakers)}
        onChange={({ target }) => choose({ speaker: target.value })}
      />
    </div>
  );
}

function listed(chosen: string, devices: readonly AudioDevice[]) {
  const there = devices.map(({ id, name }, index) => ({
    value: id,
    name: name === '' ? words.unnamed(index + 1) : name,
  }));
  const gone = chosen !== '' && !devices.some(({ id }) => id === chosen);
  return [
    { value: '', name: words.system },
    ...there,
    ...(gone ? [{ value: chosen, name: words.notThere }] : []),
  ];
}

function Loudness() {
  const { choose } = useConversation();
  const { choice } = useTalkView();
  const percent = Math.round(choice.volume * 100);
  return (
    <Slider
      label={words.volume}
      shown={words.percent(percent)}
      value={percent}
      range={percents}
      change={(value) => choose({ volume: value / 100 })}
    />
  );
}

function WayToTalk() {
  const { user } = useSession();
  const doors = useOwnDoors();
  const order = useOrder('patch /api/v1/users/:id/doors', {
    changes: ['get /api/v1/users/:id/doors'],
  });
  const [wanted, setWanted] = useState<(typeof waysToTalk)[number]>();
  const trouble = doors.error ?? order.error;
  return (
    <>
      <OneOf
        label={words.way}
        value={wanted ?? doors.data?.doors.startMode ?? 'push_to_talk'}
        options={waysToTalk.map((value) => ({
          value,
          name: words.ways[value],
          hint: words.wayHints[value],
        }))}
        disabled={doors.data === undefined}
        change={(startMode) => {
          setWanted(startMode);
          order.mutate(
            { param: { id: user.id }, json: { startMode } },
            { onError: () => setWanted(undefined) },
          );
        }}
      />
      {trouble && <Trouble sentence={sentenceOf(trouble, commonWords.failed)} />}
    </>
  );
}

function HeadsetKey() {
  const { choose } = useConversation();
  const { choice } = useTalkView();
  if (!('mediaSession' in navigator)) return null;
  return (
    <Switch
      label={words.headset}
      hint={words.headsetHint}
      on={choice.headset}
      change={(headset) => choose({ headset })}
    />
  );
}

function Appearance() {
  const [theme, setTheme] = useState(chosenTheme);
  return (
    <OneOf
      label={words.theme}
      value={theme}
      options={themes.map((value) => ({ value, name: words.themes[value] }))}
      change={(next) => {
        setTheme(next);
        chooseTheme(next);
      }}
    />
  );
}
