/** The room view's screen: the time while it waits, what is said while somebody talks. */
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useLocation } from 'wouter';
import type { Store } from '../talk/view.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { wakeWords } from '../wake/words.ts';
import { commonWords } from '../words/everywhere.ts';
import { roomWords as words } from '../words/room.ts';
import { Captions } from './captions.tsx';
import { Clock, useMinute } from './clock.tsx';
import { Floor } from './floor.tsx';
import { CloseIcon, EarIcon, FullIcon, MicrophoneIcon, MutedIcon, SettingsIcon } from './icons.ts';
import { useRinging } from './ringing.ts';
import { RoomSettingsSheet } from './room-settings.tsx';
import type { RoomSettings } from './settings.ts';
import type { Standing } from './standing.ts';
import { shiftAt, useScreenOn } from './staying.ts';
import { type RoomView, type ShownState, shownState } from './view.ts';

// Touches go through to the button behind, but for what takes them itself.
const screenClass =
  'pointer-events-none relative flex min-h-0 grow flex-col px-[5vw] pt-[4vh] ' +
  'transition-transform duration-1000';
const hintClass =
  'flex min-h-[3em] items-center gap-3 text-center text-[clamp(1.1rem,2.4vw,1.75rem)]';
const faultClass =
  'pointer-events-auto mx-auto mb-[2vh] grid max-w-4xl justify-items-start gap-3 rounded-3xl ' +
  'bg-alert-room p-5 text-lg text-alert';
const barClass =
  'relative flex items-center justify-end gap-2 px-4 ' +
  'pb-[max(1rem,env(safe-area-inset-bottom))]';

interface KioskProps {
  standing: Standing;
  store: Store<RoomSettings>;
  settings: RoomSettings;
  word: string;
}

export function Kiosk({ standing, store, settings, word }: KioskProps) {
  const view = useSyncExternalStore(standing.view.watch, standing.view.get);
  const [setting, setSetting] = useState(false);
  const now = useMinute();
  const state = shownState(view);
  const { x, y } = shiftAt(now);
  useScreenOn(true);
  useRinging(standing, state === 'waiting' || state === 'muted');
  useEffect(() => {
    document.title = `${words.title} · ${commonWords.butler}`;
  }, []);
  return (
    <main
      data-testid="room"
      data-state={state}
      className="relative flex h-dvh flex-col overflow-hidden select-none"
    >
      <h1 className="sr-only">{words.title}</h1>
      <p role="status" className="sr-only" data-testid="room-state">
        {words.states[state]}
      </p>
      <Touch state={state} view={view} touch={standing.touch} />
      <div className={screenClass} style={{ transform: `translate(${x}px, ${y}px)` }}>
        <Faults view={view} again={standing.again} />
        {isTalk(state) ? (
          <Talk view={view} state={state} standing={standing} now={now} word={word} />
        ) : (
          <Rest view={view} state={state} now={now} word={word} />
        )}
      </div>
      <Bar muted={state === 'muted'} mute={standing.mute} openSettings={() => setSetting(true)} />
      <RoomSettingsSheet
        open={setting}
        close={() => setSetting(false)}
        {...{ settings, store, word }}
      />
      {view.element}
    </main>
  );
}

function isTalk(state: ShownState): boolean {
  return ['asking', 'listening', 'thinking', 'speaking', 'paused'].includes(state);
}

function spokenWord(id: string): string {
  return wakeWords.find((one) => one.id === id)?.spoken ?? '';
}

/** The whole screen is one button: whoever cannot or will not say the word touches it. */
function Touch({ state, view, touch }: { state: ShownState; view: RoomView; touch(): void }) {
  const label = touchLabel(state, view);
  if (label === undefined) return null;
  return (
    <button
      type="button"
      data-testid="room-touch"
      aria-label={label}
      onClick={touch}
      className="absolute inset-0 focus-visible:-outline-offset-4"
    />
  );
}

function touchLabel(state: ShownState, { faults }: RoomView): string | undefined {
  if (state === 'muted' || state === 'elsewhere') return undefined;
  if (state === 'resting' || faults.microphone) return words.touches.ready;
  if (state === 'speaking') return words.touches.stop;
  if (state === 'paused') return words.touches.hear;
  return isTalk(state) ? words.touches.end : words.touches.begin;
}

