// What is read aloud, case by case.
import { describe, expect, it } from 'vitest';
import { hasWords, speakable } from './speakable.ts';

const english: Record<string, [string, string][]> = {
  'plain sentences stay as they are': [
    ['Done.', 'Done.'],
    ['Good morning, Ada.', 'Good morning, Ada.'],
    ["It's Tom's; rock'n'roll!", "It's Tom's; rock'n'roll!"],
    ['NASA, the BBC and the U.S. agree.', 'NASA, the BBC and the U.S. agree.'],
    ['Louis XIV lived in the 1990s with COVID-19.', 'Louis XIV lived in the 1990s with COVID-19.'],
    ['the 3rd of May, a 5-year-old', 'the 3rd of May, a 5-year-old'],
    ['Is it on? Yes! Wait…', 'Is it on? Yes! Wait…'],
    ['call 911', 'call 911'],
  ],
  markdown: [
    ['# Shopping\nBuy milk.', 'Shopping. Buy milk.'],
    ['## What now?', 'What now?'],
    ['- milk\n- bread', 'milk. bread.'],
    ['* milk,\n* bread', 'milk, bread.'],
    ['1. Open it\n2. Close it', 'Open it. Close it.'],
    ['- [x] done\n- [ ] open', 'done. open.'],
    ['**bold**, *soft*, __strong__ and _light_', 'bold, soft, strong and light'],
    ['**an unpaired mark', 'an unpaired mark'],
    ['~~gone~~ here', 'gone here'],
    ['> quoted', 'quoted'],
    ['run `npm start` now', 'run npm start now'],
    ['snake_case_name stays', 'snake_case_name stays'],
    ['---', ''],
    [
      'Here:\n```js\nconst x = 1\n```\nThat is it.',
      'Here: I put the code on the screen. That is it.',
    ],
    ['```\na\n```\nand\n```\nb\n```', 'I put the code on the screen. and'],
    ['```python\nunclosed', 'I put the code on the screen.'],
    ['| Name | Age |\n|---|---|\n| Ada | 36 |\n| Bo | 4 |', 'Ada, Age: 36. Bo, Age: 4.'],
    ['|x|\n|-|\n|a|\n|b|\n|c|\n|d|\n|e|\n|f|', 'a. b. c. d. And 2 more on the screen.'],
    ['5 * 3 = 15', '5 times 3 equals 15'],
  ],
  links: [
    ['See [the manual](https://a.example/x?y=1).', 'See the manual.'],
    ['![a cat](cat.png)', 'a cat'],
    ['Go to https://www.example.com/a/b?c=1.', 'Go to a link to example.com.'],
    ['www.example.org has it', 'a link to example.org has it'],
    ['<https://example.com>', 'a link to example.com'],
    ['write to ada.l@example.com', 'write to ada dot l at example dot com'],
  ],
  'emoji, tags, marks': [
    ['Hi 👋🏽 there 🇳🇴!', 'Hi there!'],
    ['👩‍👩‍👧 family', 'family'],
    ['press 3️⃣', 'press 3'],
    ['😀', ''],
    ['<speak>Hi <break time="1s"/>there</speak>', 'Hi there'],
    ['a < b', 'a less than b'],
    ['“Hello,” she said. ‘Yes’', "Hello, she said. 'Yes'"],
    ['Wait... what', 'Wait… what'],
    ['well — yes – no', 'well, yes, no'],
    ['one—two', 'one, two'],
    ['bell\u0007 and zero\u200b width', 'bell and zero width'],
    ['salt & pepper', 'salt and pepper'],
    ['2 + 2 = 4', '2 plus 2 equals 4'],
    ['yes/no and/or', 'yes or no and or'],
    ['A → B', 'A to B'],
    ['#5', 'number 5'],
    ['it takes ~20', 'it takes about 20'],
    ['3 × 4', '3 times 4'],
  ],
  units: [
    ['5.5 m/s', '5.5 metres per second'],
    ['21°C', '21 degrees Celsius'],
    ['21 °F', '21 degrees Fahrenheit'],
    ['-3°C', 'minus 3 degrees Celsius'],
    ['1 °C', '1 degree Celsius'],
    ['20°', '20 degrees'],
    ['30%', '30 percent'],
    ['80 km/h', '80 kilometres per hour'],
    ['3.2 kWh', '3.2 kilowatt hours'],
    ['16 GB at 100 MB/s', '16 gigabytes at 100 megabytes per second'],
    ['1 km', '1 kilometre'],
    ['10 min', '10 minutes'],
    ['5–10 km', '5 to 10 kilometres'],
    ['1013 hPa', '1013 hectopascals'],
    ['20 m²', '20 square metres'],
    ['the GB and m alone', 'the GB and m alone'],
  ],
  'times and dates': [
    ['It is 9:30.', 'It is 9 30.'],
    ['at 14:05', 'at 14 oh 5'],
    ['at 7:00', "at 7 o'clock"],
    ['at 18:00', 'at 18 hundred'],
    ['9am', '9 A M'],
    ['at 9 a.m. or so', 'at 9 A M or so'],
    ['Come at 9 a.m. Then go.', 'Come at 9 A M. Then go.'],
    ['9:30 pm', '9 30 P M'],
    ['9:00 pm', '9 P M'],
    ['9:30–10:15', '9 30 to 10 15'],
    ['9:30 am - 10:15 pm', '9 30 A M to 10 15 P M'],
    ['2026-11-21', 'November 21, 2026'],
    ['2026-11-21T09:30', 'November 21, 2026 at 9 30'],
    ['2026-13-45', '2026-13-45'],
    ['21/11/2026', '21 11 2026'],
  ],
  money: [
    ['$12.50', '12 dollars and 50 cents'],
    ['€3', '3 euros'],
    ['£1,200.99', '1200 pounds and 99 pence'],
    ['$1', '1 dollar'],
    ['$0.01', '1 cent'],
    ['$1.5 million', '1.5 million dollars'],
    ['5 €', '5 euros'],
    ['$1,000', '1000 dollars'],
  ],
  'other numbers': [
    ['3,000 people, 1,234,567.89', '3000 people, 1234567.89'],
    ['1, 2, 3', '1, 2, 3'],
    ['pages 3–5', 'pages 3 to 5'],
    ['1/2 cup', 'one half cup'],
    ['1½ hours', '1 and a half hours'],
    ['24/7', '24 7'],
    ['v1.13.5', 'version 1 point 13 point 5'],
    ['192.168.1.10', '192 dot 168 dot 1 dot 10'],
    ['+47 22 86 24 00', 'plus 4 7, 2 2, 8 6, 2 4, 0 0'],
    ['(555) 123-4567', '5 5 5, 1 2 3, 4 5 6 7'],
    ['555-0123', '5 5 5, 0 1 2 3'],
    ['No. 5', 'number 5'],
  ],
  abbreviations: [
    ['Dr. Smith, e.g. in the kitchen', 'Doctor Smith, for example in the kitchen'],
    ['approx. 5', 'approximately 5'],
    ['pens, paper, etc. And more', 'pens, paper, et cetera. And more'],
    ['pens, etc. in it', 'pens, et cetera in it'],
    ['St. John in Main St.', 'Saint John in Main Street.'],
    ['i.e. now', 'that is now'],
  ],
};

