/** A restore that is killed between two moves: whoever comes next finishes it. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { changeOver, dropStage, finishChangeOver, type Plan, stageOf } from './change-over.ts';

const plan: Plan = {
  aside: 'before-20261121T020000',
  out: ['secret', 'timers', 'old.json', 'database/cluster'],
  in: ['secret', 'timers', 'new.json', 'database/cluster'],
};
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const put = (file: string, text: string): void => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
};

/** A house with its state, the restored one beside it, and what no restore touches. */
const house = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'butler-change-'));
  folders.push(folder);
  for (const [at, text] of [
    [folder, 'old'],
    [stageOf(folder), 'new'],
  ] as const) {
    put(join(at, 'secret'), text);
    put(join(at, 'timers', `${text}.json`), text);
    put(join(at, `${text}.json`), text);
    put(join(at, 'database', 'cluster', 'PG_VERSION'), text);
  }
  put(join(folder, 'models', 'big'), 'kept');
  put(join(folder, 'database', 'owner.json'), 'kept');
  return folder;
};

const contents = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [file.slice(folder.length + 1), readFileSync(file, 'utf8')]),
  );

const after = {
  secret: 'new',
  'timers/new.json': 'new',
  'new.json': 'new',
  'database/cluster/PG_VERSION': 'new',
  'database/owner.json': 'kept',
  'models/big': 'kept',
  'before-20261121T020000/secret': 'old',
  'before-20261121T020000/timers/old.json': 'old',
  'before-20261121T020000/old.json': 'old',
  'before-20261121T020000/database/cluster/PG_VERSION': 'old',
};

describe('a change-over', () => {
  it('moves what was there aside, and touches nothing else', () => {
    const folder = house();
    changeOver(folder, plan);
    expect(contents(folder)).toEqual(after);
  });

  const moves = (folder: string): [string, string][] =>
    [
      ...plan.out.map((path): [string, string] => [path, join(plan.aside, path)]),
      ...plan.in.map((path): [string, string] => [join('.restoring', path), path]),
    ].map(([from, to]) => [join(folder, from), join(folder, to)]);

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8])('is finished after %i of its eight moves', (done) => {
    const folder = house();
    writeFileSync(join(folder, 'restore.json'), JSON.stringify(plan));
    for (const [from, to] of moves(folder).slice(0, done)) {
      mkdirSync(dirname(to), { recursive: true });
      renameSync(from, to);
    }
    // Nobody throws away what is still to be moved.
    dropStage(folder);
    finishChangeOver(folder);
    expect(contents(folder)).toEqual(after);
    finishChangeOver(folder);
    expect(contents(folder)).toEqual(after);
  });

  it('has not begun without its plan: what was laid ready is dropped, the old state stands', () => {
    const folder = house();
    finishChangeOver(folder);
    dropStage(folder);
    expect(contents(folder)).toMatchObject({ secret: 'old', 'old.json': 'old' });
    expect(readdirSync(folder)).not.toContain('.restoring');
  });
});
