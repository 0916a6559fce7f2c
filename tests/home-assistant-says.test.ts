/** How people ask for things at home, and the tool and arguments that must come of it. */
import { describe, expect, test } from 'vitest';
import { compileFastPath } from '../agent/fastpath.ts';
import { loadTools } from '../tools/core/load.ts';
import { saysByLanguage } from '../tools/core/says.ts';

const environment = {
  HOME_ASSISTANT_URL: 'http://127.0.0.1:9',
  HOME_ASSISTANT_TOKEN: 'a-token-for-nobody-in-particular',
};
const { toolbox } = await loadTools({ environment });
const fastPath = compileFastPath(toolbox.tools.values());

type Row = [tool: string, input: Record<string, unknown>, ...sentences: string[]];

const english: Row[] = [
  [
    'turn',
    { what: 'the kitchen lights', to: 'on' },
    'turn on the kitchen lights',
    'Turn the kitchen lights on.',
    'switch on the kitchen lights',
    'please turn on the kitchen lights',
    'could you turn the kitchen lights on?',
    'put the kitchen lights on',
    'power up the kitchen lights',
    'I want the kitchen lights on',
    'hey Butler, turn on the kitchen lights please',
    'get the kitchen lights on',
    'light up the kitchen lights',
  ],
  [
    'turn',
    { what: 'the bedroom fan', to: 'off' },
    'turn off the bedroom fan',
    'switch the bedroom fan off',
    'shut off the bedroom fan',
    'can you turn off the bedroom fan',
    'kill the bedroom fan',
    'make sure the bedroom fan is off',
    'I need the bedroom fan off',
    'power the bedroom fan down',
    'turn the bedroom fan off, thanks',
    'put the bedroom fan off',
  ],
  [
    'turn',
    { what: 'all lights', to: 'off', except: 'the hall' },
    'turn off all lights but the hall',
    'turn all lights off except the hall',
    'switch off all lights except for the hall',
    'turn all lights but the hall off',
    'put off all lights apart from the hall',
    'turn off all lights other than the hall',
  ],
  [
    'level',
    { what: 'the desk lamp', percent: 40 },
    'set the desk lamp to 40 percent',
    'set the desk lamp to 40%',
    'dim the desk lamp to forty percent',
    'turn the desk lamp down to 40 percent',
    'set the brightness of the desk lamp to 40',
    'set the desk lamp brightness to 40 percent',
    'put the desk lamp at 40 percent',
    'brighten the desk lamp to 40',
    'change the desk lamp to 40 percent',
    'bring the desk lamp up to 40 percent',
  ],
  [
    'adjust',
    { what: 'the desk lamp', to: 'less' },
    'dim the desk lamp',
    'make the desk lamp dimmer',
    'turn down the desk lamp',
    'turn the desk lamp down a bit',
    'make the desk lamp a little darker',
    'dim down the desk lamp',
    'lower the brightness of the desk lamp',
    'reduce the brightness of the desk lamp',
    'bring the desk lamp down',
    'I want the desk lamp a bit dimmer',
  ],
  [
    'adjust',
    { what: 'the radio', to: 'more' },
    'turn the radio up',
    'turn up the radio',
    'make the radio louder',
    'raise the volume of the radio',
    'increase the volume on the radio',
  ],
  [
    'colour',
    { what: 'the sofa lamp', colour: 'red' },
    'make the sofa lamp red',
    'turn the sofa lamp red',
    'set the sofa lamp to red',
    'change the sofa lamp to red',
    'set the colour of the sofa lamp to red',
    'change the sofa lamp color to red',
    'paint the sofa lamp red',
    'have the sofa lamp glow red',
    'I want the sofa lamp red',
    'switch the sofa lamp to the color red',
  ],
  [
    'temperature',
    { what: 'the heating', degrees: 21 },
    'set the heating to 21 degrees',
    'turn the heating up to 21 degrees',
    'put the heating to 21 degrees',
    'set the heating to twenty one degrees',
    'turn up the heating to 21 degrees',
    'raise the heating to 21 degrees',
    'lower the heating to 21 degrees',
    'change the heating to 21 degrees Celsius',
    'the heating to 21 degrees',
    'adjust the heating to 21 degrees',
  ],
  [
    'temperature',
    { degrees: 19.5 },
    'set the temperature to 19.5 degrees',
    'make it 19.5 degrees',
    'I would like it to be 19.5 degrees',
  ],
  [
    'move',
    { what: 'the kitchen blinds', to: 'close' },
    'close the kitchen blinds',
    'shut the kitchen blinds',
    'lower the kitchen blinds',
    'pull down the kitchen blinds',
    'put the kitchen blinds down',
    'let the kitchen blinds down',
    'roll the kitchen blinds down',
    'make sure the kitchen blinds are closed',
    'I want the kitchen blinds closed',
    'get the kitchen blinds closed',
  ],
  [
    'move',
    { what: 'the garage door', to: 'open' },
    'open the garage door',
    'open up the garage door',
    'raise the garage door',
    'lift the garage door',
    'get the garage door open',
  ],
  [
    'lock',
    { what: 'the front door', to: 'lock' },
    'lock the front door',
    'lock up the front door',
    'make sure the front door is locked',
    'bolt the front door',
    'secure the front door',
    'get the front door locked',
    'I want the front door locked',
    'please lock the front door',
    'can you lock the front door',
    'lock the front door now',
  ],
  [
    'lock',
    { what: 'the front door', to: 'unlock' },
    'unlock the front door',
    'could you unlock the front door please',
  ],
  [
    'media',
    { to: 'pause', what: 'the radio' },
    'pause the music on the radio',
    'press pause on the radio',
  ],
  [
    'media',
    { to: 'next' },
    'skip this song',
    'next song',
    'next track',
    'play the next song',
    'skip the track',
    'go to the next episode',
  ],
  [
    'start',
    { what: 'movie night' },
    'activate the movie night scene',
    'start the scene movie night',
    'run movie night',
    'turn on the movie night scene',
    'set the movie night scene',
    'launch the movie night routine',
    'activate movie night',
    'go to movie night mode',
    'run the script movie night',
    'trigger the movie night automation',
  ],
  [
    'state',
    { what: 'the front door', is: 'locked' },
    'is the front door locked',
    'Is the front door locked?',
    'is the front door still locked',
    'tell me if the front door is locked',
    'check whether the front door is locked',
    'do you know if the front door is locked',
    'did I leave the front door locked',
    'did I lock the front door',
    'is the front door locked right now',
    'can you see if the front door is locked',
  ],
  [
    'which',
    { kind: 'lights', is: 'on' },
    'which lights are on',
    'what lights are on',
    'are any lights on',
    'are there any lights on',
    'how many lights are on',
    'which lights are still on',
    'did I leave any lights on',
    'have we left any lights on',
    'which lights did I leave on',
    'list the on lights',
  ],
  [
    'measure',
    { measure: 'temperature', where: 'the bedroom' },
    'what is the temperature in the bedroom',
    "what's the temperature in the bedroom?",
    'how warm is it in the bedroom',
    'how cold is it in the bedroom',
    'how warm is the bedroom',
    'tell me the temperature in the bedroom',
    'check the temperature in the bedroom',
    'what is the current temperature in the bedroom',
    'how high is the temperature in the bedroom',
    'temperature in the bedroom',
  ],
  [
    'when',
    { what: 'the front door', did: 'opened' },
    'when was the front door opened',
    'when was the front door last opened',
    'when did somebody open the front door',
    'when did the front door last open',
    'what time was the front door opened',
    'how long ago was the front door opened',
    'do you know when the front door was opened',
    'when was the last time the front door was opened',
    'at what time was the front door opened',
    'tell me when the front door was opened',
  ],
  [
    'how_long',
    { what: 'the heating', is: 'on' },
    'how long has the heating been on',
    'since when is the heating on',
    'for how long has the heating been on',
    'how long is the heating on already',
    'tell me how long the heating has been on',
    'how much time has the heating been on',
  ],
];

