// Where streamed text is cut, and when.
import { describe, expect, it } from 'vitest';
import { ClauseCutter } from './clauses.ts';

/** Pieces of a text that came at once and is complete. */
function whole(text: string, language = 'en'): string[] {
  const cutter = new ClauseCutter({ language });
  return [...cutter.push(text, 0), ...cutter.flush(0)];
}

/** Pieces of a text that comes in tokens, `everyMs` apart, with the time of each piece. */
function streamed(tokens: string[], everyMs = 12) {
  const cutter = new ClauseCutter();
  const pieces: { text: string; atMs: number }[] = [];
  const note = (atMs: number, texts: string[]) => {
    for (const text of texts) pieces.push({ text, atMs });
  };
  let nowMs = 0;
  for (const token of tokens) {
    for (let due = cutter.nextDueMs(nowMs); due !== undefined && due < nowMs + everyMs; ) {
      note(due, cutter.due(due));
      due = cutter.nextDueMs(due);
    }
    nowMs += everyMs;
    note(nowMs, cutter.push(token, nowMs));
  }
  note(nowMs + everyMs, cutter.flush(nowMs + everyMs));
  return pieces;
}

const tokensOf = (text: string): string[] => text.match(/\s*\S+|\s+$/g) ?? [];
const trimmed = (pieces: string[]) => pieces.map((piece) => piece.trim());

describe('the first piece', () => {
  it.each<[string, string[]]>([
    ['Done.', ['Done.']],
    ['Done. The light is off.', ['Done.', 'The light is off.']],
    ['Yes! All of them are off now.', ['Yes!', 'All of them are off now.']],
    ['Well, the weather is fine, I think.', ['Well, the weather is fine,', 'I think.']],
    ['Good morning, Ada.', ['Good morning,', 'Ada.']],
    ['I have two things: milk and bread.', ['I have two things:', 'milk and bread.']],
    ['The kitchen is warm – 23 degrees.', ['The kitchen is warm –', '23 degrees.']],
    ['The kitchen is warm—really.', ['The kitchen is warm—', 'really.']],
    ['A well-known thing is said.', ['A well-known thing is said.']],
    ['It is open from 9 – 10 today.', ['It is open from 9 – 10 today.']],
    ['It is 9:30 and 3,000 people came.', ['It is 9:30 and 3,000 people came.']],
    ['The value is 9.30 today.', ['The value is 9.30 today.']],
    ['Dr. Smith has called.', ['Dr. Smith has called.']],
    ['Bring fruit, e.g. apples.', ['Bring fruit,', 'e.g. apples.']],
    ['Meet J. R. Tolkien there.', ['Meet J. R. Tolkien there.']],
    ['Pens, paper, etc. Then go.', ['Pens, paper,', 'etc. Then go.']],
    ['It starts at 9 p.m. Then we eat.', ['It starts at 9 p.m.', 'Then we eat.']],
    ['It starts at 9 p.m. sharp.', ['It starts at 9 p.m. sharp.']],
    ['See https://a.example/x.y,z for more.', ['See https://a.example/x.y,z for more.']],
    [
      'Read [the page. Really](https://a.b/c) now.',
      ['Read [the page. Really](https://a.b/c) now.'],
    ],
    ['He said "Go." Then he left.', ['He said "Go."', 'Then he left.']],
    ['1. Buy milk.\n2. Buy bread.', ['1. Buy milk.', '2. Buy bread.']],
    ['**Done.** It is off.', ['**Done.**', 'It is off.']],
    [
      'Here it is:\n```js\nlet x = 1. // a, b.\n```\nThat is all there is.',
      ['Here it is:', '```js\nlet x = 1. // a, b.\n```', 'That is all there is.'],
    ],
    [
      '| a | b |\n|---|---|\n| 1. | 2 |\n\nSo it is.',
      ['| a | b |\n|---|---|\n| 1. | 2 |', 'So it is.'],
    ],
    ['no mark at all', ['no mark at all']],
    ['Wait... what?', ['Wait...', 'what?']],
    ['👋 Hi.', ['👋 Hi.']],
  ])('%j', (text, expected) => expect(trimmed(whole(text))).toEqual(expected));

  it('takes German ordinals for what they are', () => {
    expect(trimmed(whole('Am 3. Mai um 9 Uhr.', 'de'))).toEqual(['Am 3. Mai um 9 Uhr.']);
  });
});

