/** What the talk page shows, as data; and the one place that can be watched for changes. */
import type { ReactNode } from 'react';
import {
  type AudioChoice,
  type AudioDevices,
  noDevices,
  plainChoice,
} from '../voice/audio-choice.ts';
import type { LinkState } from '../voice/link.ts';
import type { TalkState } from '../voice/talker.ts';
import { type Lines, noLines } from './lines.ts';

export type NoticeKind = 'microphone' | 'connection' | 'sound' | 'answer';

export interface ShownNotice {
  kind: NoticeKind;
  /** An alert interrupts a screen reader; information waits. */
  tone: 'alert' | 'information';
  sentence: string;
  action?: string;
}

export interface View {
  link: LinkState;
  transport: 'websocket' | 'livekit' | 'none';
  element: ReactNode;
  butler: 'listening' | 'thinking' | 'speaking';
  talk: TalkState;
  /** The microphone is open, and only silence goes through it. */
  muted: boolean;
  /** The browser would ask for the microphone next: the person is told why first. */
  explaining: boolean;
  /** LiveKit did not carry the voice: the WebSocket does. */
  changedOver: boolean;
  /** The person has finished and nothing has come back yet. */
  awaiting: boolean;
  /** The last answer asked something. */
  expects: boolean;
  /** A typed question is being answered over HTTP. */
  asking: boolean;
  /** The word that begins a conversation on this page; empty: none is listened for. */
  word: string;
  choice: AudioChoice;
  devices: AudioDevices;
  lines: Lines;
  notices: readonly ShownNotice[];
}

export type ShownState =
  | 'connecting'
  | 'reconnecting'
  | 'offline'
  | 'opening'
  | 'idle'
  | 'listening'
  | 'thinking'
  | 'speaking'
  | 'muted';

/** @param choice what was chosen on this device before. */
export const firstView = (choice: AudioChoice = plainChoice): View => ({
  link: 'connecting',
  transport: 'none',
  element: null,
  butler: 'listening',
  talk: 'closed',
  muted: false,
  explaining: false,
  changedOver: false,
  awaiting: false,
  expects: false,
  asking: false,
  word: '',
  choice,
  devices: noDevices,
  lines: noLines,
  notices: [],
});

export function shownState(view: View): ShownState {
  if (view.asking) return 'thinking';
  if (view.link === 'off') return 'offline';
  if (view.link !== 'connected') return view.link;
  if (view.talk === 'opening') return 'opening';
  if (view.talk === 'hold') return 'listening';
  if (view.butler === 'speaking') return 'speaking';
  if (view.awaiting || view.butler === 'thinking') return 'thinking';
  if (view.talk !== 'open') return 'idle';
  return view.muted ? 'muted' : 'listening';
}

/** One notice of a kind, and no sentence twice. */
export function withNotice(view: View, notice: ShownNotice): View {
  const others = without(view, notice.kind).filter((one) => one.sentence !== notice.sentence);
  return { ...view, notices: [...others, notice] };
}

export function withoutNotice(view: View, kind: NoticeKind): View {
  return view.notices.some((one) => one.kind === kind)
    ? { ...view, notices: without(view, kind) }
    : view;
}

function without(view: View, kind: NoticeKind): ShownNotice[] {
  return view.notices.filter((one) => one.kind !== kind);
}

/** A value, who watches it, and how it changes; made for `useSyncExternalStore`. */
export class Store<Value> {
  #value: Value;
  readonly #watchers = new Set<() => void>();

  constructor(value: Value) {
    this.#value = value;
  }

  readonly get = (): Value => this.#value;

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  change(change: (value: Value) => Value): void {
    const next = change(this.#value);
    if (next === this.#value) return;
    this.#value = next;
    for (const watcher of this.#watchers) watcher();
  }
}
