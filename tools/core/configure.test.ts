/** Settings and accounts of integrations: second ones, halves, gaps, shared ones, and mistakes. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readSettings, variablesOf } from './configure.ts';
import { type Integration, integration } from './define.ts';

const caldav = z.object({
  url: z.url('must be an address'),
  username: z.string().describe('As at the provider.'),
  password: z.string().min(4, 'is too short'),
  person: z.string().optional(),
});
const google = z.object({ clientId: z.string(), refreshToken: z.string() });

const calendar = integration({
  name: 'calendar',
  about: 'What is on.',
  sources: { caldav, google },
}).tools({});
const mail = integration({
  name: 'mail',
  about: 'What came.',
  config: z.object({ days: z.int().default(14) }),
  sources: { google },
}).tools({});

const read = (environment: Record<string, string>, ...which: Integration[]) => {
  const { settings, mistakes } = readSettings(which.length > 0 ? which : [calendar], environment);
  return { calendar: settings.get('calendar'), mail: settings.get('mail'), mistakes };
};

const account = (prefix: string, username: string) => ({
  [`${prefix}_URL`]: `https://${username}.example`,
  [`${prefix}_USERNAME`]: username,
  [`${prefix}_PASSWORD`]: 'hush-hush',
});
const as = (username: string) => ({
  url: `https://${username}.example`,
  username,
  password: 'hush-hush',
});

describe('accounts', () => {
  test('none is off, and no mistake', () => {
    expect(read({})).toEqual({ mistakes: [] });
    expect(read({ CALDAV_URL: ' ', CALDAV_USERNAME: '' })).toEqual({ mistakes: [] });
  });

  test.each([
    ['one', ['CALDAV']],
    ['two', ['CALDAV', 'CALDAV_2']],
    ['only a second', ['CALDAV_2']],
    ['with a gap', ['CALDAV', 'CALDAV_4', 'CALDAV_9']],
  ])('%s', (_name, prefixes) => {
    const given = prefixes.map((prefix, at) => account(prefix, `p${at}`));
    const { calendar: config, mistakes } = read(Object.assign({}, ...given));
    expect(mistakes).toEqual([]);
    const accounts = prefixes.map((_, at) => as(`p${at}`));
    expect(config).toEqual({ sources: { caldav: accounts, google: [] } });
  });

  test('more than nine are not read: there is no tenth', () => {
    expect(read(account('CALDAV_10', 'x'))).toEqual({ mistakes: [] });
    expect(read(account('CALDAV_1', 'x'))).toEqual({ mistakes: [] });
  });

  test('half of one names what is missing, by the variable, and switches nothing on', () => {
    const environment = { ...account('CALDAV', 'anna'), CALDAV_2_URL: 'https://b.example' };
    const { calendar: config, mistakes } = read(environment);
    expect(config).toBeUndefined();
    expect(mistakes).toEqual([
      'CALDAV_2_USERNAME and CALDAV_2_PASSWORD are missing: CALDAV_2_URL is set, ' +
        'and caldav 2 needs all of them, or none to stay off.',
    ]);
  });

  test('an optional setting alone is half of one too', () => {
    expect(read({ CALDAV_PERSON: 'anna' }).mistakes[0]).toContain('CALDAV_URL and');
  });

  test('every mistake of every account is told, and no value', () => {
    const wrong = { ...account('CALDAV', 'a'), CALDAV_URL: 'my-url', CALDAV_PASSWORD: 'abc' };
    const second = { ...account('CALDAV_3', 'b'), CALDAV_3_PASSWORD: 'xyz' };
    const { mistakes } = read({ ...wrong, ...second });
    expect(mistakes).toEqual([
      'CALDAV_URL: must be an address.',
      'CALDAV_PASSWORD: is too short.',
      'CALDAV_3_PASSWORD: is too short.',
    ]);
  });

  test('a person is kept with the account', () => {
    const { calendar: config } = read({ ...account('CALDAV', 'a'), CALDAV_PERSON: 'anna' });
    expect(config).toMatchObject({ sources: { caldav: [{ person: 'anna' }] } });
  });
});

describe('a shared kind', () => {
  const both = { GOOGLE_CLIENT_ID: 'id', GOOGLE_REFRESH_TOKEN: 'token' };
  test('switches both on', () => {
    const found = read(both, calendar, mail);
    const accounts = [{ clientId: 'id', refreshToken: 'token' }];
    expect(found.calendar).toEqual({ sources: { caldav: [], google: accounts } });
    expect(found.mail).toEqual({ days: 14, sources: { google: accounts } });
  });

  test('tells its mistake once', () => {
    const { mistakes } = read({ GOOGLE_CLIENT_ID: 'id' }, calendar, mail);
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toMatch(/^GOOGLE_REFRESH_TOKEN is missing/);
  });
});

describe('settings of its own beside accounts', () => {
  test('with defaults alone they switch nothing on, and take part once set', () => {
    expect(read({}, mail)).toEqual({ mistakes: [] });
    const given = { MAIL_DAYS: '3', GOOGLE_CLIENT_ID: 'id', GOOGLE_REFRESH_TOKEN: 't' };
    expect(read(given, mail).mail).toMatchObject({ days: 3 });
    expect(read({ ...given, MAIL_DAYS: 'many' }, mail).mistakes[0]).toMatch(/^MAIL_DAYS: /);
  });

  const strict = integration({
    name: 'mail',
    about: 'What came.',
    config: z.object({ folder: z.string(), days: z.int().default(14) }),
    sources: { google },
  }).tools({});

  test('that are needed are missed where only an account is set', () => {
    const environment = { GOOGLE_CLIENT_ID: 'id', GOOGLE_REFRESH_TOKEN: 't' };
    const { mail: config, mistakes } = read(environment, strict);
    expect(config).toBeUndefined();
    expect(mistakes).toEqual([
      'MAIL_FOLDER is missing: an account of mail is set, and it needs that.',
    ]);
    expect(read({ ...environment, MAIL_FOLDER: 'INBOX' }, strict).mistakes).toEqual([]);
  });
});

describe('what is read from text', () => {
  const typed = integration({
    name: 'pi-hole',
    about: 'x',
    config: z.object({
      level: z.number().optional(),
      fast: z.boolean().default(false),
      code: z.string().optional(),
      kind: z.enum(['a', 'b']).optional(),
    }),
  }).tools({});
  const own = (environment: Record<string, string>) => {
    const { settings, mistakes } = readSettings([typed], environment);
    return mistakes.length > 0 ? mistakes : settings.get('pi-hole');
  };
  test.each([
    [{}, { fast: false }],
    [{ PI_HOLE_LEVEL: ' 4.5 ' }, { fast: false, level: 4.5 }],
    [{ PI_HOLE_FAST: 'true' }, { fast: true }],
    [{ PI_HOLE_CODE: '0042' }, { fast: false, code: '0042' }],
    [{ PI_HOLE_CODE: 'true' }, { fast: false, code: 'true' }],
    [{ PI_HOLE_KIND: 'a' }, { fast: false, kind: 'a' }],
  ])('%j', (environment, expected) => expect(own(environment)).toEqual(expected));
  test.each([
    [{ PI_HOLE_LEVEL: 'high' }, 'PI_HOLE_LEVEL: '],
    [{ PI_HOLE_FAST: 'yes' }, 'PI_HOLE_FAST: '],
    [{ PI_HOLE_KIND: 'secret-c' }, 'PI_HOLE_KIND: '],
  ])('%j is a mistake that repeats no value', (environment, start) => {
    const mistakes = own(environment) as string[];
    expect(mistakes[0]).toMatch(new RegExp(`^${start}`));
    expect(mistakes[0]).not.toContain('secret');
  });
});

test('a check that breaks on a value is a mistake like any other', () => {
  const address = z.string().refine((text) => new URL(text).port !== '');
  const odd = integration({ name: 'odd', about: 'x', config: z.object({ address }) }).tools({});
  expect(readSettings([odd], { ODD_ADDRESS: 'no address' }).mistakes).toEqual([
    'ODD_ADDRESS: is not valid.',
  ]);
});

test('what is always on needs no account', () => {
  const always = { ...calendar, always: true };
  expect(read({}, always).calendar).toEqual({ sources: { caldav: [], google: [] } });
  expect(read({ CALDAV_URL: 'https://a.example' }, always).calendar).toBeUndefined();
});

test('variables are named with what they are for, accounts’ included', () => {
  expect(variablesOf(mail).map(({ name }) => name)).toEqual([
    'MAIL_DAYS',
    'GOOGLE_CLIENT_ID',
    'GOOGLE_REFRESH_TOKEN',
  ]);
  expect(variablesOf(calendar)[1]).toMatchObject({
    name: 'CALDAV_USERNAME',
    about: 'As at the provider.',
  });
});