function Rest({
  view,
  state,
  now,
  word,
}: {
  view: RoomView;
  state: ShownState;
  now: number;
  word: string;
}) {
  const away = state === 'elsewhere';
  return (
    <div className="flex min-h-0 grow flex-col items-center justify-center gap-[6vh]">
      <Clock now={now} small={false} />
      <p data-testid="room-hint" className={`${hintClass} ${away ? 'text-link' : 'text-soft'}`}>
        {state === 'waiting' && !view.faults.ear && (
          <EarIcon className="size-[1.2em] shrink-0" aria-hidden="true" />
        )}
        {hint(state, view, spokenWord(word))}
      </p>
    </div>
  );
}

function hint(state: ShownState, { faults, elsewhere }: RoomView, word: string): string {
  if (state === 'muted') return words.mutedText;
  if (state === 'elsewhere') return elsewhere || words.elsewhere;
  if (faults.microphone) return '';
  if (state !== 'waiting') return words.states[state];
  return faults.ear ? words.touchOnly : words.say(word);
}

interface TalkProps {
  view: RoomView;
  state: ShownState;
  standing: Standing;
  now: number;
  word: string;
}

function Talk({ view, state, standing, now, word }: TalkProps) {
  const acts = useMemo(
    () => ({
      reply: (id: string, yes: boolean) => standing.tell({ type: 'reply', id, yes }),
      undo: (id: string) => standing.tell({ type: 'undo', id }),
      send: (text: string) => standing.tell({ type: 'text', text }),
    }),
    [standing],
  );
  // Cards need the room that the push would take.
  const crowded = view.lines.extras.length > 0;
  return (
    <div className="flex min-h-0 grow flex-col gap-[2vh]">
      <div className="flex items-center justify-between gap-4">
        <Clock now={now} small />
        {crowded && <Floor state={state} levels={standing.levels} small />}
      </div>
      <div className="flex min-h-0 grow flex-col items-center justify-center gap-[2vh]">
        <Captions lines={view.lines} acts={acts} />
      </div>
      <div className="flex flex-col items-center pb-2">
        {!crowded && <Floor state={state} levels={standing.levels} small={false} />}
        <p
          aria-hidden="true"
          className="text-center text-[clamp(1.1rem,2.4vw,1.75rem)] text-soft text-balance"
        >
          {state === 'paused' ? words.sayAgain(spokenWord(word)) : words.states[state]}
        </p>
      </div>
    </div>
  );
}

function Faults({ view, again }: { view: RoomView; again(): void }) {
  const { microphone, ear, house } = view.faults;
  const sentences = [
    microphone && words.microphone[microphone],
    ear && words.ear[ear],
    house,
  ].filter((sentence) => sentence !== undefined && sentence !== '');
  if (sentences.length === 0 || view.state === 'muted') return null;
  return (
    <div role="alert" data-testid="room-fault" className={faultClass}>
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {(microphone || ear) && (
        <Button data-testid="room-again" onClick={again}>
          {words.tryAgain}
        </Button>
      )}
    </div>
  );
}

interface BarProps {
  muted: boolean;
  mute(on: boolean): void;
  openSettings(): void;
}

function Bar({ muted, mute, openSettings }: BarProps) {
  const [, goTo] = useLocation();
  const leave = () => {
    if (document.fullscreenElement) void document.exitFullscreen();
    goTo('/');
  };
  const canFill = document.fullscreenEnabled;
  const big = '!size-14';
  return (
    <nav aria-label={words.title} className={barClass}>
      <IconButton
        label={muted ? words.unmute : words.mute}
        aria-pressed={muted}
        data-testid="room-mute"
        className={`${big} me-auto ${muted ? '!bg-alert-room !text-alert' : ''}`}
        onClick={() => mute(!muted)}
      >
        {muted ? <MutedIcon className="size-7" /> : <MicrophoneIcon className="size-7" />}
      </IconButton>
      {canFill && (
        <IconButton
          label={words.full}
          className={big}
          onClick={() => void document.documentElement.requestFullscreen().catch(() => undefined)}
        >
          <FullIcon className="size-7" />
        </IconButton>
      )}
      <IconButton
        label={words.settings}
        data-testid="room-settings"
        className={big}
        onClick={openSettings}
      >
        <SettingsIcon className="size-7" />
      </IconButton>
      <IconButton label={words.exit} data-testid="room-exit" className={big} onClick={leave}>
        <CloseIcon className="size-7" />
      </IconButton>
    </nav>
  );
}
