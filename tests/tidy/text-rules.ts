/** Rules about the text of a file: sizes, first lines, names, private places. */
import { basename } from 'node:path';
import { byLine, isPython, isSource, isTest, type Rule, type TreeFile } from './sources.ts';

const lineMax = 100;
const fileMax = 300;
const testFileMax = 400;
const functionMax = 50;
const parametersMax = 3;
const readmeMax = 150;
const topMax = 16;
const blobMaxBytes = 512 * 1024;

const sources = (files: readonly TreeFile[]): TreeFile[] =>
  files.filter(({ path }) => isSource(path));

export const lines: Rule = (files) =>
  byLine(sources(files), (line) =>
    line.length > lineMax ? `has ${line.length} characters; ${lineMax} are allowed` : undefined,
  );

/** Biome counts TypeScript; this is for everything else. */
export const sizes: Rule = (files) =>
  sources(files).flatMap(({ path, text }) => {
    const count = text.trimEnd().split('\n').length;
    const most = isTest(path) || /test_\w+\.py$/.test(path) ? testFileMax : fileMax;
    return count > most ? [{ path, says: `has ${count} lines; ${most} are allowed` }] : [];
  });

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** Where the body of a Python block ends: the first later line that is not indented deeper. */
const blockEnd = (all: string[], start: number): number => {
  const indent = indentOf(all[start] ?? '');
  let last = start;
  for (let at = start + 1; at < all.length; at++) {
    const line = all[at] ?? '';
    if (line.trim() === '') continue;
    // A closing bracket of the signature stands at the indent of its `def`.
    if (indentOf(line) <= indent && !/^\s*\)/.test(line)) break;
    last = at;
  }
  return last;
};

/** Takes out what stands in brackets, from the innermost outwards: types hold commas too. */
const withoutTypes = (text: string): string => {
  const shorter = text.replace(/\[[^[\]]*\]/g, '');
  return shorter === text ? text : withoutTypes(shorter);
};

const positional = (signature: string): string[] =>
  (
    withoutTypes(signature)
      .match(/\(([\s\S]*?)\)\s*(->[^:]+)?:/)?.[1]
      ?.split('*')[0] ?? ''
  )
    .split(',')
    .map((part) => part.trim().split(/[:=]/)[0]?.trim() ?? '')
    .filter((name) => !['', '/', 'self', 'cls'].includes(name));

export const pythonFunctions: Rule = (files) =>
  files
    .filter(({ path }) => isPython(path))
    .flatMap(({ path, text }) => {
      const all = text.split('\n');
      return all.flatMap((line, index) => {
        if (!/^\s*(async )?def /.test(line)) return [];
        const end = blockEnd(all, index);
        const count = end - index + 1;
        const takes = positional(all.slice(index, end + 1).join('\n')).length;
        const at = { path, line: index + 1 };
        return [
          ...(count > functionMax ? [{ ...at, says: `is a function of ${count} lines` }] : []),
          ...(takes > parametersMax ? [{ ...at, says: `takes ${takes} by position` }] : []),
        ];
      });
    });

/** One line, a sentence: what this file is about. */
const idea = /^(\/\*\* .{15,}\*\/|\/\/ .{15,}|"""[^"]{15,}|# .{15,}|\/\* .{15,}\*\/)/;

export const firstLines: Rule = (files) =>
  sources(files).flatMap(({ path, text }) => {
    const [first = '', second = ''] = text.split('\n');
    const opening = first.startsWith('#!') ? second : first;
    return idea.test(opening) ? [] : [{ path, line: 1, says: 'does not open with its one idea' }];
  });

const vague = ['utils', 'util', 'helpers', 'helper', 'common', 'services', 'misc'];

export const names: Rule = (files) =>
  files.flatMap(({ path }) =>
    path
      .split('/')
      .filter((part) => vague.includes(basename(part).split('.')[0] ?? ''))
      .map((part) => ({ path, says: `is called ${part}: name the idea` })),
  );

/** Written in halves, so that this file has nothing to complain of in itself. */
const left = new RegExp(`\\b(${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')})\\b`);
const skipped = /\b(it|test|describe)\.(skip|todo)\b/;

export const leftovers: Rule = (files) =>
  byLine(sources(files), (line) => {
    if (left.test(line)) return 'leaves something to be done';
    if (skipped.test(line) && !/\/\/ \S/.test(line)) return 'skips without a reason on the line';
    return undefined;
  });

/** Paths of one machine, and the hosts that a machine's package clients are set to. */
const privatePlaces = new RegExp(
  [
    String.raw`(?<![\w.}/*~-])/(work|root|tmp|home/\w+)/`,
    String.raw`registry\.npmjs\.org|pypi\.org|pythonhosted\.org`,
    String.raw`proxy\.golang\.org|deb\.debian\.org`,
  ].join('|'),
);

export const places: Rule = (files) =>
  byLine(
    files.filter(({ path }) => !path.startsWith('tests/tidy')),
    (line) => (privatePlaces.test(line) ? 'names a place of one machine or a registry' : undefined),
  );

export const top: Rule = (files) => {
  const entries = new Set(files.map(({ path }) => path.split('/')[0] ?? ''));
  const visible = [...entries].filter((name) => !name.startsWith('.'));
  if (visible.length <= topMax) return [];
  return [{ path: '.', says: `has ${visible.length} visible entries; ${topMax} are allowed` }];
};

export const readme: Rule = (files) =>
  files
    .filter(({ path, text }) => path === 'README.md' && text.split('\n').length > readmeMax + 1)
    .map(({ path }) => ({ path, says: `has more than ${readmeMax} lines` }));

/** Recorded speech, trained heads, and the lock, which npm writes. */
const mayBeLarge = (path: string): boolean =>
  path.startsWith('tests/speech/') ||
  path.startsWith('web/src/wake/heads/') ||
  path === 'package-lock.json';

export const blobs: Rule = (files) =>
  files
    .filter(({ path, bytes }) => bytes > blobMaxBytes && !mayBeLarge(path))
    .map(({ path, bytes }) => ({ path, says: `is a file of ${Math.round(bytes / 1024)} KiB` }));
