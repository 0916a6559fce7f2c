/** The door of the house: who has the floor, the bell to hold, and what else hands can do. */
import type { ComponentProps } from 'react';
import { EarIcon, MicrophoneIcon, MutedIcon, StopIcon } from '../ui/icons.tsx';
import { talkWords as words } from '../words/talk.ts';
import { AskMicrophone } from './ask-microphone.tsx';
import { Bell } from './bell.tsx';
import type { Conversation } from './conversation.ts';
import { type ShownState, shownState, type View } from './view.ts';

export function Door({ view, conversation }: { view: View; conversation: Conversation }) {
  const state = shownState(view);
  const talking = view.talk === 'hold' || view.talk === 'open';
  const stoppable = state === 'speaking' || state === 'thinking';
  return (
    <section
      aria-label={words.talkArea}
      className={
        'door shrink-0 touch-manipulation bg-linear-to-b from-door to-door-deep px-4 pt-3 ' +
        'pb-4 text-center text-door-ink select-none beside:grid beside:w-[38%] ' +
        'beside:max-w-lg beside:content-center beside:overflow-y-auto beside:p-6'
      }
    >
      <p
        className="font-serif text-[1.375rem] beside:text-3xl"
        role="status"
        data-testid="state"
        data-state={state}
      >
        {words.states[state]}
      </p>
      <div
        className={
          'my-2.5 grid grid-cols-[1fr_auto_1fr] items-center justify-items-center gap-2 ' +
          'beside:my-5 beside:flex beside:flex-wrap beside:justify-center beside:gap-3'
        }
      >
        <div
          className={
            'order-1 grid gap-1.5 beside:order-2 beside:flex beside:flex-wrap ' +
            'beside:justify-center beside:gap-3'
          }
        >
          <ListenButton view={view} toggle={conversation.toggle} />
          {view.talk === 'open' && <MuteButton muted={view.muted} mute={conversation.mute} />}
        </div>
        <div
          className={
            'order-2 beside:order-1 beside:mb-3 beside:grid beside:basis-full ' +
            'beside:justify-center'
          }
        >
          <Bell
            state={state}
            talking={talking}
            holding={view.talk === 'hold'}
            press={conversation.press}
            release={conversation.release}
            levels={conversation.levels}
          />
        </div>
        <div className="order-3 empty:hidden">
          {stoppable && (
            <SideButton data-testid="stop" onClick={conversation.stop}>
              <StopIcon className="size-5 fill-current" aria-hidden="true" />
              {words.stop}
            </SideButton>
          )}
        </div>
      </div>
      <p className="min-h-6 text-sm text-balance text-door-soft beside:text-base" id="bell-hint">
        {hint(state, view)}
      </p>
      <AskMicrophone open={view.explaining} decide={conversation.explained} />
    </section>
  );
}

function ListenButton({ view, toggle }: { view: View; toggle(): void }) {
  const open = view.talk === 'open';
  return (
    <SideButton
      data-testid="tap"
      aria-pressed={open}
      look="aria-pressed:border-brass aria-pressed:bg-brass aria-pressed:text-black"
      onClick={toggle}
    >
      <EarIcon className="size-5 shrink-0" aria-hidden="true" />
      {open ? words.tapOn : words.tap}
    </SideButton>
  );
}

function MuteButton({ muted, mute }: { muted: boolean; mute(muted: boolean): void }) {
  const Icon = muted ? MutedIcon : MicrophoneIcon;
  return (
    <SideButton
      data-testid="mute"
      aria-pressed={muted}
      look="aria-pressed:border-door-ink aria-pressed:bg-door-ink aria-pressed:text-door"
      onClick={() => mute(!muted)}
    >
      <Icon className="size-5 shrink-0" aria-hidden="true" />
      {words.mute}
    </SideButton>
  );
}

const side =
  'flex min-h-12 min-w-22 flex-col items-center justify-center gap-0.5 rounded-xl border ' +
  'border-door-rule px-2.5 py-1 text-[0.8125rem]/tight transition-colors ' +
  'hover:border-door-soft beside:flex-row beside:gap-2 beside:px-4 beside:text-base';

/** @param look while it is pressed. */
function SideButton({ look = '', ...rest }: ComponentProps<'button'> & { look?: string }) {
  return <button type="button" className={`${side} ${look}`} {...rest} />;
}

function hint(state: ShownState, view: View): string {
  if (view.talk === 'hold') return words.releaseHint;
  if (view.talk === 'open' && view.muted) return words.mutedHint;
  if (view.talk === 'open') return words.openHint;
  if (state === 'opening') return words.allowHint;
  if (view.link !== 'connected') return words.offHints[view.link];
  if (state === 'speaking') return words.bargeHint;
  if (view.word !== '') return words.wordHint(view.word);
  return matchMedia('(pointer: coarse)').matches ? words.holdTouchHint : words.holdHint;
}
