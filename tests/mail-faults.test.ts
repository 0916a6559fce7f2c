/** What is heard when a mailbox refuses, breaks off, lies or is gone; and that it comes back. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { mailHouse } from './servers/greenmail/house.ts';
import { mime } from './servers/greenmail/mails.ts';
import { startWire, type Wire } from './servers/greenmail/proxy.ts';
import { startRefusing } from './servers/greenmail/refusing.ts';
import { type MailServer, startGreenMail } from './servers/greenmail.ts';

const anna = { username: 'anna', password: 'app-pass-anna' };
let server: MailServer;
let wire: Wire;
const opened: { close(): Promise<unknown> }[] = [];

beforeAll(async () => {
  const started = await startGreenMail([anna]);
  if ('unavailable' in started) throw new Error(started.unavailable);
  server = started;
  await server.append(anna, [letter('Hello')]);
  wire = await startWire(server.port);
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

afterAll(async () => {
  await wire?.stop();
  await server?.stop();
});

const letter = (subject: string) => ({
  raw: mime({ from: 'Bo <bo@example.net>', subject, text: 'Hi Anna' }),
  at: new Date('2026-11-21T09:00:00Z'),
});

const house = async (settings: Record<string, string> = {}) => {
  const made = await mailHouse({
    ...{ IMAP_HOST: '127.0.0.1', IMAP_PORT: String(wire.port), IMAP_SECURE: 'false' },
    ...{ IMAP_USERNAME: anna.username, IMAP_PASSWORD: anna.password },
    ...settings,
  });
  opened.push(made);
  return made;
};

const unread = async (settings: Record<string, string>, language = 'en') =>
  (await house(settings)).call('mail_unread', {}, { language });

test('a wrong password: who mends it, and how, in both languages', async () => {
  const wrong = { IMAP_PASSWORD: 'wrong' };
  const outcome = await unread(wrong);
  expect(outcome).toMatchObject({ ok: false, error: { code: 'access-refused' } });
  expect(outcome.say).toMatch(/new app password.*IMAP_PASSWORD/);
  expect((await unread(wrong, 'de')).say).toMatch(/neues App-Passwort.*IMAP_PASSWORD/);
  const lines = await (await house(wrong)).toolbox.health(AbortSignal.timeout(8_000));
  const mail = lines.find(({ integration }) => integration === 'mail');
  expect(mail).toMatchObject({ ok: false });
  expect(JSON.stringify(mail)).toMatch(/imap: .*app password/);
  expect(JSON.stringify([outcome, mail])).not.toContain('wrong"');
});

test('a folder that is not there', async () => {
  const outcome = await unread({ IMAP_MAILBOX: 'Nowhere' });
  expect(outcome).toMatchObject({ ok: false, error: { code: 'not-found' } });
  expect(outcome.say).toContain('IMAP_MAILBOX');
});

describe('encryption', () => {
  test('a certificate that nobody signed is not trusted', async () => {
    const secure = { IMAP_SECURE: 'true', IMAP_PORT: String(server.securePort) };
    const outcome = await unread(secure);
    expect(outcome).toMatchObject({ ok: false, error: { code: 'certificate-refused' } });
    expect(outcome.say).toMatch(/certificate.*IMAP_HOST/);
  });

  test('a port without TLS', async () => {
    const outcome = await unread({ IMAP_SECURE: 'true', IMAP_PORT: String(server.port) });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'service-garbage' } });
    expect(outcome.say).toMatch(/IMAP_PORT or IMAP_SECURE/);
  });
});

describe('half a configuration', () => {
  test.each([
    [{ IMAP_HOST: 'imap.example.net' }, /IMAP_USERNAME and IMAP_PASSWORD are missing/],
    [{ IMAP_2_PASSWORD: 'x' }, /IMAP_2_HOST and IMAP_2_USERNAME are missing/],
    [{ IMAP_HOST: 'h', IMAP_USERNAME: 'u', IMAP_PASSWORD: 'p', IMAP_PORT: 'mail' }, /IMAP_PORT: /],
  ])('%o', async (environment, mistake) => {
    const made = await mailHouse(environment);
    opened.push(made);
    expect(made.mistakes.join()).toMatch(mistake);
    expect(made.toolbox.tools.has('mail_unread')).toBe(false);
  });
});

describe('the way to it', () => {
  test('a connection that was cut unseen is made anew', async () => {
    const { call } = await house();
    expect((await call('mail_search', { from: 'bo' })).ok).toBe(true);
    const before = wire.connections();
    expect((await call('mail_search', { words: 'Anna' })).ok).toBe(true);
    expect(wire.connections()).toBe(before);
    wire.cut();
    expect((await call('mail_unread', {})).say).toBe('You have one new mail: Bo about Hello.');
    expect(wire.connections()).toBe(before + 1);
  });

  test('one that breaks off in the middle of an answer is tried once more', async () => {
    const { call } = await house();
    await call('mail_search', { from: 'bo' });
    wire.hold();
    const answer = call('mail_unread', {});
    setTimeout(() => {
      wire.release();
      wire.cut();
    }, 300);
    expect((await answer).ok).toBe(true);
  });

  test('a server that falls silent: a sentence, before the person gives up', async () => {
    const { call } = await house();
    await call('mail_search', { from: 'bo' });
    wire.hold();
    const startedAtMs = performance.now();
    const outcome = await call('mail_unread', {});
    expect(performance.now() - startedAtMs).toBeLessThan(8_500);
    expect(outcome).toMatchObject({ ok: false, error: { code: 'unreachable' } });
    expect(outcome.say).toMatch(/too long.*moment/);
    wire.release();
    expect((await call('mail_unread', {})).ok).toBe(true);
  });

  test('an interruption ends the question at once, and the next one is answered', async () => {
    const { call } = await house();
    await call('mail_search', { from: 'bo' });
    wire.hold();
    const interruption = new AbortController();
    setTimeout(() => interruption.abort(), 150);
    const startedAtMs = performance.now();
    const outcome = await call('mail_unread', {}, { signal: interruption.signal });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'aborted' } });
    expect(performance.now() - startedAtMs).toBeLessThan(1_500);
    wire.release();
    expect((await call('mail_unread', {})).say).toContain('one new mail');
  });

  test('a server that is down, and back', async () => {
    const { call } = await house();
    await server.kill();
    const outcome = await call('mail_unread', {});
    expect(outcome).toMatchObject({ ok: false, error: { code: 'unreachable' } });
    expect(outcome.say).toBe('I cannot reach the mail server right now. Try again in a moment.');
    await server.start();
    await server.append(anna, [letter('Back')]);
    expect((await call('mail_unread', {})).say).toBe('You have one new mail: Bo about Back.');
  });

  test('of two mailboxes one is away: the other answers, and says so', async () => {
    const { call } = await house({
      ...{ IMAP_2_HOST: '127.0.0.1', IMAP_2_PORT: '1', IMAP_2_USERNAME: 'x' },
      IMAP_2_PASSWORD: 'y',
    });
    const outcome = await call('mail_unread', {});
    expect(outcome.say).toMatch(/one new mail.* I could not reach all of your mailboxes\.$/);
  });
});

describe('what it says', () => {
  const tooMany = '[LIMIT] Too many simultaneous connections. (Failure)';
  test.each([
    ['too many connections', { answers: { LOGIN: `NO ${tooMany}` } }, 'too-many-requests'],
    ['BYE, too many', { greeting: `* BYE ${tooMany}` }, 'too-many-requests'],
    ['out of order', { answers: { LOGIN: 'NO [UNAVAILABLE] try later' } }, 'unreachable'],
    ['NO to a search', { answers: { SEARCH: 'NO internal error' } }, 'unreachable'],
    ['BAD to a folder', { answers: { EXAMINE: 'BAD what?' } }, 'unreachable'],
    ['BYE in the middle', { answers: { SEARCH: 'BYE' } }, 'unreachable'],
    ['a web page', { greeting: 'HTTP/1.1 400 Bad Request' }, 'service-garbage'],
    ['a parcel of bytes', { greeting: '\u0000\u0001ÿþ{99999999}' }, 'service-garbage'],
    ['refused', { answers: { LOGIN: 'NO [AUTHENTICATIONFAILED] no' } }, 'access-refused'],
  ])('%s', async (_, says, code) => {
    const refusing = await startRefusing(says);
    const outcome = await unread({ IMAP_PORT: String(refusing.port) });
    await refusing.stop();
    expect(outcome).toMatchObject({ ok: false, error: { code } });
    expect(outcome.say).toMatch(/^(?:The|I).{20,}\.$/);
    expect(outcome.say).not.toMatch(/undefined|BYE|NO |LIMIT/);
  });
});
