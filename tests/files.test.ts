// Files in Nextcloud: a real WebDAV server, links by OCS, and everything that can go wrong there.
import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadTools, type Toolbox } from '../tools/core/load.ts';
import { runTool, type ToolOutcome } from '../tools/core/run.ts';
import { type Fault, type NextcloudFake, startNextcloud } from './fakes/nextcloud.ts';
import { portsInProcess } from './fakes/ports.ts';
import { startWebDav, type WebDavServer } from './servers/webdav.ts';

let webdav: WebDavServer;
let cloud: NextcloudFake;
let toolbox: Toolbox;

const put = (name: string, text: string, changed = '2026-01-05T10:00:00Z'): void => {
  const file = path.join(webdav.folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  utimesSync(file, new Date(changed), new Date(changed));
};

const load = (more: Record<string, string | undefined> = {}) =>
  loadTools({
    environment: {
      ...{ NEXTCLOUD_URL: cloud.url, NEXTCLOUD_USERNAME: webdav.username },
      ...{ NEXTCLOUD_PASSWORD: webdav.password, ...more },
    },
  });

beforeAll(async () => {
  const started = await startWebDav();
  // Without it these tests would prove nothing: they fail, and say what is missing.
  if ('unavailable' in started) throw new Error(started.unavailable);
  webdav = started;
  cloud = await startNextcloud(webdav);
  put('Papers/Boat & Co/Insurance 2026 #1.txt', 'The boat is insured until May 2027.');
  put('Papers/insurance house.pdf', '%PDF');
  put('Notes/Käsekuchen 100%.md', `# Käsekuchen\n${'Quark, Eier und Zucker. '.repeat(150)}`);
  put('Notes/.hidden.md', 'hidden');
  put('Notes/new.md', 'new words', '2026-03-03T10:00:00Z');
}, 300_000);

beforeEach(async () => {
  ({ toolbox } = await load());
  cloud.fault = () => undefined;
  cloud.searches = true;
  cloud.linkPermissions = 1;
  cloud.links.clear();
  cloud.asked.length = 0;
});

afterAll(async () => {
  await cloud?.stop();
  await webdav?.stop();
});

interface Said {
  box?: Toolbox;
  who?: string;
  role?: 'owner' | 'adult' | 'child';
  language?: string;
  yes?: boolean;
  signal?: AbortSignal;
}

const run = (name: string, input: unknown, said: Said = {}): Promise<ToolOutcome> => {
  const { box = toolbox, who = 'anna', role = 'owner', language = 'en', yes } = said;
  return runTool({
    ...portsInProcess(),
    toolbox: { tools: new Map(box.tools) },
    ...{ name, input, timeZone: 'Europe/Oslo', now: () => new Date('2026-03-04T10:00:00Z') },
    caller: { personId: who, name: who, role, sure: 1, door: 'app', language },
    signal: said.signal ?? new AbortController().signal,
    ...(yes && {
      yes: (digest: string) => ({ by: 'yes' as const, personId: who, digest, ageMs: 1 }),
    }),
  });
};

const filesOf = ({ show }: ToolOutcome): string[] =>
  (show as { file: string }[]).map(({ file }) => file);

describe.each([true, false])('files, where the server can search: %s', (searches) => {
  beforeEach(() => {
    cloud.searches = searches;
  });

  it('are found by their words, in any order and number', async () => {
    const found = await run('files_find', { words: 'insurances 2026' });
    expect(found).toMatchObject({ ok: true, outside: true });
    expect(filesOf(found)).toEqual(['nextcloud/Papers/Boat & Co/Insurance 2026 #1.txt']);
    expect(found.say).toBe(
      'I found Insurance 2026 1.txt in nextcloud/Papers/Boat & Co, changed on Monday, January 5.',
    );
    const both = await run('files_find', { words: 'insurance' });
    expect(filesOf(both)).toHaveLength(2);
    expect(filesOf(await run('files_find', { words: 'Kasekuchen' }))).toHaveLength(1);
    // By the name of the folder.
    expect(filesOf(await run('files_find', { words: 'boat' }))).toHaveLength(1);
    expect((await run('files_find', { words: 'hidden' })).say).toMatch(/^I found no file/);
  });

  it('that are new are listed, and read in pieces', async () => {
    expect((await run('files_recent', {})).say).toBe('Changed lately: new.md.');
    const first = await run('files_read', { file: 'nextcloud/Notes/Käsekuchen 100%.md' });
    const show = first.show as { text: string; next: number };
    expect(first.say).toMatch(/^Käsekuchen 100%\.md begins: Käsekuchen Quark, Eier und Zucker\./);
    const next = await run('files_read', { file: 'Käsekuchen', offset: show.next });
    expect(next.say).toMatch(/^Käsekuchen 100%\.md goes on/);
    expect(JSON.stringify(first.show).length).toBeLessThan(1_700);
  });
});

describe('a public link', () => {
  const file = 'nextcloud/Papers/Boat & Co/Insurance 2026 #1.txt';

  it('is asked for, made for reading and for some days, read back, and taken back', async () => {
    const asked = await run('files_share', { file: 'boat insurance 2026' });
    expect(asked.ask?.question).toBe(
      'Shall I make a link with which anybody can read Papers, Boat & Co, Insurance 2026 1.txt ' +
        'until Wednesday, March 11?',
    );
    expect(cloud.links.size).toBe(0);
    const made = await run('files_share', { file }, { yes: true });
    expect(made).toMatchObject({ ok: true, verified: true });
    expect(made.say).toBe(
      'There is a link to Insurance 2026 1.txt now, good until Wednesday, March 11. ' +
        'You find it on the page.',
    );
    const [link] = [...cloud.links.values()];
    expect(link).toMatchObject({ permissions: 1, expiration: '2026-03-11 00:00:00' });
    expect(made.show).toMatchObject({ link: link?.url, until: '2026-03-11' });
    const undone = await run('files_unshare', made.undo?.input);
    expect(undone).toMatchObject({ ok: true, verified: true, say: 'The link is deleted.' });
    expect(cloud.links.size).toBe(0);
  });

  it('that would let strangers write is deleted again at once', async () => {
    cloud.linkPermissions = 15;
    const made = await run('files_share', { file }, { yes: true });
    expect(made).toMatchObject({ ok: false, error: { code: 'link-too-open' } });
    expect(cloud.links.size).toBe(0);
  });

  it('is no success where it cannot be read back, or the server allows none', async () => {
    cloud.fault = (asked) => (asked.startsWith('GET /ocs/') ? { status: 404 } : undefined);
    expect(await run('files_share', { file }, { yes: true })).toMatchObject({ ok: false });
    cloud.fault = (asked) => (asked.startsWith('POST /ocs/') ? { status: 403 } : undefined);
    const refused = await run('files_share', { file }, { yes: true });
    expect(refused.say).toMatch(/does not allow public links/);
    cloud.fault = () => undefined;
    const gone = await run('files_share', { file: 'nextcloud/no such.txt' }, { yes: true });
    expect(gone).toMatchObject({ ok: false, error: { code: 'not-found' } });
    const days = await run('files_share', { file, days: 61 }, { yes: true });
    expect(days.error?.code).toBe('wrong-arguments');
    const child = await run('files_share', { file }, { role: 'child', yes: true });
    expect(child.verdict).toBe('refuse');
  });
});

describe('an account', () => {
  it('of one person is nobody else’s, also not by the path of a file', async () => {
    const { toolbox: box } = await load({ NEXTCLOUD_PERSON: 'Ben' });
    expect((await run('files_find', { words: 'insurance' }, { box, who: 'ben' })).ok).toBe(true);
    const input = { file: 'nextcloud/Notes/new.md', place: 'nextcloud', id: '100' };
    for (const [name, asked] of [
      ['files_find', { words: 'insurance' }],
      ['files_read', { file: input.file }],
      ['files_unshare', { place: input.place, id: input.id }],
      ['files_recent', {}],
    ] as const) {
      const outcome = await run(name, asked, { box, who: 'anna' });
      expect(outcome, name).toMatchObject({ ok: false, error: { code: 'no-account' } });
      expect(outcome.say).toMatch(/no files of yours here/);
    }
  });

  it('of which half is set stops the start with the names of what is missing', async () => {
    const { mistakes } = await load({ NEXTCLOUD_PASSWORD: undefined });
    expect(mistakes.join()).toMatch(/NEXTCLOUD_PASSWORD is missing/);
    expect((await load({ NEXTCLOUD_URL: 'cloud.example' })).mistakes.join()).toMatch(
      /NEXTCLOUD_URL/,
    );
  });

  it('says to doctor what it is, and how to renew a key that is refused', async () => {
    const health = async (box: Toolbox) =>
      (await box.health(new AbortController().signal)).find((one) => one.integration === 'files');
    expect(await health(toolbox)).toMatchObject({
      ...{ ok: true, line: 'Nextcloud 31.0.4 (with public links) can be read' },
    });
    const { toolbox: wrong } = await load({ NEXTCLOUD_PASSWORD: 'revoked' });
    const line = await health(wrong);
    expect(line?.ok).toBe(false);
    expect(JSON.stringify(line)).toMatch(/app password/);
    expect(JSON.stringify(line)).not.toContain('revoked');
  });
});

describe('what goes wrong is a sentence', () => {
  const always = (fault: Fault) => () => fault;
  const bomb =
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;">]>' +
    '<d:multistatus xmlns:d="DAV:"><d:response><d:href>&c;</d:href></d:response></d:multistatus>';
  it.each<[string, Fault, RegExp]>([
    ['a wrong key', { status: 401 }, /does not let me in/],
    ['a forbidden one', { status: 403 }, /does not let me in/],
    ['too often', { status: 429, headers: { 'retry-after': '30' } }, /again in 30 seconds/],
    ['a broken server', { status: 500, body: '<html>' }, /fault of its own/],
    ['a page for browsers', { status: 200, body: '<html>Log in</html>' }, /cannot read/],
    ['garbage', { status: 207, body: 'no xml' }, /cannot read/],
    ['too much', { status: 207, body: 'x'.repeat(5_000_000) }, /more than I can take/],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:9/' } }, /somewhere else/],
    ['no answer', { hangs: true }, /takes too long|took too long/],
  ])('%s', async (_, fault, sentence) => {
    cloud.fault = always(fault);
    const outcome = await run('files_find', { words: 'insurance' });
    expect(outcome.ok).toBe(false);
    expect(outcome.say).toMatch(sentence);
    const german = run('files_read', { file: 'nextcloud/Notes/new.md' }, { language: 'de' });
    expect((await german).say).not.toBe(outcome.say);
  });

  it('a bomb of entities is not set off, and a foreign address leads nowhere', async () => {
    cloud.fault = always({ status: 207, body: bomb });
    expect(filesOf(await run('files_find', { words: 'bbbb' }))).toEqual([]);
    const href = (path: string) =>
      `<d:response><d:href>${path}</d:href><d:propstat><d:prop/></d:propstat></d:response>`;
    const paths = [
      ...['/etc/insurance.txt', '/remote.php/dav/files/other/insurance.txt', 'http://[bad'],
      ...['/remote.php/dav/files/maria/../other/insurance.txt', '/remote.php/dav/files/maria/'],
      ...['/remote.php/dav/files/maria/%2e%2e/insurance.txt', '/remote.php/dav/files/maria/%E0%A4'],
      ...[
        '/remote.php/dav/files/maria/a%2Finsurance.txt',
        '/remote.php/dav/files/maria/.insurance',
      ],
    ];
    const start = '<?xml version="1.0"?><d:multistatus xmlns:d="DAV:">';
    const body = `${start}${paths.map(href).join('')}</d:multistatus>`;
    cloud.fault = always({ status: 207, body });
    expect(filesOf(await run('files_find', { words: 'insurance' }))).toEqual([]);
  });

  it('an interruption, a file that is gone, a server that is away', async () => {
    cloud.fault = always({ hangs: true });
    const signal = AbortSignal.timeout(100);
    const startedAtMs = performance.now();
    const ended = await run('files_find', { words: 'insurance' }, { signal });
    expect(ended).toMatchObject({ ok: false, error: { code: 'aborted' } });
    expect(performance.now() - startedAtMs).toBeLessThan(2_000);
    cloud.fault = () => undefined;
    const gone = await run('files_read', { file: 'nextcloud/Notes/old.md' });
    expect(gone).toMatchObject({ ok: false, say: 'That file is not there any more.' });
    const wrong = await run('files_read', { file: 'nextcloud/../other/secret.md' });
    expect(wrong.error?.code).toBe('path-refused');
    expect(cloud.asked.join()).not.toMatch(/other/);
    const { toolbox: away } = await load({ NEXTCLOUD_URL: 'http://127.0.0.1:9' });
    const lost = await run('files_find', { words: 'insurance' }, { box: away });
    expect(lost).toMatchObject({ ok: false, error: { code: 'unreachable' } });
    rmSync(path.join(webdav.folder, 'Notes/new.md'));
    const { toolbox: again } = await load();
    expect(
      (await run('files_read', { file: 'nextcloud/Notes/new.md' }, { box: again })).say,
    ).toMatch(/not there any more/);
  });
});