for (const [name, cases] of Object.entries(english)) {
  describe(name, () => {
    it.each(cases)('%j', (text, expected) => expect(speakable(text)).toBe(expected));
  });
}

describe('German', () => {
  it.each([
    ['Es ist 9:30 Uhr.', 'Es ist 9 Uhr 30.'],
    ['um 14:00', 'um 14 Uhr'],
    ['12,50 €', '12 Euro und 50 Cent'],
    ['1.200,99 €', '1200 Euro und 99 Cent'],
    ['21 °C', '21 Grad'],
    ['z. B. heute', 'zum Beispiel heute'],
    ['am 3. Mai', 'am 3. Mai'],
    ['2026-11-21', '21. November 2026'],
    ['5–10 km', '5 bis 10 Kilometer'],
    ['Tom & Ada', 'Tom und Ada'],
    ['50 %', '50 Prozent'],
    ['3.000 Leute', '3000 Leute'],
    ['```\nx\n```', 'Den Code habe ich auf den Bildschirm gelegt.'],
  ])('%j', (text, expected) => expect(speakable(text, 'de-DE')).toBe(expected));
});

describe('always', () => {
  const all = Object.values(english).flat();

  it('reads its own result the same way', () => {
    for (const [, expected] of all) expect(speakable(expected)).toBe(expected);
  });

  it('never swallows words', () => {
    for (const [text, expected] of all) {
      const bare = text.replace(/```[\s\S]*/, '').replace(/\p{Extended_Pictographic}/gu, '');
      if (hasWords(bare)) expect(expected).not.toBe('');
    }
  });

  it('stays quick on long and hostile text', () => {
    for (const text of [
      '*'.repeat(5_000),
      '['.repeat(5_000),
      '1,'.repeat(3_000),
      '| '.repeat(3_000),
      'a/'.repeat(3_000),
    ]) {
      const startedAt = performance.now();
      speakable(text);
      expect(performance.now() - startedAt).toBeLessThan(500);
    }
  });
});
