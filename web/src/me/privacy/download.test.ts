// Names of files as the house gives them, and sizes as people read them.
import { expect, test } from 'vitest';
import { nameIn, sizeText } from './download.ts';

test.each([
  ['attachment; filename="butler-2026-11-22.zip"', 'butler-2026-11-22.zip'],
  ['attachment; filename="../../evil.sh"', 'butler.zip'],
  ['attachment; filename=""', 'butler.zip'],
  [null, 'butler.zip'],
])('%s', (disposition, name) => {
  expect(nameIn(disposition)).toBe(name);
});

test.each([
  [0, '0 byte', '0 Byte'],
  [999, '999 byte', '999 Byte'],
  [1_000, '1 kB', '1 kB'],
  [12_345, '12 kB', '12 kB'],
  [3_440_000, '3.4 MB', '3,4 MB'],
  [7_200_000_000_000, '7,200 GB', '7.200\u00a0GB'],
])('%d bytes', (bytes, english, german) => {
  expect(sizeText(bytes, 'en')).toBe(english);
  expect(sizeText(bytes, 'de')).toBe(german);
});
