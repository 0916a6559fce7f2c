/** Mail over IMAP from a real server: what is said of it, and that nothing in it is touched. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mailHouse } from './servers/greenmail/house.ts';
import { annasMails, unreadOfAnna } from './servers/greenmail/mailbox.ts';
import { mime } from './servers/greenmail/mails.ts';
import { startWire, type Wire } from './servers/greenmail/proxy.ts';
import { type MailServer, startGreenMail } from './servers/greenmail.ts';

const anna = { username: 'anna', password: 'app-pass-anna' };
const ben = { username: 'ben', password: 'app-pass-ben' };
const shared = { username: 'home', password: 'app-pass-home' };

let server: MailServer;
let wire: Wire;
let house: Awaited<ReturnType<typeof mailHouse>>;

const account = (prefix: string, { username, password }: typeof anna, person?: string) => ({
  [`${prefix}_HOST`]: '127.0.0.1',
  [`${prefix}_PORT`]: String(wire.port),
  [`${prefix}_SECURE`]: 'false',
  [`${prefix}_USERNAME`]: username,
  [`${prefix}_PASSWORD`]: password,
  ...(person !== undefined && { [`${prefix}_PERSON`]: person }),
});

const bensMail = {
  raw: mime({ from: 'Bank <bank@example.com>', subject: 'Salary', text: 'For Ben alone.' }),
  at: new Date('2026-11-21T11:00:00Z'),
};

beforeAll(async () => {
  const started = await startGreenMail([anna, ben, shared]);
  if ('unavailable' in started) throw new Error(started.unavailable);
  server = started;
  wire = await startWire(server.port);
  await server.append(anna, annasMails);
  await server.append(ben, [bensMail]);
  house = await mailHouse({
    ...account('IMAP', anna, 'anna'),
    ...account('IMAP_2', ben, 'ben'),
  });
});

afterAll(async () => {
  await house?.close();
  await wire?.stop();
  await server?.stop();
});

type How = NonNullable<Parameters<typeof house.call>[2]>;

/** Every answer may be spoken, and what the mind gets of it is small. */
const ask = async (name: string, input: Record<string, unknown>, how: How = {}) => {
  const outcome = await house.call(name, input, how);
  expect(outcome.say.length).toBeLessThanOrEqual(300);
  expect(outcome.say).not.toMatch(/undefined|NaN|\[object|[*_#`]|https?:|\.\.$/);
  expect(Buffer.byteLength(JSON.stringify(outcome.show ?? null))).toBeLessThanOrEqual(1_500);
  expect(outcome.ok ? outcome.outside : true).toBe(true);
  return outcome;
};

describe('new mail', () => {
  test('how many, from whom, about what, newest first; a code is kept back', async () => {
    const { say, show } = await ask('mail_unread', {});
    expect(say).toBe(
      'You have 7 new mails: GitHarbour about Your verification code is (withheld); Bjørn Dahl ' +
        'about Hagefest og blåbær; Stadtbücherei about Ihre Ausleihe läuft ab; Иван Петров ' +
        'about Привет; and 3 more.',
    );
    expect(JSON.stringify(show)).not.toContain('493');
    expect((show as { mails: unknown[] }).mails).toHaveLength(unreadOfAnna);
  });

  test('from somebody, in German, and from nobody', async () => {
    const german = await ask('mail_unread', { from: 'Bjorn' }, { language: 'de' });
    expect(german.say).toBe('Du hast eine neue Mail: Bjørn Dahl über Hagefest og blåbær.');
    expect((await ask('mail_unread', { from: 'Zebedee' })).say).toBe(
      'You have no new mail from Zebedee.',
    );
  });
});

describe('searching', () => {
  test.each([
    [{ words: 'insurance claim' }, /^I found one mail: Insurance about Your insurance claim/],
    [{ from: 'carla' }, /^I found 2 mails, newest first: Carla Reyes about Dinner on Friday/],
    [{ from: 'Karla' }, /Carla Reyes about Dinner/],
    [{ from: 'per@example.net' }, /Lund, Per about Key/],
    [{ words: 'blueberries' }, /Bjørn Dahl about Hagefest/],
    [{ when: 'yesterday' }, /^I found 4 mails.*, yesterday/],
    [{ since: '2026-11-18', until: '2026-11-18' }, /^I found one mail: Accounts about Invoice/],
    [{ words: 'unicorn' }, /^I find no such mail\.$/],
  ])('%o', async (input, said) => {
    expect((await ask('mail_search', input)).say).toMatch(said);
  });
});

describe('reading', () => {
  test.each([
    ['Bjørn', 'Hi Anna,\n\nthe garden party is on Sunday at three. Bring the blueberries!'],
    ['Bücherei', 'Guten Tag,\n\nDie Straße ist bis Donnerstag zurückzugeben.\nSchöne Grüße'],
    ['ivan', 'Привет, Анна! В пятницу встреча.'],
    ['haisou', 'お荷物は明日届きます。'],
    ['Museum', 'The museum opens late on Thursday: until 9 p.m.\n\nTickets: at the desk'],
    ['broken', 'Still readable.'],
    ['Per', 'Under the third stone.'],
  ])('%s, in whatever charset and shape', async (from, text) => {
    const { say, show } = await ask('mail_read', { from });
    expect(show).toMatchObject({ text });
    expect(say).toContain(text.split('\n')[0]);
  });

  test('by the id that a search gave, and by words', async () => {
    const found = await ask('mail_search', { words: 'rehearsal' });
    const [mail] = (found.show as { mails: { id: string }[] }).mails;
    expect((await ask('mail_read', { id: mail?.id })).say).toMatch(/^Choir about Rehearsal moved/);
    expect((await ask('mail_read', { about: 'Cabin' })).say).toContain('It is free.');
    const gone = await ask('mail_read', { id: `${mail?.id}99` });
    expect(gone).toMatchObject({ ok: false, error: { code: 'mail-gone' } });
  });

  test('attached files are named and not opened', async () => {
    const before = wire.received();
    const { say } = await ask('mail_read', { from: 'billing' });
    expect(say).toMatch(/It has attached: invoice\.pdf, terms\.txt\.$/);
    expect(wire.received() - before).toBeLessThan(20_000);
  });

  test('of 30 MB only the beginning of the words comes over the wire', async () => {
    const text = `The first line.\n${'More of the same, and more. '.repeat(360_000)}`;
    const content = Buffer.alloc(15_000_000, 'attached');
    const big = { name: 'film.bin', type: 'application/octet-stream', content };
    const at = new Date('2026-11-01T10:00:00Z');
    const raw = mime({ from: 'Big <big@example.net>', subject: 'Big', text, files: [big] });
    expect(raw.length).toBeGreaterThan(30_000_000);
    await server.append(anna, [{ raw, at, seen: true }]);
    const before = wire.received();
    const { show } = await ask('mail_read', { from: 'big@example.net' });
    expect(show).toMatchObject({ onlyItsBeginning: true, attachments: ['film.bin'] });
    expect((show as { text: string }).text).toMatch(/^The first line\./);
    expect(wire.received() - before).toBeLessThan(400_000);
  });
});

describe('what opens an account', () => {
  test('a code is given to whom asked for it in their own words, to no mind', async () => {
    const input = { from: 'GitHarbour', code: true };
    const asked = await ask('mail_read', input, { said: 'what is the code from GitHarbour' });
    expect(asked.say).toBe('The code from GitHarbour, 10:30 a.m.: 4 9 3 0 2 1.');
    for (const said of ['read me the mail from GitHarbour', undefined]) {
      const kept = await ask('mail_read', input, said === undefined ? {} : { said });
      expect(kept.say).toMatch(/There is a one-time code in it; ask me for the code/);
      expect(JSON.stringify(kept)).not.toMatch(/493 ?021|4 9 3/);
    }
    const none = await ask('mail_read', { from: 'Carla', code: true }, { said: 'the code please' });
    expect(none).toMatchObject({ ok: false, error: { code: 'no-code' } });
  });

  test('a link that resets a password reaches nobody', async () => {
    const outcome = await ask('mail_read', { from: 'shop' }, { said: 'give me the reset code' });
    expect(outcome.say).toMatch(/Open the mail itself for that\.$/);
    expect(JSON.stringify(outcome)).not.toContain('SEKRET77');
  });

  test('nor do hidden words of a sender', async () => {
    const outcome = await ask('mail_read', { from: 'Museum' });
    expect(JSON.stringify(outcome)).not.toMatch(/front door|SYSTEM|white noise|track/);
  });
});

describe('journeys and parcels', () => {
  test('flights, soonest first, without those that have left', async () => {
    const { say, show } = await ask('mail_flights', {});
    expect(say).toBe(
      'Fjordair, SK 4035 from Oslo to Bergen, Thursday, December 3 at 9:40 a.m., booking code ' +
        'K 7 P Q 2 M. Austrian, OS 338 from Wien to Oslo, Monday, December 14 at 5:05 p.m., ' +
        'booking code 8 X K 2 L M.',
    );
    expect(show).toHaveLength(2);
    const german = await ask('mail_flights', { to: 'Bergen' }, { language: 'de' });
    expect(german.say).toMatch(/^Fjordair, SK 4035 von Oslo nach Bergen, Donnerstag, der 3\./);
    expect((await ask('mail_flights', { past: true })).show).toHaveLength(3);
    expect((await ask('mail_flights', { to: 'Tokyo' })).say).toMatch(/no booked flight to Tokyo/);
  });

  test('parcels', async () => {
    const { say, show } = await ask('mail_deliveries', {});
    expect(say).toBe(
      'UPS from Northern Bikes: out for delivery, expected today. DHL from Bücherwurm: on its ' +
        'way, expected Monday, November 23, between 10:15 a.m. and 12:15 p.m.',
    );
    expect(show).toHaveLength(2);
    expect((await ask('mail_deliveries', { from: 'Northern' })).show).toHaveLength(1);
    expect((await ask('mail_deliveries', { from: 'Nobody' })).say).toMatch(/no parcel/);
  });

  test('a second question costs nothing', async () => {
    const before = wire.received();
    await ask('mail_flights', {});
    expect(wire.received()).toBe(before);
  });
});

describe('whose mail it is', () => {
  const asBen = { personId: 'ben' };

  test('each hears their own', async () => {
    expect((await ask('mail_unread', {}, asBen)).say).toBe(
      'You have one new mail: Bank about Salary.',
    );
    expect((await ask('mail_search', { words: 'Salary' })).say).toBe('I find no such mail.');
    expect((await ask('mail_search', { words: 'insurance' }, asBen)).say).toMatch(/no such mail/);
  });

  test('an id of another mailbox opens nothing', async () => {
    const found = await ask('mail_search', { from: 'bank' }, asBen);
    const [mail] = (found.show as { mails: { id: string }[] }).mails;
    const { say } = await ask('mail_read', { id: mail?.id });
    expect(say).toMatch(/no longer there/);
    expect((await ask('mail_read', { id: mail?.id }, asBen)).say).toContain('For Ben alone.');
  });

  test('whoever has none is told so, and a child is not let in', async () => {
    const none = await ask('mail_unread', {}, { personId: 'stranger' });
    expect(none).toMatchObject({ ok: false, error: { code: 'no-account' } });
    const child = await ask('mail_unread', {}, { personId: 'cleo', role: 'child' });
    expect(child).toMatchObject({ ok: false, error: { code: 'refused' } });
  });

  test('one that the household shares is for all', async () => {
    const other = await mailHouse(account('IMAP', shared));
    expect((await other.call('mail_unread', {}, asBen)).say).toBe('You have no new mail.');
    await other.close();
  });
});

test('doctor hears of each account, and nothing was marked as read', async () => {
  const [line] = await house.toolbox.health(AbortSignal.timeout(8_000));
  expect(line).toMatchObject({ ok: true, line: expect.stringMatching(/imap: 7 unread/) });
  expect(await server.unread(anna)).toBe(unreadOfAnna);
  expect(await server.unread(ben)).toBe(1);
});
