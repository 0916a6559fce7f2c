/** A folder of tool files, good and bad, and the settings that switch them on. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { loadTools, type Toolbox } from './load.ts';
import { parsePattern } from './says.ts';

const define = JSON.stringify(path.join(import.meta.dirname, 'define.ts'));
const zod = JSON.stringify(import.meta.resolve('zod'));
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'butler-tools-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const file = async (name: string, says = "['say {word}']", more = ''): Promise<void> => {
  const own = path.basename(name.replace(/\/index\.ts$/, ''), '.ts');
  await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
  await writeFile(
    path.join(folder, name),
    `import { integration, ToolError } from ${define};
import { z } from ${zod};
export default integration({ name: '${own}', about: 'Speaks.', ${more} }).tools({
  talk: { about: 'Talk.', effect: 'read', confirm: 'never', says: ${says},
    input: z.object({ word: z.string(), level: z.int().optional(), deep: z.object({}).optional() }),
    run: async () => ({ say: 'x' }) },
});`,
  );
};

const load = (environment: Record<string, string | undefined> = {}) =>
  loadTools({ folder, environment });

test('reads files and folders, leaves parts, tests and core alone', async () => {
  await file('beta.ts');
  await file('alpha-one/index.ts');
  await mkdir(path.join(folder, 'core'));
  for (const other of ['beta.words.ts', 'beta.test.ts', 'core/x.ts', 'notes.md']) {
    await writeFile(path.join(folder, other), 'this is no module');
  }
  const { toolbox, mistakes } = await load();
  expect(mistakes).toEqual([]);
  expect([...toolbox.tools.keys()]).toEqual(['alpha_one_talk', 'beta_talk']);
  expect(toolbox.integrations.map(({ name, on }) => [name, on])).toEqual([
    ['alpha-one', true],
    ['beta', true],
  ]);
});

describe('a file that cannot be used stops the start with its path and the fix', () => {
  test.each([
    ['syntax.ts', 'export default {{{', 'cannot be imported'],
    ['empty.ts', 'export const x = 1;', 'exports no integration'],
    [
      'other.ts',
      `import { integration } from ${define};
      export default integration({ name: 'another', about: '' }).tools({});`,
      'make it "other"',
    ],
    [
      'Big_Name.ts',
      `import { integration } from ${define};
      export default integration({ name: 'Big_Name', about: '' }).tools({});`,
      'lower case',
    ],
  ])('%s', async (name, text, fix) => {
    await writeFile(path.join(folder, name), text);
    await file('fine.ts');
    await expect(load()).rejects.toThrow(fix);
    await expect(load()).rejects.toThrow(path.join(folder, name));
  });

  test.each([
    ['say {other}', '{other} is not in the input, which has: word, level, deep'],
    ['say [{word}', 'a "]" is missing'],
    ['say {word})', 'closes nothing'],
    ['say {wo rd}', 'a slot is written'],
    ['{word}', 'no words of its own'],
    ['say {deep}', 'speech cannot fill'],
    ['say {word} {word}', 'needs a word between'],
    ['say {level=high} it', 'does not fit'],
    ['say {toString}', 'is not in the input'],
  ])('says %j', async (pattern, mistake) => {
    await file('speaker.ts', JSON.stringify([pattern]));
    await expect(load()).rejects.toThrow(mistake);
  });

  test('two tools of one full name', async () => {
    await file('a-b.ts');
    await mkdir(path.join(folder, 'a'));
    await writeFile(
      path.join(folder, 'a', 'index.ts'),
      `import { integration } from ${define};
      import { z } from ${zod};
      export default integration({ name: 'a', about: '' }).tools({ b_talk: {
        about: '', effect: 'read',
        confirm: 'never', says: [], input: z.object({}), run: async () => ({ say: '' }) } });`,
    );
    await expect(load()).rejects.toThrow('rename one');
  });
});

describe('settings', () => {
  const config =
    'config: z.object({ url: z.url(), appPassword: z.string().min(4), ' +
    'retries: z.int().default(3) }),';
  const connect = 'connect: (c) => ({ c }), health: ({ c }) => JSON.stringify(c),';
  test.each([
    [{}, undefined, []],
    [{ PI_HOLE_URL: '  ' }, undefined, []],
    [
      { PI_HOLE_URL: 'http://pi' },
      undefined,
      ['PI_HOLE_APP_PASSWORD is missing: PI_HOLE_URL is set'],
    ],
    [{ PI_HOLE_RETRIES: '2' }, undefined, ['PI_HOLE_URL and PI_HOLE_APP_PASSWORD are missing']],
    [{ PI_HOLE_URL: 'pi', PI_HOLE_APP_PASSWORD: 'secret-word' }, undefined, ['PI_HOLE_URL: ']],
    [
      { PI_HOLE_URL: 'pi', PI_HOLE_APP_PASSWORD: 'x' },
      undefined,
      ['PI_HOLE_URL: ', 'PI_HOLE_APP_PASSWORD: '],
    ],
    [
      { PI_HOLE_URL: 'http://pi', PI_HOLE_APP_PASSWORD: '12345', PI_HOLE_RETRIES: '7' },
      { url: 'http://pi', appPassword: '12345', retries: 7 },
      [],
    ],
  ])('%j', async (environment, expected, starts) => {
    await file('pi-hole.ts', '[]', config + connect);
    const { toolbox, mistakes } = await load(environment);
    expect(mistakes).toHaveLength(starts.length);
    starts.forEach((start, at) => {
      expect(mistakes[at]).toContain(start);
    });
    expect(mistakes.join(' ')).not.toContain('secret-word');
    expect(toolbox.tools.has('pi_hole_talk')).toBe(expected !== undefined);
    const [health] = await toolbox.health(AbortSignal.timeout(1000));
    if (expected) expect(JSON.parse(health?.line ?? '')).toEqual(expected);
    else expect(health).toBeUndefined();
    await toolbox.close();
  });

  test('health says what is wrong and never throws; close closes what was opened', async () => {
    await file('down.ts', '[]', "connect: async () => { throw new Error('no route to host'); },");
    await file(
      'up.ts',
      '[]',
      'connect: () => ({}), close: (c) => { globalThis.closedForTest = true; },',
    );
    const { toolbox } = await load();
    expect(await toolbox.health(AbortSignal.timeout(1000))).toEqual([
      { integration: 'down', ok: false, line: 'no route to host' },
      { integration: 'up', ok: true, line: 'ready' },
    ]);
    await toolbox.close();
    expect((globalThis as { closedForTest?: boolean }).closedForTest).toBe(true);
  });
});

describe('tools that a service names itself', () => {
  interface Handle {
    found: Record<string, unknown>;
    changed?: () => void;
  }
  const handle: Handle = { found: {} };
  (globalThis as { discoveredForTest?: Handle }).discoveredForTest = handle;

  const tool = (more: object = {}) => ({
    ...{ about: 'x', effect: 'read', confirm: 'never', says: [], input: z.object({}) },
    ...{ run: async () => ({ say: 'x' }), ...more },
  });
  const discovered = async () => {
    const discover =
      'discover: async (client, changed) => { globalThis.discoveredForTest.changed = changed; ' +
      'return globalThis.discoveredForTest.found; },';
    await file('post.ts', '[]', discover);
    await file('talker.ts');
    return (await load()).toolbox;
  };
  const names = (toolbox: Toolbox) => [...toolbox.tools.keys()].sort();

  test('come with the connection, and go when the service no longer names them', async () => {
    handle.found = { send: tool(), hide: tool({ hidden: true }) };
    const toolbox = await discovered();
    expect(names(toolbox)).toEqual(['post_talk', 'talker_talk']);
    await toolbox.health(AbortSignal.timeout(1_000));
    expect(names(toolbox)).toEqual(['post_hide', 'post_send', 'post_talk', 'talker_talk']);
    expect(toolbox.tools.get('post_send')).toMatchObject({ integration: 'post' });
    expect(toolbox.tools.get('post_hide')?.hidden).toBe(true);
    handle.found = { fetch: tool() };
    handle.changed?.();
    await expect.poll(() => names(toolbox)).toEqual(['post_fetch', 'post_talk', 'talker_talk']);
    await toolbox.close();
  });

  test('take no name that is taken, and none that is unfit', async () => {
    handle.found = {
      ...{ talk: tool({ about: 'not mine' }), talker_talk: tool({ bareName: true }) },
      ...{ 'Bad Name': tool(), ['x'.repeat(64)]: tool(), toString: tool() },
      ...{ mistaken: tool({ says: ['say {nothing}'] }), good: tool({ says: ['post it'] }) },
    };
    const toolbox = await discovered();
    await toolbox.health(AbortSignal.timeout(1_000));
    expect(names(toolbox)).toEqual(['post_good', 'post_talk', 'talker_talk']);
    expect(toolbox.tools.get('post_talk')?.about).not.toBe('not mine');
    await toolbox.close();
  });
});

describe('health', () => {
  const looked = async (more: string, withinMs = 200) => {
    await file('post.ts', '[]', more);
    const { toolbox } = await load();
    const startedMs = performance.now();
    const [line] = await toolbox.health(AbortSignal.timeout(withinMs));
    expect(performance.now() - startedMs).toBeLessThan(1_000);
    return line;
  };

  test.each([['connect: () => new Promise(() => {}),'], ['health: () => new Promise(() => {}),']])(
    '%s is given up in time',
    async (more) => {
      const line = await looked(`${more} renew: 'Start the post office.',`);
      expect(line).toMatchObject({ ok: false, line: 'it did not answer in time' });
      expect(line?.mend).toBe('Start the post office.');
    },
  );

  test('the way out is that of the failure, else how access is renewed', async () => {
    const thrown =
      "health: () => { throw Object.assign(new ToolError('No key.', 'access-refused', " +
      "{ mend: 'Set POST_KEY.' })); }, renew: 'Ask the post.',";
    expect(await looked(thrown)).toEqual({
      ...{ integration: 'post', ok: false, line: 'No key.', mend: 'Set POST_KEY.' },
    });
  });
});

test('a pattern of absurd size is refused', () => {
  expect(() => parsePattern('[a] '.repeat(500))).toThrow('more than 200 pieces');
});
