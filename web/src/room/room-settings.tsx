/** The sheet with how this device hears: its word, how keen its ear is, and where it stands. */
import { type SubmitEvent, useState } from 'react';
import { sentenceOf } from '../app/questions.ts';
import type { Store } from '../talk/view.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { OneOf, Slider, Switch } from '../ui/switch.tsx';
import { useTell } from '../ui/toasts.tsx';
import { wakeWords } from '../wake/words.ts';
import { commonWords } from '../words/everywhere.ts';
import { roomWords as words } from '../words/room.ts';
import { useDoors, useThisDevice } from './device.ts';
import type { RoomSettings } from './settings.ts';

interface SheetProps {
  open: boolean;
  close(): void;
  settings: RoomSettings;
  store: Store<RoomSettings>;
  /** The word that holds now. */
  word: string;
}

const range = { min: 0, max: 1, step: 0.05 };
const areaMax = 60;

export function RoomSettingsSheet({ open, close, settings, store, word }: SheetProps) {
  const change = (some: Partial<RoomSettings>) => store.change((all) => ({ ...all, ...some }));
  const options = wakeWords.map(({ id, spoken }) => ({ value: id, name: spoken }));
  return (
    <Dialog title={words.settingsTitle} about={words.settingsAbout} open={open} close={close}>
      <Area />
      {options.length > 1 && (
        <OneOf
          label={words.wordLabel}
          value={word}
          options={options}
          change={(id) => change({ word: id })}
        />
      )}
      <Sensitivity value={settings.sensitivity} settle={(sensitivity) => change({ sensitivity })} />
      <Switch
        label={words.chime}
        hint={words.chimeHint}
        on={settings.chime}
        change={(on) => change({ chime: on })}
      />
      <FollowUp />
    </Dialog>
  );
}

/** The ear begins anew with each value: only where the hand lets go counts. */
function Sensitivity({ value, settle }: { value: number; settle(value: number): void }) {
  const [moved, setMoved] = useState<number>();
  const shown = moved ?? value;
  return (
    <div className="grid gap-1">
      <Slider
        label={words.sensitivity}
        shown={words.percent(shown)}
        value={shown}
        range={range}
        change={setMoved}
        settle={(next) => {
          setMoved(undefined);
          settle(next);
        }}
      />
      <p className="text-sm text-soft">{words.sensitivityHint}</p>
    </div>
  );
}

function FollowUp() {
  const { followUp, setFollowUp } = useDoors();
  const tell = useTell();
  const set = (on: boolean) => {
    setFollowUp(on).catch((error: unknown) =>
      tell({ sentence: sentenceOf(error, commonWords.failed), tone: 'alert' }),
    );
  };
  return <Switch label={words.followUp} hint={words.followUpHint} on={followUp} change={set} />;
}

/** In which room it stands: kept by the house, for the turns that come from here. */
function Area() {
  const { area, known, standIn } = useThisDevice();
  const [written, setWritten] = useState<string>();
  const [mistake, setMistake] = useState('');
  const [busy, setBusy] = useState(false);
  const tell = useTell();
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    setMistake('');
    try {
      await standIn(written ?? area);
      setWritten(undefined);
      tell({ sentence: words.areaSaved });
    } catch (error) {
      setMistake(sentenceOf(error, commonWords.failed));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={submit} className="grid justify-items-start gap-3">
      <div className="w-full">
        <TextField
          label={words.area}
          hint={words.areaHint}
          mistake={mistake || undefined}
          name="area"
          autoComplete="off"
          maxLength={areaMax}
          disabled={!known}
          value={written ?? area}
          onChange={({ target }) => setWritten(target.value)}
        />
      </div>
      {written !== undefined && written !== area && (
        <Button type="submit" kind="primary" busy={busy}>
          {commonWords.save}
        </Button>
      )}
    </form>
  );
}
