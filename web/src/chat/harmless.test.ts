// What a model writes becomes a link or a picture only where that harms nobody.
import { describe, expect, test } from 'vitest';
import { cleanText, isPlain, namesHost, ownPicture, piecesOf, safeLink } from './harmless.ts';

const origin = 'https://butler.home.example';

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'file:///etc/passwd',
  'blob:https://butler.home.example/1',
  '/api/v1/purge',
  '/house',
  '#facts',
  'house',
  `${origin}/api/v1/export`,
  'https://',
  '',
  undefined,
])('%j is no link', (href) => {
  expect(safeLink(href, origin)).toBeUndefined();
});

test.each([
  ['https://example.org/a?b#c', 'example.org'],
  ['http://example.org:8080/', 'example.org:8080'],
  ['//evil.example/x', 'evil.example'],
  ['https://bank.example@evil.example/', 'evil.example'],
  ['https://bänk.example/', 'xn--bnk-qla.example'],
  ['mailto:nora@example.org', ''],
  ['tel:+49301234', ''],
])('%s leads to %j', (href, host) => {
  expect(safeLink(href, origin)?.host).toBe(host);
});

test('only words that are the host itself hide it', () => {
  const link = { href: 'https://evil.example/', host: 'evil.example' };
  expect(namesHost('evil.example', link)).toBe(true);
  expect(namesHost('https://evil.example', link)).toBe(true);
  expect(namesHost('https://bank.example', link)).toBe(false);
  expect(namesHost('bank.example evil.example', link)).toBe(false);
});

test.each([
  ['/api/v1/photos/7/thumbnail?size=2', '/api/v1/photos/7/thumbnail?size=2'],
  [`${origin}/api/v1/photos/7`, '/api/v1/photos/7'],
  ['/api/../house.png', undefined],
  ['/bell.svg', undefined],
  ['https://tracker.example/api/pixel.png', undefined],
  ['//tracker.example/api/pixel.png', undefined],
  ['data:image/png;base64,AAAA', undefined],
  ['http://butler.home.example/api/v1/photos/7', undefined],
])('the picture %s is fetched from %j', (source, path) => {
  expect(ownPicture(source, origin)).toBe(path);
});

test('what turns the direction of letters is taken out, the letters stay', () => {
  expect(cleanText('pay \u202Egro.live\u202C now\u2066!\u2069')).toBe('pay gro.live now!');
  expect(cleanText('a\u0000b\u001Bc\u{E0041}')).toBe('abc');
  expect(cleanText('שלום, café 👩‍🚀\n\tnext')).toBe('שלום, café 👩‍🚀\n\tnext');
});

test('plain sentences need no markdown, everything else does', () => {
  expect(isPlain('It is 7:30, and 3 guests - Nora, Ada - come.')).toBe(true);
  for (const text of ['**Now**', '- milk', '1. milk', 'see https://a.example', 'a\n\nb', '| a |']) {
    expect(isPlain(text), text).toBe(false);
  }
});

describe('pieces', () => {
  test('paragraphs apart, lists together', () => {
    const text = 'One.\n\nTwo:\n\n- a\n\n- b\n\n  more of b\n\n1. c\n\nThree.';
    expect(piecesOf(text)).toEqual([
      'One.\n',
      'Two:\n\n- a\n\n- b\n\n  more of b\n\n1. c\n',
      'Three.',
    ]);
  });

  test('code keeps its empty lines, also where it never ends', () => {
    const code = '```js\nlet a;\n\nlet b;\n```';
    expect(piecesOf(`Look:\n\n${code}\n\nDone.`)).toEqual(['Look:\n', `${code}\n`, 'Done.']);
    expect(piecesOf('```\na\n\nb\n~~~\n\nc')).toEqual(['```\na\n\nb\n~~~\n\nc']);
    expect(piecesOf('````\n```\n\nx\n````\n\ny')).toEqual(['````\n```\n\nx\n````\n', 'y']);
  });

  test('a growing answer keeps the pieces that it had', () => {
    const text = 'One.\n\n```js\nlet a;\n\nlet b;\n```\n\n| a |\n| - |\n| 1 |\n\nEnd.';
    let before: string[] = [];
    for (let length = 1; length <= text.length; length += 1) {
      const now = piecesOf(text.slice(0, length));
      for (const [at, piece] of before.slice(0, -1).entries()) expect(now[at]).toBe(piece);
      before = now;
    }
    expect(before).toHaveLength(4);
  });

  test('200 kB are cut within a blink', () => {
    const text = `${'word '.repeat(40)}\n\n`.repeat(1_000);
    const startedAt = performance.now();
    expect(piecesOf(text)).toHaveLength(1_000);
    expect(performance.now() - startedAt).toBeLessThan(200);
  });
});
