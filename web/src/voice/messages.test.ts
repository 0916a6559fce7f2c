// Known messages are read, everything else is passed over without harm.
import { expect, test } from 'vitest';
import { parseServerMessage } from './messages.ts';
import { microphoneTrouble } from './trouble.ts';

test.each([
  [{ type: 'ready', inputRate: 16_000 }, { type: 'ready' }],
  [{ type: 'clear' }, { type: 'clear' }],
  [{ type: 'turn', endpointingMs: 310 }, { type: 'turn' }],
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
