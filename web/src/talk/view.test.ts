// The state in words follows from what is known; notices neither pile up nor repeat each other.
import { expect, test, vi } from 'vitest';
import { firstView, Store, shownState, type View, withNotice, withoutNotice } from './view.ts';

const connected: View = { ...firstView(), link: 'connected' };

test.each<[string, Partial<View>]>([
  ['idle', {}],
  ['connecting', { link: 'connecting' }],
  ['reconnecting', { link: 'reconnecting', talk: 'opening', butler: 'speaking' }],
  ['offline', { link: 'off' }],
  ['thinking', { link: 'off', asking: true }],
  ['opening', { talk: 'opening' }],
  ['listening', { talk: 'hold' }],
  ['listening', { talk: 'hold', butler: 'speaking' }],
  ['listening', { talk: 'open' }],
  ['muted', { talk: 'open', muted: true }],
  ['listening', { talk: 'hold', muted: true }],
  ['speaking', { talk: 'open', butler: 'speaking' }],
  ['thinking', { butler: 'thinking' }],
  ['thinking', { awaiting: true }],
])('%s', (state, view) => {
  expect(shownState({ ...connected, ...view })).toBe(state);
});

const notice = (kind: 'microphone' | 'connection', sentence: string) =>
  ({ kind, tone: 'alert', sentence }) as const;

test('one notice of a kind, no sentence twice', () => {
  let view = withNotice(connected, notice('connection', 'Lost.'));
  view = withNotice(view, notice('microphone', 'Blocked.'));
  view = withNotice(view, notice('connection', 'Blocked.'));
  expect(view.notices).toEqual([notice('connection', 'Blocked.')]);
  expect(withoutNotice(view, 'connection').notices).toEqual([]);
  expect(withoutNotice(view, 'sound')).toBe(view);
});

test('watchers hear of changes only, until they stop watching', () => {
  const store = new Store(1);
  const watcher = vi.fn();
  const stop = store.watch(watcher);
  store.change((value) => value);
  store.change((value) => value + 1);
  stop();
  store.change((value) => value + 1);
  expect(watcher).toHaveBeenCalledTimes(1);
  expect(store.get()).toBe(3);
});
