/** What is kept of a server's answer, and how it is heard. */
import { expect, test } from 'vitest';
import { answerOf, resultOf } from './results.ts';

const spoken = { title: 'Books', language: 'en' };
const text = (words: string) => ({ type: 'text' as const, text: words });

test.each([
  ['The shelf is *empty*.', 'Books says: The shelf is empty.'],
  ['', 'Books has nothing to say to that.'],
  ['{"a":1}', 'Books has answered; I have it in front of me.'],
  ['[1, 2]', 'Books has answered; I have it in front of me.'],
  ['\u202e\u200b', 'Books has nothing to say to that.'],
])('%j is heard as it should be', (words, say) => {
  expect(resultOf({ content: [text(words)] }, spoken)).toMatchObject({ say, outside: true });
});

test('a long one is cut, for the ear and for the mind', () => {
  const { say, show } = resultOf({ content: [text('word '.repeat(3_000))] }, spoken);
  expect(say.length).toBeLessThanOrEqual(300);
  expect((show as { text: string }).text).toHaveLength(4_000);
});

test('what is not text is named and not carried', () => {
  const data = 'A'.repeat(5_000);
  const { text: words, also } = answerOf({
    content: [
      { type: 'image', data, mimeType: 'image/png <b>' },
      { type: 'audio', data, mimeType: 'audio/wav' },
      { type: 'resource', resource: { uri: 'file:///etc/passwd', text: data } },
      { type: 'resource_link', uri: 'https://evil.example', name: 'Plan [x](y)' },
      text('Here.'),
    ],
  });
  expect(words).toBe('Here.');
  expect(also).toEqual([
    ...['an image (image/png)', 'a sound (audio/wav)', 'a file: passwd', 'a file: Plan x (y)'],
  ]);
});

test('data is kept where it is small, once', () => {
  const structuredContent = { found: 2, title: 'Du\u202ene' };
  const clean = { found: 2, title: 'Dune' };
  expect(answerOf({ content: [text('Two.')], structuredContent })).toEqual({
    ...{ text: 'Two.', data: clean },
  });
  const repeated = [text(JSON.stringify(clean))];
  expect(answerOf({ content: repeated, structuredContent: clean }).data).toBeUndefined();
  const big = { list: 'x'.repeat(9_000) };
  const cut = answerOf({ content: [], structuredContent: big });
  expect([cut.data, cut.text.length]).toEqual([undefined, 4_000]);
});

test('a failure is a sentence, in both languages', () => {
  const failing = (words: string) => ({ content: [text(words)], isError: true });
  const told = (words: string, language: string): string => {
    try {
      return resultOf(failing(words), { title: 'Books', language }).say;
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(told('No such book', 'en')).toBe('Books could not do that: No such book.');
  expect(told('{"trace":"at x.ts"}', 'en')).toBe('Books could not do that. Try it in other words.');
  expect(told('No such book', 'de')).toBe('Books konnte das nicht: No such book.');
  expect(told('x'.repeat(9_000), 'de').length).toBeLessThanOrEqual(300);
});
