/** Backups of a running Butler: another goes on from there, and no kill costs what there was. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ownerOfTests, type RunningButler, startButler } from './rig/butler.ts';
import { embeddedFolder } from './rig/database-folder.ts';

const program = fileURLToPath(new URL('../agent/setup/restore.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'butler-restored-'));
let dataFolder = '';
let file = '';
let token = '';

/** `npm run restore` without npm; the machine's own settings stay out of it. */
const startRestore = (...given: string[]) => {
  const { PATH = '' } = process.env;
  const child: ChildProcess = spawn(process.execPath, [program, ...given], { env: { PATH } });
  const heard = { output: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (text) => (heard.output += text));
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, heard, ended };
};

const start = (at: string): Promise<RunningButler> =>
  startButler({ dataFolder: at, environment: { BUTLER_LOCAL_MODELS: 'off' } });

interface Listed {
  backups: { name: string; verified: boolean; tables: Record<string, number> }[];
  state: { running: object | null };
}
const listOf = async (butler: RunningButler): Promise<Listed> =>
  (await (await butler.request('/api/v1/backups')).json()) as Listed;
const factsOf = async (url: string, bearer: string): Promise<string[]> => {
  const headers = { authorization: `Bearer ${bearer}` };
  const answer = await fetch(`${url}/api/v1/memory/facts`, { headers });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { facts: { fact: string }[] }).facts.map(({ fact }) => fact);
};
const fact = (text: string) => ({ fact: text, category: 'personal' });

beforeAll(async () => {
  dataFolder = await embeddedFolder();
  const butler = await start(dataFolder);
  token = butler.token;
  const kept = await butler.request('/api/v1/memory/facts', fact('The cat is called Mischa.'));
  expect(kept.status).toBe(201);
  expect((await butler.request('/api/v1/backups', {})).status).toBe(202);
  const isThere = async () => (await listOf(butler)).backups[0]?.verified === true;
  await vi.waitUntil(isThere, { timeout: 60_000, interval: 100 });
  const [made] = (await listOf(butler)).backups;
  file = join(dataFolder, 'backups', made?.name ?? '');
  // What is learned after it is not in it.
  await butler.request('/api/v1/memory/facts', fact('The dog is called Bruno.'));
  // This one ends as in a power cut, in the middle of another backup.
  expect((await butler.request('/api/v1/backups', {})).status).toBe(202);
  process.kill(butler.pid, 'SIGKILL');
  await butler.exit;
  await butler.stop();
});
afterAll(() => {
  for (const one of [folder, dataFolder]) rmSync(one, { recursive: true, force: true });
});

it('is restored into an empty folder, where a Butler knows old passwords and tokens', async () => {
  const { ended, heard } = startRestore(file, '--data', folder);
  expect(await ended, heard.output).toBe(0);
  expect(heard.output).toContain('Everything is as it was on');
  // It comes up, and its owner logs in with the password as it was: the set-up is over.
  const butler = await start(folder);
  try {
    expect(await factsOf(butler.url, token)).toEqual(['The cat is called Mischa.']);
    const again = await fetch(`${butler.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: ownerOfTests.username, password: ownerOfTests.password }),
    });
    expect(again.status).toBe(200);
    const refused = startRestore(file, '--data', folder);
    expect(await refused.ended).toBe(1);
    expect(refused.heard.output).toMatch(/^Checking .*\nProcess \d+ has the database .* open\./);
  } finally {
    await butler.stop();
  }
});

it('leaves the state as it was when it is killed in the middle, as the Butler was', async () => {
  const { child, ended, heard } = startRestore(file, '--data', dataFolder);
  await expect.poll(() => heard.output, { timeout: 60_000 }).toContain('Rows of');
  child.kill('SIGKILL');
  await ended;
  const butler = await start(dataFolder);
  try {
    const facts = await factsOf(butler.url, token);
    expect(facts.toSorted()).toEqual(['The cat is called Mischa.', 'The dog is called Bruno.']);
    // Of the backup that was being made there is nothing.
    const { backups, state } = await listOf(butler);
    expect(backups).toHaveLength(1);
    expect(state.running).toBeNull();
  } finally {
    await butler.stop();
  }
});

it('says in a sentence what is wrong, and how it is called', async () => {
  const bytes = readFileSync(file);
  const bent = join(dataFolder, 'bent.tar.gz');
  writeFileSync(bent, bytes.subarray(0, bytes.length / 2));
  const before = readdirSync(dataFolder).sort();
  for (const [given, sentence] of [
    [[], /^Say which backup: npm run restore -- FILE/],
    [[bent, '--data', dataFolder], /is cut short or damaged/],
    [[program, '--data', dataFolder], /is no backup of Butler/],
    [[`${file}x`, '--data', dataFolder], /no such file/],
    [[file, '--date', 'x'], /Unknown option '--date'/],
  ] as [string[], RegExp][]) {
    const { ended, heard } = startRestore(...given);
    expect(await ended).toBe(1);
    expect(heard.output.replace(/^Checking .*\n/, '')).toMatch(sentence);
    expect(heard.output).not.toMatch(/\n {4}at /);
  }
  expect(readdirSync(dataFolder).sort()).toEqual(before);
});
