// Challenges of passkeys, and under which names they are used.
import { expect, it } from 'vitest';
import { type ChallengeUse, createChallenges } from './passkeys-challenges.ts';
import { partyOf } from './passkeys-party.ts';
import { ProblemError } from './problem.ts';

const login: ChallengeUse = { purpose: 'login', personId: '', host: 'localhost' };
const adding: ChallengeUse = { purpose: 'add', personId: 'ada', host: 'localhost' };

it('takes a challenge once, within two minutes, for what it was made', () => {
  const now = { ms: 0 };
  const challenges = createChallenges({ clock: () => now.ms });
  const first = challenges.issue(adding, 'ada');
  expect(challenges.take(first, adding)).toBe(true);
  expect(challenges.take(first, adding)).toBe(false);
  for (const other of [
    { ...adding, personId: 'ben' },
    { ...adding, host: 'butler.example' },
    { ...login },
  ]) {
    const challenge = challenges.issue(adding, 'ada');
    expect(challenges.take(challenge, other)).toBe(false);
    // A wrong use has used it up.
    expect(challenges.take(challenge, adding)).toBe(false);
  }
  const late = challenges.issue(login, 'address');
  const inTime = challenges.issue(login, 'address');
  now.ms = 119_999;
  expect(challenges.take(inTime, login)).toBe(true);
  now.ms = 120_000;
  expect(challenges.take(late, login)).toBe(false);
});

it('keeps a bounded number, and one holder takes no room from another', () => {
  const challenges = createChallenges({ clock: () => 0 });
  const mine = challenges.issue(login, 'mine');
  const first = challenges.issue(login, 'flood');
  for (let sent = 0; sent < 16; sent += 1) challenges.issue(login, 'flood');
  expect(challenges.take(first, login)).toBe(false);
  expect(challenges.take(mine, login)).toBe(true);
  const oldest = challenges.issue(login, 'oldest');
  for (let sent = 0; sent < 4_096; sent += 1) challenges.issue(login, `address ${sent}`);
  expect(challenges.take(oldest, login)).toBe(false);
});

it('is known by the name of the address, and by no number', () => {
  expect(partyOf(new URL('http://localhost:8000/x'))).toEqual({
    host: 'localhost',
    origins: ['https://localhost:8000', 'http://localhost:8000'],
  });
  expect(partyOf(new URL('http://butler.example/x'))).toEqual({
    host: 'butler.example',
    origins: ['https://butler.example'],
  });
  for (const address of ['http://127.0.0.1:8000', 'http://[::1]:8000', 'http://192.168.1.2']) {
    expect(() => partyOf(new URL(address))).toThrow(ProblemError);
  }
});
