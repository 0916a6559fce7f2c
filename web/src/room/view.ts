/** What a device in a room shows, as data. */
import type { ReactNode } from 'react';
import { type Lines, noLines } from '../talk/lines.ts';
import type { Trouble } from '../voice/trouble.ts';
import type { EarFault } from './ear.ts';

export type RoomState =
  /** The microphone or the ear is being got ready. */
  | 'starting'
  /** The browser gives sound only after a touch. */
  | 'resting'
  /** For the word; nothing leaves the device. */
  | 'waiting'
  /** The word was heard: the house is asked who answers. */
  | 'asking'
  | 'elsewhere'
  /** Butler hears, thinks or speaks. */
  | 'talking'
  /** A question of Butler's is open, but he hears no more until the word. */
  | 'paused'
  | 'muted';

export interface RoomFaults {
  microphone?: Trouble;
  ear?: EarFault;
  /** The house was not reached, or refused: a sentence. */
  house?: string;
}

export interface RoomView {
  state: RoomState;
  butler: 'listening' | 'thinking' | 'speaking';
  lines: Lines;
  /** What the house says about the device that answers instead. */
  elsewhere: string;
  faults: RoomFaults;
  /** What has to stand on the page for Butler's voice to be heard. */
  element: ReactNode;
}

export const firstView: RoomView = {
  state: 'starting',
  butler: 'listening',
  lines: noLines,
  elsewhere: '',
  faults: {},
  element: null,
};

export type ShownState = Exclude<RoomState, 'talking'> | RoomView['butler'];

export function shownState({ state, butler }: RoomView): ShownState {
  return state === 'talking' ? butler : state;
}

/** The view with one fault set, or gone. */
export function withFault<Kind extends keyof RoomFaults>(
  view: RoomView,
  kind: Kind,
  fault: RoomFaults[Kind] | undefined,
): RoomView {
  if (view.faults[kind] === fault) return view;
  const { [kind]: _before, ...others } = view.faults;
  return { ...view, faults: fault === undefined ? others : { ...others, [kind]: fault } };
}

/** Whether Butler waits for a yes, a no or a PIN at this moment. */
export function isAsked({ lines }: RoomView, nowMs: number): boolean {
  return lines.extras.some(
    (extra) =>
      extra.kind === 'ask' && extra.answer === undefined && Date.parse(extra.expiresAt) > nowMs,
  );
}