describe('in time', () => {
  it('does not wait for a second sentence after a short one', () => {
    const [first] = streamed(tokensOf('Done. The lights in the kitchen are off now.'));
    expect(first).toEqual({ text: 'Done.', atMs: 24 });
  });

  it('takes a mark at the end of the text after a short rest', () => {
    const cutter = new ClauseCutter();
    expect(cutter.push('The light is off.', 0)).toEqual([]);
    expect(cutter.nextDueMs(0)).toBe(25);
    expect(cutter.due(24)).toEqual([]);
    expect(cutter.due(25)).toEqual(['The light is off.']);
  });

  it('waits for what follows a number', () => {
    const cutter = new ClauseCutter();
    expect(cutter.push('It is 9.', 0)).toEqual([]);
    expect(cutter.due(200)).toEqual([]);
    expect(cutter.push('30 now.', 210)).toEqual([]);
    expect(cutter.flush(220)).toEqual(['It is 9.30 now.']);
  });

  it('cuts a long beginning without marks between words, after a while', () => {
    const text =
      'the old house at the end of the long road by the sea is where we always wanted to be';
    const pieces = streamed(tokensOf(text), 20);
    expect(pieces[0]?.text.length).toBeGreaterThanOrEqual(40);
    expect(pieces[0]?.atMs).toBeGreaterThanOrEqual(250);
    expect(pieces[0]?.text).toMatch(/[a-z]$/);
    expect(pieces[1]?.text).toMatch(/^ [a-z]/);
  });

  it('gives later sentences company when they are tiny', () => {
    const pieces = streamed(
      tokensOf('It is done now. Yes. All of the lights are off. Good night.'),
    );
    expect(trimmed(pieces.map(({ text }) => text))).toEqual([
      'It is done now.',
      'Yes. All of the lights are off.',
      'Good night.',
    ]);
  });

  it('lets a tiny sentence go when nothing follows for a while', () => {
    const cutter = new ClauseCutter();
    expect(cutter.push('It is done. Yes. ', 0)).toEqual(['It is done.']);
    expect(cutter.due(100)).toEqual([]);
    expect(cutter.due(250)).toEqual([' Yes.']);
  });

  it('asks for nothing while there is nothing to say', () => {
    const cutter = new ClauseCutter();
    expect(cutter.nextDueMs(0)).toBeUndefined();
    cutter.push('  ', 0);
    expect(cutter.nextDueMs(0)).toBeUndefined();
  });
});

describe('always', () => {
  const sentence = 'The quick brown fox jumps over the lazy dog, and it does so again; ';
  const texts = [
    `${sentence.repeat(12)}end.`,
    'word '.repeat(200),
    'x'.repeat(900),
    'A b. '.repeat(90),
    `Intro. ${'| a | b |\n'.repeat(40)}Done.`,
  ];

  it('gives back exactly what came in, whatever the tokens', () => {
    for (const text of texts) {
      for (const size of [1, 3, 17, 400]) {
        const tokens = text.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) ?? [];
        const pieces = streamed(tokens).map((piece) => piece.text);
        expect(pieces.join('')).toBe(text);
      }
    }
  });

  it('keeps later pieces short enough for a voice', () => {
    for (const text of texts.slice(0, 2)) {
      const pieces = whole(text);
      expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(165);
      expect(pieces.length).toBeGreaterThan(4);
    }
  });
});
