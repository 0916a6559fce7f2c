// Known messages are read, everything else is passed over without harm.
import { expect, test } from 'vitest';
import { parseServerMessage } from './messages.ts';
import { microphoneTrouble } from './trouble.ts';

test.each([
  [{ type: 'ready', inputRate: 16_000 }, { type: 'ready' }],
  [{ type: 'clear' }, { type: 'clear' }],
  [{ type: 'turn', endpointingMs: 310 }, { type: 'turn' }],
  [
    { type: 'turn', id: 't1', clocks: {} },
    { type: 'turn', id: 't1' },
  ],
  [
    { type: 'state', state: 'listening', expects: true },
    { type: 'state', state: 'listening', expects: true },
  ],
  [
    { type: 'transcript', who: 'butler', text: 'Yes', final: true, id: 'b', turnId: 't1' },
    { type: 'transcript', who: 'butler', text: 'Yes', final: true, id: 'b', turnId: 't1' },
  ],
  [
    { type: 'tool-start', id: 'x', tool: 'calendar_read', doing: 'looking at your calendar' },
    { type: 'tool-start', id: 'x', doing: 'looking at your calendar' },
  ],
  [
    { type: 'tool-end', id: 'x', tool: 'calendar_read', ok: true, tookMs: 3 },
    { type: 'tool-end', id: 'x' },
  ],
  [
    { type: 'deed', id: 'd', turnId: 't1', say: 'Done.', checked: 'yes', undo: true },
    { type: 'deed', id: 'd', turnId: 't1', say: 'Done.', checked: false, undo: true },
  ],
  [
    { type: 'ask', id: 'a', turnId: 't1', question: 'Really?', by: 'pin', expiresAt: 'soon' },
    { type: 'ask', id: 'a', turnId: 't1', question: 'Really?', by: 'pin', expiresAt: 'soon' },
  ],
  [
    { type: 'asked', id: 'a', answer: 'dropped' },
    { type: 'asked', id: 'a', answer: 'dropped' },
  ],
  [
    { type: 'undone', id: 'd', say: 'It is off again.' },
    { type: 'undone', id: 'd', say: 'It is off again.' },
  ],
  [
    { type: 'card', id: 'c', turnId: 't1', card: { kind: 'list', list: 'Shopping', items: [] } },
    { type: 'card', id: 'c', turnId: 't1', card: { kind: 'list', list: 'Shopping', items: [] } },
  ],
  [
    { type: 'state', state: 'thinking' },
    { type: 'state', state: 'thinking' },
  ],
  [
    { type: 'transcript', who: 'butler', text: 'Yes', final: true, id: 7 },
    { type: 'transcript', who: 'butler', text: 'Yes', final: true, id: '7' },
  ],
  [
    { type: 'transcript', who: 'person', text: 'What' },
    { type: 'transcript', who: 'person', text: 'What', final: false },
  ],
  [
    { type: 'error', detail: 'Again, please.' },
    { type: 'error', code: '', title: '', detail: 'Again, please.' },
  ],
])('%j', (sent, expected) => {
  expect(parseServerMessage(JSON.stringify(sent))).toEqual(expected);
});

test.each([
  'not json',
  'null',
  '"ready"',
  '[]',
  '{}',
  '{"type":"toString"}',
  '{"type":"state","state":"asleep"}',
  '{"type":"transcript","who":"cat","text":"miau"}',
  '{"type":"transcript","who":"person","text":7}',
  '{"type":"hasOwnProperty"}',
  '{"type":"deed","say":"without an id"}',
  '{"type":"ask","id":"a","question":"Really?","by":"eye"}',
  '{"type":"asked","id":"a","answer":"perhaps"}',
  '{"type":"card","id":"c","card":{"kind":"constructor"}}',
  '{"type":"card","id":"c","card":{"kind":"list","list":"Shopping"}}',
  '{"type":"card","id":"c","card":{"kind":"list","list":"Shopping","items":[{"done":true}]}}',
  '{"type":"card","id":"c","card":{"kind":"timers","timers":{"length":1}}}',
])('%s is passed over', (json) => {
  expect(parseServerMessage(json)).toBeUndefined();
});

test.each([
  ['NotAllowedError', 'refused'],
  ['SecurityError', 'refused'],
  ['NotFoundError', 'none'],
  ['OverconstrainedError', 'none'],
  ['NotReadableError', 'in-use'],
  ['AbortError', 'in-use'],
  ['TypeError', 'unknown'],
])('%s means that the microphone is: %s', (name, trouble) => {
  const page = { secure: true, hasDevices: true };
  expect(microphoneTrouble(new DOMException('', name), page)).toBe(trouble);
});

test('an insecure page has no microphone, whatever was thrown', () => {
  for (const page of [
    { secure: false, hasDevices: true },
    { secure: true, hasDevices: false },
  ]) {
    expect(microphoneTrouble(new TypeError('undefined'), page)).toBe('insecure');
  }
});
