// What was heard of a reply after so many milliseconds.
import { describe, expect, it } from 'vitest';
import { SpokenAccount } from './account.ts';

function twoPieces(): SpokenAccount {
  const account = new SpokenAccount();
  account.begin('Good morning,');
  account.add(1000);
  account.begin(' Ada, the light is off.');
  account.add(500);
  account.add(500);
  account.begin(' Bye.');
  account.add(500);
  account.end();
  return account;
}

describe('spokenText', () => {
  it.each([
    [0, ''],
    [200, ''],
    [450, 'Good'],
    [950, 'Good'],
    [1000, 'Good morning,'],
    [1300, 'Good morning, Ada,'],
    [1950, 'Good morning, Ada, the light is'],
    [2000, 'Good morning, Ada, the light is off.'],
    [99_999, 'Good morning, Ada, the light is off. Bye.'],
  ])('after %i ms: %j', (playedMs, text) => {
    expect(twoPieces().spokenText(playedMs)).toBe(text);
  });

  it('never goes backwards, and is always a beginning of the reply', () => {
    let before = '';
    for (let playedMs = 0; playedMs < 3000; playedMs += 10) {
      const heard = twoPieces().spokenText(playedMs);
      expect('Good morning, Ada, the light is off. Bye.'.startsWith(heard)).toBe(true);
      expect(heard.length).toBeGreaterThanOrEqual(before.length);
      before = heard;
    }
  });

  it('guesses the length of a piece whose sound still comes', () => {
    const account = new SpokenAccount();
    account.begin('one two three four five six seven eight nine ten');
    account.add(200);
    expect(account.spokenText(100)).toBe('');
    expect(account.spokenText(900)).toBe('one two three');
  });

  it('leaves out a piece that was never said', () => {
    const account = new SpokenAccount();
    account.begin('One.');
    account.add(400);
    account.begin(' Lost.');
    account.begin(' Three.');
    account.add(400);
    account.end();
    expect(account.spokenText(5000)).toBe('One. Three.');
    expect(account.soundMs).toBe(800);
  });

  it('is empty before anything began', () => {
    expect(new SpokenAccount().spokenText(1000)).toBe('');
  });
});
