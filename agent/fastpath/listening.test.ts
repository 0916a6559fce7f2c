/** Where a person has finished, where they only paused, and where they only nodded. */
import { describe, expect, test } from 'vitest';
import { isBackchannel, looksComplete } from './listening.ts';

const finished = `
what time is it
What's the weather like today?
Turn on the kitchen lights, please.
turn the light on
turn it off
turn everything off
Set a timer for ten minutes.
set a timer for an hour and a half
set a timer
Play some relaxing music in the bedroom.
How tall is Mount Everest?
Is the front door locked?
Who is it?
I don't know what that is
Yes it is
I do
yes
no
stop
why
Where are you from?
what is this for?
What are you looking at?
What's going on
tell me more
do that
what is that
I think so
Call her.
wake me up
Did I get any new messages?
Can you wake me up at seven?
lower the temperature to nineteen
Stop, what's the weather tomorrow?
Hold on
come in
never mind
thank you
living room lights.
a violin and a viola?
my brother saying I'll be late?
Do you know what time it is
cancel the pasta timer
how much time is left
Hello, how are you?
Turn the heating down`;

const paused = `
Turn on the
I would like to book a table for
Can you send a message to
Remind me tomorrow morning to
What is the difference between
turn on
turn off
turn
set a timer for
set a timer for um
Set a timer for five
set a
What's the
what is
What's the weather like in
add milk and
add milk,
I was wondering if
tell me
remind me
can you
Could you please
hey butler
call my
I want
I think that
the kitchen light is
is there
I went there because
It's bigger than
do you know where
play something by
play the song -
So...
put it on the
turn the lights in the kitchen and the
how long
tell him to
my
I'd like
send it to my
between you and`;

const finishedGerman = `
Wie spät ist es?
Mach das Licht an
Schalte die Lampe aus
Stell einen Timer auf fünf Minuten
schalte das Licht ein
Hör auf
Komm mit
Was ist das
Wer ist das?
Weißt du, wie spät es ist
Mach das
Wie kann das sein
stopp
Ruf mich an
Welcher Tag ist heute?`;

const pausedGerman = `
Stell einen Timer auf
Mach das Licht in der
Erinnere mich an
Schalte die
Ich möchte
Spiel Musik von
Wie spät ist
Das Licht ist
Milch und
Kannst du
Mach an
sag mir
Stell einen Timer auf fünf
Wie ist das Wetter in
Füge Milch,`;

const lines = (text: string) => text.trim().split('\n');

describe('looksComplete', () => {
  test.each(lines(finished))('finished: %s', (text) => {
    expect(looksComplete(text)).toBe(true);
  });
  test.each(lines(paused))('not yet: %s', (text) => {
    expect(looksComplete(text)).toBe(false);
  });
  test.each(lines(finishedGerman))('fertig: %s', (text) => {
    expect(looksComplete(text, 'de')).toBe(true);
  });
  test.each(lines(pausedGerman))('noch nicht: %s', (text) => {
    expect(looksComplete(text, 'de-AT')).toBe(false);
  });
  test.each(['', '   ', '...', '-', '?'])('nothing said: %j', (text) => {
    expect(looksComplete(text)).toBe(false);
  });
  test('long dictation takes no time', () => {
    const startedAt = performance.now();
    expect(looksComplete(`${'word '.repeat(20_000)}to the`)).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(20);
  });
});

describe('isBackchannel', () => {
  test.each([
    'mm-hm',
    'Mm-hmm.',
    'uh-huh',
    'Yeah.',
    'okay',
    'Okay, right.',
    'I see',
    'Thanks!',
    'thank you very much',
    'oh really',
    'yeah yeah',
    'Sure, of course.',
    'got it',
    'OK',
    'Mhm, thanks Butler',
  ])('a nod: %s', (text) => {
    expect(isBackchannel(text)).toBe(true);
  });
  test.each([
    'stop',
    'no',
    'wait',
    'Okay, stop.',
    'no no',
    'hold on',
    'yes but',
    'please',
    'okay and the lights',
    'what',
    "Okay that's enough, thank you very much.",
    '',
    '...',
    'butler',
    'Right, turn it off',
    'cancel',
    'enough',
    'be quiet',
    'mhm '.repeat(60),
  ])('no nod: %s', (text) => {
    expect(isBackchannel(text)).toBe(false);
  });
  test.each(['mhm', 'Ja, genau.', 'Ach so!', 'alles klar', 'danke schön'])(
    'ein Nicken: %s',
    (text) => {
      expect(isBackchannel(text, 'de')).toBe(true);
    },
  );
  test.each(['nein', 'stopp', 'halt', 'warte', 'ja aber', 'bitte'])('kein Nicken: %s', (text) => {
    expect(isBackchannel(text, 'de')).toBe(false);
  });
});
