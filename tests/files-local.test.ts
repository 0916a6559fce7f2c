// Folders of this machine: what is found and read, and that nothing outside of them ever is.
import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileFastPath } from '../agent/fastpath.ts';
import { loadTools, type Toolbox } from '../tools/core/load.ts';
import { runTool, type ToolOutcome } from '../tools/core/run.ts';
import { readLocal, walk } from '../tools/files/local.ts';
import { portsInProcess } from './fakes/ports.ts';

// In memory where the system has such a folder: 100,000 files take a minute on a busy disk.
const memory = '/dev/shm';
const base = mkdtempSync(path.join(existsSync(memory) ? memory : tmpdir(), 'butler-files-'));
const root = path.join(base, 'papers');
const outside = path.join(base, 'outside');
const secret = 'the secret of somebody else';
const socket = createServer();
let toolbox: Toolbox;

const put = (name: string, text: string | Buffer, changed = '2026-01-05T10:00:00Z'): void => {
  const file = path.join(root, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  utimesSync(file, new Date(changed), new Date(changed));
};

const load = async (roots: string): Promise<Toolbox> => {
  const environment = { FILES_ROOTS: roots };
  return (await loadTools({ environment })).toolbox;
};

beforeAll(async () => {
  mkdirSync(outside, { recursive: true });
  writeFileSync(path.join(outside, 'secret.txt'), secret);
  put('2024/Boat Insurance Letter.txt', 'The boat is insured until May.\nPolicy 12.');
  put('2025/boatInsurance_2025.md', '# Boat\n\nInsured until **June**.', '2026-03-01T10:00:00Z');
  put('2025/boat insurance.pdf', '%PDF-1.4 \0 binary');
  put('recipes/Pancakes.txt', `${'Flour, milk and eggs. '.repeat(200)}The end.`);
  put('recipes/Wörter.txt', `${'ä€𝒳 '.repeat(600)}Ende`);
  put('recipes/Käse.csv', Buffer.from('Sorte;Preis\nB\xe4rgk\xe4se;4\n', 'latin1'));
  put('recipes/wide.txt', Buffer.from('\ufeffwide words', 'utf16le'));
  put('empty.txt', '');
  put('picture.txt', Buffer.from([0x89, 0x50, 0, 0, 1]));
  put('.hidden/secret.txt', secret);
  put('.secret.txt', secret);
  put('100% sure.txt', 'a plain name');
  put('**bold** `name` <b>.txt', 'markup');
  put(`turned\u202etxt.exe.txt`, secret);
  symlinkSync(outside, path.join(root, 'linked-folder'));
  symlinkSync(path.join(outside, 'secret.txt'), path.join(root, 'linked secret.txt'));
  symlinkSync('/dev/zero', path.join(root, 'zero.txt'));
  symlinkSync('..', path.join(root, 'round'));
  execFileSync('mkfifo', [path.join(root, 'pipe.txt')]);
  await new Promise<void>((done) => socket.listen(path.join(root, 'socket.txt'), done));
  toolbox = await load(root);
});

afterAll(async () => {
  await toolbox?.close();
  socket.close();
  rmSync(base, { recursive: true, force: true });
});

interface Said {
  box?: Toolbox;
  role?: 'owner' | 'child' | 'guest';
  language?: string;
  sure?: number;
}

const run = (name: string, input: unknown, said: Said = {}): Promise<ToolOutcome> =>
  runTool({
    ...portsInProcess(),
    toolbox: { tools: new Map((said.box ?? toolbox).tools) },
    ...{ name, input, timeZone: 'Europe/Oslo', now: () => new Date('2026-03-04T10:00:00Z') },
    caller: {
      ...{ personId: 'anna', name: 'Anna', role: said.role ?? 'owner', sure: said.sure ?? 1 },
      ...{ door: 'app', language: said.language ?? 'en' },
    },
    signal: new AbortController().signal,
  });

const filesOf = ({ show }: ToolOutcome): string[] =>
  (show as { file: string }[]).map(({ file }) => file);

describe('files', () => {
  it('are found whatever the order and number of their words, the newest first', async () => {
    const found = await run('files_find', { words: 'insurances for the boat' });
    expect(found).toMatchObject({ ok: true, outside: true });
    expect(filesOf(found)[0]).toBe('papers/2025/boatInsurance_2025.md');
    expect(filesOf(found)).toHaveLength(3);
    expect(found.say).toMatch(/^I found 3 files: boatInsurance 2025\.md/);
    expect(filesOf(await run('files_find', { words: 'letter boat 2024' }))).toEqual([
      'papers/2024/Boat Insurance Letter.txt',
    ]);
    expect(filesOf(await run('files_find', { words: 'boat insurance', kind: 'pdf' }))).toEqual([
      'papers/2025/boat insurance.pdf',
    ]);
    const folder = await run('files_find', { words: 'recipe pancake' });
    expect(folder.say).toBe(
      'I found Pancakes.txt in papers/recipes, changed on Monday, January 5.',
    );
    expect((await run('files_find', { words: 'pankakes' })).say).toMatch(/Pancakes\.txt/);
    expect((await run('files_find', { words: 'spaceship' })).say).toBe(
      'I found no file like spaceship.',
    );
    const german = await run('files_find', { words: 'Rezeptbuch' }, { language: 'de' });
    expect(german.say).toBe('Ich habe keine Datei wie Rezeptbuch gefunden.');
  });

  it('that changed lately are listed', async () => {
    const recent = await run('files_recent', { days: 7 });
    expect(recent.say).toBe('Changed lately: boatInsurance 2025.md.');
    expect((await run('files_recent', { days: 1 })).say).toMatch(/^No file has changed/);
  });

  it('are read piece by piece, and no character is cut in two', async () => {
    for (const name of ['Pancakes', 'Wörter']) {
      let text = '';
      let offset: number | undefined = 0;
      for (let pieces = 0; offset !== undefined && pieces < 30; pieces++) {
        const piece: ToolOutcome = await run('files_read', { file: name, offset });
        expect(piece, piece.say).toMatchObject({ ok: true, outside: true });
        expect(JSON.stringify(piece.show).length).toBeLessThan(1_700);
        expect(piece.say.length).toBeLessThanOrEqual(300);
        const show = piece.show as { text: string; next?: number };
        text += show.text;
        offset = show.next;
      }
      expect(text).toMatch(
        name === 'Pancakes' ? /^(Flour, milk and eggs\. ){200}The end\.$/ : /Ende$/,
      );
      expect(text).not.toContain('\ufffd');
    }
    expect((await run('files_read', { file: 'papers/recipes/Käse.csv' })).show).toMatchObject({
      text: 'Sorte;Preis\nBärgkäse;4\n',
    });
    expect((await run('files_read', { file: 'wide' })).say).toMatch(/wide words/);
    expect((await run('files_read', { file: 'empty' })).say).toBe('empty.txt is empty.');
    const past = await run('files_read', { file: 'Pancakes', offset: 1_000_000 });
    expect(past.say).toBe('That was all of Pancakes.txt.');
    const marked = await run('files_read', { file: 'boatInsurance_2025.md' });
    expect(marked.say).toBe('boatInsurance 2025.md begins: Boat Insured until June.');
  });

  it('of a kind that cannot be read, or that two are called, are a sentence', async () => {
    expect((await run('files_read', { file: 'boat insurance pdf' })).say).toMatch(
      /cannot read boat insurance\.pdf: only plain text/,
    );
    expect((await run('files_read', { file: 'picture' })).say).toMatch(/cannot read picture\.txt/);
    const which = await run('files_read', { file: 'insurance' });
    expect(which).toMatchObject({ ok: false, error: { code: 'which-one', handOver: true } });
    expect((await run('files_read', { file: '100% sure' })).say).toMatch(/a plain name/);
    expect((await run('files_find', { words: 'bold name' })).say).not.toMatch(/[*_#`<>]/);
    expect((await run('files_share', { file: '100% sure' })).say).toMatch(/only share files that/);
  });
});

describe('nothing else', () => {
  const paths = [
    ...['papers/../outside/secret.txt', 'papers/recipes/../../outside/secret.txt', '../secret.txt'],
    ...[
      '/etc/passwd',
      path.join(outside, 'secret.txt'),
      'papers//etc/passwd',
      'papers/./empty.txt',
    ],
    ...[
      'papers/%2e%2e/outside/secret.txt',
      'papers/..%2foutside%2fsecret.txt',
      'papers/%252e%252e/x',
    ],
    ...['papers\\..\\outside\\secret.txt', 'papers/..\\outside\\secret.txt', 'C:\\secret.txt'],
    ...[
      'C:/outside/secret.txt',
      'papers/\uff0e\uff0e/outside/secret.txt',
      'papers/\u2025/outside/x',
    ],
    ...['papers/..\u2215outside\u2215secret.txt', 'papers/..\uff0foutside/secret.txt'],
    ...['papers/empty.txt\0.md', 'papers/.hidden/secret.txt', 'papers/.secret.txt', 'papers/…/x'],
    ...[
      'papers/linked-folder/secret.txt',
      'papers/linked secret.txt',
      'papers/round/outside/secret.txt',
    ],
    ...[
      'papers/zero.txt',
      'papers/pipe.txt',
      'papers/socket.txt',
      'papers/2024',
      'papers/recipes/',
    ],
    ...[`papers/${'a/'.repeat(40)}x`, `papers/${'x'.repeat(300)}`, 'elsewhere/secret.txt'],
    `papers/turned\u202etxt.exe.txt`,
  ];
  it.each(paths)('is read by %j', async (file) => {
    const outcome = await run('files_read', { file });
    expect(outcome.ok).toBe(false);
    expect(['path-refused', 'not-found']).toContain(outcome.error?.code);
    expect(JSON.stringify(outcome)).not.toContain(secret);
  });

  it('is found: no link, no hidden file, no pipe, no device', async () => {
    const { entries } = await walk(
      { name: 'papers', folder: root },
      { signal: new AbortController().signal, withinMs: 10_000, times: true },
    );
    const names = entries.map(({ file }) => file).join('\n');
    expect(entries.length).toBe(11);
    expect(names).not.toMatch(/secret|linked|round|zero|pipe|socket|turned/);
    const hidden = (await run('files_find', { words: 'secret' })).show;
    expect(hidden).toEqual([]);
  });

  it('is read while somebody puts a link in the place of a folder', async () => {
    put('swapped/secret.txt', 'the right one');
    const script = `
      const { renameSync, symlinkSync } = require('node:fs');
      const [root, outside] = process.argv.slice(1);
      const at = (name) => root + '/' + name;
      symlinkSync(outside, at('link'));
      const end = Date.now() + 1500;
      process.stdout.write('go');
      while (Date.now() < end) {
        renameSync(at('swapped'), at('real')); renameSync(at('link'), at('swapped'));
        renameSync(at('swapped'), at('link')); renameSync(at('real'), at('swapped'));
      }`;
    const child = spawn(process.execPath, ['-e', script, root, outside]);
    await new Promise((go) => child.stdout.once('data', go));
    const seen = new Map<string, number>();
    while (child.exitCode === null) {
      const found = await readLocal({ name: 'papers', folder: root }, 'swapped/secret.txt', {
        ...{ offset: 0, length: 100 },
      }).then(
        ({ bytes }) => Buffer.from(bytes).toString(),
        (error: Error) => error.message,
      );
      seen.set(found, (seen.get(found) ?? 0) + 1);
      const limits = { signal: new AbortController().signal, withinMs: 1_000, times: true };
      const { entries } = await walk({ name: 'papers', folder: root }, limits);
      const sizes = entries.filter(({ file }) => file.endsWith('swapped/secret.txt'));
      for (const { bytes } of sizes) expect(bytes).toBe('the right one'.length);
    }
    console.log('while folders were swapped:', Object.fromEntries(seen));
    expect([...seen.keys()]).not.toContain(secret);
    expect(seen.get('the right one')).toBeGreaterThan(0);
    expect([...seen.values()].reduce((sum, one) => sum + one, 0)).toBeGreaterThan(20);
  });

  it('is open to guests, children, or a voice that nobody is sure of', async () => {
    for (const said of [{ role: 'guest' }, { role: 'child' }, { sure: 0.5 }] as const) {
      expect(await run('files_find', { words: 'boat' }, said)).toMatchObject({ verdict: 'refuse' });
    }
  });
});

describe('a root', () => {
  it('that is gone is a sentence, and the others are still looked through', async () => {
    const gone = path.join(base, 'usb stick');
    const alone = await load(gone);
    expect((await run('files_find', { words: 'boat' }, { box: alone })).say).toBe(
      'The folder usb stick is not there right now. See whether its disk is connected.',
    );
    const lines = await alone.health(new AbortController().signal);
    expect(lines.find(({ integration }) => integration === 'files')?.ok).toBe(false);
    const both = await load([gone, root, root].join(path.delimiter));
    expect((await run('files_find', { words: 'pancakes' }, { box: both })).ok).toBe(true);
    // What nobody found may lie on the disk that is away.
    expect((await run('files_find', { words: 'spaceship' }, { box: both })).say).toMatch(
      /usb stick/,
    );
    expect((await run('files_read', { file: 'papers-2/empty.txt' }, { box: both })).ok).toBe(true);
  });

  it('of 100,000 files is looked through in time, or in part, and says so', async () => {
    const big = path.join(base, 'big');
    for (let folder = 0; folder < 100; folder++) {
      const at = path.join(big, `folder ${folder}`);
      mkdirSync(at, { recursive: true });
      for (let file = 0; file < 1_000; file++) writeFileSync(path.join(at, `page ${file}.txt`), '');
    }
    writeFileSync(path.join(big, 'needle in hay.txt'), 'found');
    const signal = new AbortController().signal;
    const startedAtMs = performance.now();
    const all = await walk(
      { name: 'big', folder: big },
      { signal, withinMs: 60_000, times: false },
    );
    console.log(`100,001 files: ${Math.round(performance.now() - startedAtMs)} ms`);
    expect(all.entries).toHaveLength(100_000);
    const limited = await walk({ name: 'big', folder: big }, { signal, withinMs: 50, times: true });
    expect(limited.cut).toBe(true);
    const outcome = await run('files_find', { words: 'needle' }, { box: await load(big) });
    expect(outcome.say).toMatch(/^I found needle in hay\.txt/);
    const ended = walk(
      { name: 'big', folder: big },
      { signal: AbortSignal.abort(), withinMs: 9, times: true },
    );
    await expect(ended).rejects.toThrow();
  });
});

it.each([
  ['find the boat insurance file', 'files_find'],
  ['search our files for insurance', 'files_find'],
  ['read me the pancake file', 'files_read'],
  ['what is new in our files', 'files_recent'],
  ['share the holiday plan document for 3 days', 'files_share'],
  ['find my phone', 'other'],
  ['read me a story', 'other'],
  ['share a joke', 'other'],
  ['where is the bathroom', 'other'],
  ['open the garage door', 'other'],
])('"%s" is for %s', (sentence, tool) => {
  const found = compileFastPath(toolbox.tools.values()).match(sentence, 'en')?.tool ?? '';
  expect(found.startsWith('files_') ? found : 'other').toBe(tool);
});
