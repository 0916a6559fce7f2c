/** A yes counts once, for one call, for thirty seconds; everything else drops the question. */
import { beforeEach, describe, expect, it } from 'vitest';
import { isPlainNo, isPlainYes, pinIn } from './confirm/assent.ts';
import { Pins, sealPin } from './confirm/pins.ts';
import { Confirmation } from './confirm.ts';

const digest = 'fingerprint of lock_open, front door';

describe('a yes', () => {
  let nowMs: number;
  let confirmation: Confirmation;
  const ask = {
    tool: 'lock_open',
    by: 'yes',
    digest,
    question: 'Shall I?',
    input: { door: 'front' },
  } as const;

  beforeEach(() => {
    nowMs = 0;
    const pins = new Pins(
      () => sealPin('4711', Buffer.alloc(16)),
      () => nowMs,
    );
    const now = (): number => nowMs;
    confirmation = new Confirmation({ personId: 'ada', language: 'en', pins, now });
    confirmation.asked('lock_open', ask);
  });

  it('counts once, for its call, within thirty seconds', () => {
    nowMs = 29_000;
    const call = { means: 'yes', tool: 'lock_open', input: { door: 'front' } };
    expect(confirmation.replyTo('Yes, please.')).toEqual(call);
    confirmation.heard('Yes, please.');
    expect(confirmation.redeem(digest)).toMatchObject({ by: 'yes', digest, ageMs: 29_000 });
    expect(confirmation.redeem(digest)).toBeUndefined();
    expect(confirmation.replyTo('Yes.')).toBeUndefined();
  });

  it('comes too late after thirty-one', () => {
    nowMs = 31_000;
    expect(confirmation.replyTo('yes')).toBeUndefined();
    expect(confirmation.redeem(digest)).toBeUndefined();
  });

  it.each(['no', 'What time is it?', 'yes, and turn on the light', 'okay', 'mm-hm', 'is it yes?'])(
    'is none after %j',
    (words) => {
      confirmation.heard(words);
      expect(confirmation.replyTo('yes')).toBeUndefined();
      expect(confirmation.redeem(digest)).toBeUndefined();
    },
  );

  it('does not count for another call, and is used up by it', () => {
    confirmation.heard('yes');
    expect(confirmation.redeem('another')).toBeUndefined();
    expect(confirmation.redeem(digest)).toBeUndefined();
  });

  it('is none on a guess: only the committed words count', () => {
    expect(confirmation.replyTo('yes')).toBeDefined();
    confirmation.heard('yes but not now');
    expect(confirmation.redeem(digest)).toBeUndefined();
  });

  it('needs the PIN where one is asked for; three wrong ones lock it', () => {
    confirmation.asked('lock_open', { ...ask, by: 'pin' });
    expect(confirmation.replyTo('yes')).toBeUndefined();
    const words = 'My PIN is four seven one one.';
    expect(confirmation.replyTo(words)).toMatchObject({ means: 'pin', digits: '4711' });
    confirmation.heard(words);
    expect(confirmation.isSecret(words)).toBe(true);
    expect(confirmation.redeem(digest)).toBeUndefined();
    confirmation.asked('lock_open', { ...ask, by: 'pin' });
    expect([1, 2, 3].map(() => confirmation.tryPin('0000'))).toEqual(['wrong', 'wrong', 'locked']);
    expect(confirmation.tryPin('4711')).toBe('locked');
    nowMs = 5 * 60_000;
    expect(confirmation.tryPin('4711')).toBe('right');
  });

  it('keeps the PIN to itself also where only a mind has asked for it', () => {
    confirmation.heard('no');
    expect(confirmation.isSecret('Four seven one one.')).toBe(true);
    expect(confirmation.isSecret('my PIN is 4711')).toBe(true);
    expect(confirmation.isSecret('4712')).toBe(false);
    expect(confirmation.isSecret('turn it to 47')).toBe(false);
    // Looking is no try: nobody is locked out by talking of numbers.
    for (const number of ['1111', '2222', '3333']) confirmation.isSecret(number);
    confirmation.asked('lock_open', { ...ask, by: 'pin' });
    expect(confirmation.tryPin('4711')).toBe('right');
  });

  it.each([
    ['Yes!', 'en', true],
    ['yeah, go ahead', 'en', true],
    ['Do it, please.', 'en', true],
    ['yes yes', 'en', true],
    ['yes no', 'en', false],
    ['', 'en', false],
    ['please', 'en', false],
    ['yesterday', 'en', false],
    ['I said yes to him', 'en', false],
    ['Ja, bitte.', 'de', true],
    ['Mach das!', 'de', true],
    ['jaja der Nachbar', 'de', false],
  ])('%j in %s is plain: %s', (words, language, plain) => {
    expect(isPlainYes(words, language)).toBe(plain);
    if (plain) expect(isPlainNo(words, language)).toBe(false);
  });

  it.each([
    ['1 2 3 4', '1234'],
    ['12, 34.', '1234'],
    ['one two oh four', '1204'],
    ['123', undefined],
    ['1234 is the year', undefined],
  ])('reads a PIN in %j', (words, digits) => expect(pinIn(words, 'en')).toBe(digits));
});