const german: Row[] = [
  [
    'turn',
    { what: 'das Licht in der Küche', to: 'on' },
    'mach das Licht in der Küche an',
    'schalte das Licht in der Küche ein',
    'mach bitte das Licht in der Küche an',
  ],
  [
    'turn',
    { what: 'alle Lichter', to: 'off', except: 'Flur' },
    'mach alle Lichter außer Flur aus',
    'schalte alle Lichter bis auf Flur aus',
  ],
  [
    'level',
    { what: 'die Stehlampe', percent: 30 },
    'stell die Stehlampe auf 30 Prozent',
    'dimme die Stehlampe auf 30 Prozent',
    'die Stehlampe auf 30 Prozent',
  ],
  [
    'temperature',
    { what: 'die Heizung', degrees: 21 },
    'stell die Heizung auf 21 Grad',
    'dreh die Heizung auf 21 Grad',
  ],
  [
    'move',
    { what: 'die Rollläden', to: 'close' },
    'mach die Rollläden zu',
    'fahr die Rollläden runter',
    'schließe die Rollläden',
  ],
  ['lock', { what: 'die Haustür', to: 'lock' }, 'schließ die Haustür ab', 'sperr die Haustür ab'],
  [
    'state',
    { what: 'die Haustür', is: 'locked' },
    'ist die Haustür abgeschlossen',
    'ist die Haustür abgesperrt',
  ],
  ['which', { kind: 'Lichter', is: 'on' }, 'welche Lichter sind an', 'welche Lichter sind noch an'],
];

const all = (rows: Row[], language: string) =>
  rows.flatMap(([tool, input, ...sentences]) =>
    sentences.map(
      (sentence) => [sentence, { tool: `home_assistant_${tool}`, input }, language] as const,
    ),
  );

describe('what is said at home', () => {
  test.each([...all(english, 'en'), ...all(german, 'de')])('%s', (sentence, call, language) => {
    expect(fastPath.match(sentence, language)).toEqual(call);
  });
});

const notForTheHome = [
  'what is the capital of France',
  'tell me a joke',
  'who wrote Hamlet',
  'how long is the Nile',
  'write me a poem',
  'what should I cook tonight',
  'is it going to rain tomorrow',
  'how are you',
  'do not turn on the lights',
  'when is Easter',
  'why is the sky blue',
  'remind me to call mum',
  'what did you say',
  'thank you',
  'good morning',
  'set a timer for ten minutes',
  'stop the timer',
  'what time is it',
  'cancel my timer',
  'how do locks work',
  'what is on television tonight',
];

test.each(notForTheHome)('"%s" is not taken for a command at home', (sentence) => {
  expect(fastPath.match(sentence, 'en')?.tool ?? '').not.toMatch(/^home_assistant/);
});

test('what is declared is what the examples say', () => {
  for (const { name, examples = [], says, hidden } of toolbox.tools.values()) {
    if (hidden || !name.startsWith('home_assistant')) continue;
    expect(saysByLanguage(says).en?.length, name).toBeGreaterThanOrEqual(10);
    for (const { says: sentence, input, language = 'en' } of examples) {
      expect(fastPath.match(sentence, language), sentence).toEqual({ tool: name, input });
    }
  }
});
