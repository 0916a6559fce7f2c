/** Skills: the shipped ones are found when meant, and a bad file is left out with a reason. */
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compileFastPath } from '../agent/fastpath.ts';
import { loadTools } from '../tools/core/load.ts';
import skillsIntegration, { openSkills } from '../tools/skills/index.ts';
import { relevantSkills } from '../tools/skills/relevance.ts';
import { householdTalk } from './fakes/household-talk.ts';

const shippedFolder = path.join(import.meta.dirname, '..', 'tools', 'skills');
const shipped = await openSkills({ folders: [shippedFolder] });
const always = () => true;

/** Other words than those in the files. */
const paraphrases: Record<string, string[]> = {
  trip: [
    "I'm going on a trip on Friday, what do I need to pack",
    'can you help me prepare for our holiday',
    'we are flying to Lisbon tomorrow, help us get ready for the journey',
    'I have to pack my suitcase tonight',
    'what should go on my packing list',
    'help us pack for the vacation',
    'we leave for our holiday on Saturday, is everything prepared',
    'please prepare my journey to Bergen',
    'what do the kids need for the trip',
    "I'm travelling next week, what should I take along",
    "let's plan our trip together",
    'is there anything left to pack for our travels',
    'wir fahren am Freitag in den Urlaub, was müssen wir einpacken',
    'hilf mir packen für die Reise nach Lissabon',
    'mach mir eine Packliste',
    'bereite unsere Reise vor',
    'ich muss heute noch den Koffer packen',
    'wir verreisen nächste Woche, ist alles vorbereitet',
    'was brauchen die Kinder für die Reise',
    'kannst du mir beim Packen helfen',
    'ich verreise am Montag, hilf mir bei der Vorbereitung',
    'was gehört in meinen Koffer',
    'plan mit mir die Reise nach Bergen',
  ],
  'film-night': [
    "we're having a movie night",
    'get the living room ready for a film',
    "let's watch a movie",
    'it is movie time, prepare the room',
    'we want to see a film tonight',
    'can you set the room up for film night',
    'make the living room a cinema',
    'the movie is over, put the lights back',
    'our film is finished now',
    'prepare everything, we are watching a film in ten minutes',
    'time for a movie',
    'turn the living room into a cinema',
    'heute Abend ist Filmabend',
    'wir gucken jetzt einen Film im Wohnzimmer',
    'wir machen einen Kinoabend',
    'bereite das Wohnzimmer für den Film vor',
    'lass uns einen Film schauen',
    'mach Kino',
    'der Film ist zu Ende, mach alles wie vorher',
    'richte das Zimmer für einen Filmabend her',
    'der Film ist vorbei',
    'wir möchten gleich einen Film gucken',
    'alles bereit machen für den Kinoabend',
  ],
  bedtime: [
    "it's bedtime for the kids",
    "I'm going to bed",
    'we are off to bed now',
    'it is time for bed, Butler',
    'the children are going to sleep now',
    'start bedtime',
    'get my son ready for bed',
    'I want to sleep now, get everything ready for the night',
    'help the children fall asleep',
    'good night, we are going to bed',
    'do the bedtime routine for Cleo',
    "I'm off to sleep",
    'ich gehe ins Bett',
    'Schlafenszeit für die Kinder',
    'wir gehen jetzt schlafen',
    'die Kinder müssen ins Bett',
    'bring Cleo ins Bett',
    'es ist Zeit zum Schlafengehen',
    'gute Nacht, ich gehe jetzt ins Bett',
    'ich mache mich bettfertig',
    'hilf Cleo beim Einschlafen',
    'ich will jetzt schlafen',
    'zeit fürs bett, mach alles für die nacht bereit',
  ],
};

test('no shipped skill is left out, and each fits into a prompt', () => {
  expect(shipped.mistakes).toEqual([]);
  expect(shipped.all.map(({ name }) => name)).toEqual(['bedtime', 'film-night', 'trip']);
});

test.each(Object.entries(paraphrases))('%s is found in other words', (name, sentences) => {
  const found = sentences.filter((said) => shipped.for(said, always)?.name === name);
  const rate = `${found.length} of ${sentences.length}`;
  const lost = sentences.filter((said) => !found.includes(said));
  console.log(`skill ${name}: ${rate} paraphrases found${lost.length > 0 ? `; not: ${lost}` : ''}`);
  expect(sentences.length).toBeGreaterThanOrEqual(20);
  expect(found.length / sentences.length).toBeGreaterThanOrEqual(0.9);
});

/** Written after the skills' own sentences; neither these nor the rules were made for them. */
const unseen: Record<string, string> = {
  trip:
    "we're off to Spain tomorrow, help us get organised|what clothes should I pack for Norway|" +
    'I need help packing for a business trip|prepare me for the vacation|get my suitcase ready|' +
    'our travels begin on Sunday, prepare everything|wir reisen am Sonntag ab, bereite alles vor|' +
    'hilf mir, den Koffer für Rom zu packen|was nehme ich in den Urlaub mit|' +
    'mach die Packliste fertig|bereite uns auf den Urlaub vor|ich brauche Hilfe beim Packen',
  'film-night':
    "we're about to watch a thriller|get the TV room ready for a movie|movie night please|" +
    "start the film evening|let's see a film, dim everything|the movie just ended|" +
    'wir wollen gleich einen Krimi schauen|bitte alles für einen Film vorbereiten|' +
    'lass uns Kino machen|Zeit für einen Film|Film vorbei, mach es wieder hell|' +
    'Filmabend für die Kinder',
  bedtime:
    'time to sleep|we want to go to bed|the kids need to go to bed|I need to get to sleep|' +
    'start the bedtime routine for my daughter|please do bedtime|wir wollen schlafen gehen|' +
    'die Kinder sind im Bett|ab ins Bett mit Cleo|ich lege mich hin|' +
    'mach alles bereit zum Schlafen|jetzt ist Schlafenszeit',
};

test('sentences that nobody tuned for are found mostly, and never as another skill', () => {
  const rows = Object.entries(unseen).flatMap(([name, all]) =>
    all.split('|').map((said) => ({ name, said, found: shipped.for(said, always)?.name })),
  );
  const found = rows.filter((row) => row.found === row.name);
  console.log(`skills: ${found.length} of ${rows.length} unseen sentences find theirs`);
  expect(found.length / rows.length).toBeGreaterThanOrEqual(0.8);
  expect(rows.filter((row) => row.found && row.found !== row.name)).toEqual([]);
});

test('what people say at home loads none', () => {
  const { all } = householdTalk;
  const loaded = all.filter((said) => shipped.for(said, always));
  console.log(`skills: ${loaded.length} of ${all.length} unrelated sentences load one`);
  expect(all.length).toBeGreaterThanOrEqual(200);
  expect(new Set(all).size).toBe(all.length);
  expect(loaded).toEqual([]);
});

test('a subject alone is not a wish', () => {
  const near = [
    'who directed that movie|what is a good film for children|how was the film',
    'what is on in the cinema',
    'what is the weather like for my trip|how long is the flight to Lisbon|when is my next trip',
    'where is my suitcase|wer spielt in dem Film mit|wie war euer Urlaub',
    'wann ist meine nächste Reise',
    'the bed in the guest room is broken|how much sleep do children need',
    'das Bett ist frisch bezogen',
  ].flatMap((line) => line.split('|'));
  const loaded = near.filter((said) => shipped.for(said, always));
  console.log(
    `skills: ${loaded.length} of ${near.length} sentences about the same things load one`,
  );
  expect(loaded.length, loaded.join(' | ')).toBeLessThanOrEqual(2);
});

test('each uses only tools that exist, and its body names no others', async () => {
  const environment = {
    ...{ HOME_ASSISTANT_URL: 'http://127.0.0.1:9', HOME_ASSISTANT_TOKEN: 'nobody'.repeat(6) },
    ...{ CALDAV_URL: 'http://127.0.0.1:9', CALDAV_USERNAME: 'a', CALDAV_PASSWORD: 'a' },
    ...{ IMAP_HOST: '127.0.0.1', IMAP_USERNAME: 'a', IMAP_PASSWORD: 'a' },
  };
  const { toolbox } = await loadTools({ environment });
  for (const { name, tools, also, body } of shipped.all) {
    const declared = [...tools, ...also];
    expect
      .soft(
        declared.filter((tool) => !toolbox.tools.has(tool)),
        name,
      )
      .toEqual([]);
    const named: string[] = body.match(/\b[a-z]+(?:_[a-z]+)+\b/g) ?? [];
    expect
      .soft(
        [...new Set(named)].filter((tool) => !declared.includes(tool)),
        name,
      )
      .toEqual([]);
    // What is declared and never taught would only cost a look.
    expect
      .soft(
        declared.filter((tool) => !named.includes(tool)),
        name,
      )
      .toEqual([]);
  }
});

test('a skill whose tools are not there is not offered, and that is said', () => {
  const has = (tool: string) => tool !== 'lists_add';
  expect(shipped.for('help me pack for the journey', has)).toBeUndefined();
  expect(shipped.for('it is bedtime', has)?.name).toBe('bedtime');
  expect(shipped.missing(has)).toEqual(['The skill trip is not offered: it needs lists_add.']);
});

test('the scores are the same every time, and the limit holds', () => {
  const said = 'after our trip we want to watch a film and go to bed';
  const [one, two] = [1, 2].map(() => relevantSkills(said, shipped.all, 3));
  expect(one).toEqual(two);
  expect(relevantSkills('it is film night', shipped.all, 1)).toHaveLength(1);
  expect(relevantSkills('', shipped.all, 3)).toEqual([]);
});

describe('own skills', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'skills-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const good = (name: string) => `---
name: ${name}
about: Baking bread on a Sunday.
when:
  en:
    - let us bake bread
  de:
    - wir backen Brot
tools:
  - clock_set_timer
---
Set clock_set_timer for the dough.
`;
  const write = async (name: string, text: string, mode = 0o644) => {
    await writeFile(path.join(folder, name), text);
    await chmod(path.join(folder, name), mode);
  };
  const open = () => openSkills({ folders: [shippedFolder, folder] });

  test('lie beside the shipped ones', async () => {
    await write('baking.md', good('baking'));
    const skills = await open();
    expect(skills.mistakes).toEqual([]);
    expect(skills.for('let us bake some bread', always)).toEqual({
      name: 'baking',
      body: 'Set clock_set_timer for the dough.',
    });
  });

  test.each<[string, (text: string) => string, RegExp]>([
    ['no front matter', () => 'Set a timer.', /begin with front matter/],
    ['another name', (text) => text.replace('name: baking', 'name: bread'), /make it "baking"/],
    ['a key nobody knows', (text) => text.replace('about:', 'abuot:'), /abuot|about/],
    ['a key twice', (text) => text.replace('tools:', 'name: x\ntools:'), /name is there twice/],
    ['no tools', (text) => text.replace(/tools:\n.*\n/, ''), /tools/],
    ['a tool that is none', (text) => text.replace('clock_set', 'Clock Set'), /no name of a tool/],
    ['too long', (text) => `${text}${'Knead. '.repeat(400)}`, /characters; 2500 fit/],
    ['larger than a file may be', (text) => text + 'x'.repeat(13_000), /larger than 12000 bytes/],
    ['a link', (text) => `${text}See https://example.org/bread`, /fetches nothing/],
    ['markup with a link', (text) => `${text}See [here](bread)`, /fetches nothing/],
    ['hidden words', (text) => `${text}Un\u200block`, /cannot be seen/],
    ['tags that only models read', (text) => `${text}\u{e0041}`, /cannot be seen/],
    [
      'no instructions',
      (text) => text.replace('Set clock_set_timer for the dough.', ''),
      /no inst/,
    ],
    ['more of YAML', (text) => text.replace('name: baking', 'name: &a baking\n*b'), /neither/],
    ['a prototype', (text) => text.replace('name:', '__proto__:'), /neither/],
    ['bytes that are no text', () => '\u0000\u0001\u0002', /front matter/],
  ])('left out with a sentence: %s', async (_, spoil, reason) => {
    await write('baking.md', spoil(good('baking')));
    await write('proving.md', good('proving'));
    const skills = await open();
    expect(skills.mistakes).toHaveLength(1);
    expect(skills.mistakes[0]).toMatch(/^The skill baking\.md is left out: .*\.$/);
    expect(skills.mistakes[0]).toMatch(reason);
    expect(skills.all.map(({ name }) => name)).toContain('proving');
  });

  test('left out: a symbolic link, a folder, what anybody may write, a name there is', async () => {
    await write('real.txt', good('linked'));
    await symlink(path.join(folder, 'real.txt'), path.join(folder, 'linked.md'));
    await mkdir(path.join(folder, 'nested.md'));
    await write('open.md', good('open'), 0o666);
    await write('trip.md', good('trip'));
    const { mistakes, all } = await open();
    expect(mistakes.join('\n')).toMatch(/linked\.md .* symbolic link/);
    expect(mistakes.join('\n')).toMatch(/nested\.md .* no file/);
    expect(mistakes.join('\n')).toMatch(/open\.md .* chmod o-w/);
    expect(mistakes.join('\n')).toMatch(/trip\.md .* of that name already/);
    expect(all).toHaveLength(3);
  });

  test('a folder that is not there, or that anybody may write to', async () => {
    await chmod(folder, 0o777);
    expect((await open()).mistakes[0]).toMatch(/chmod o-w/);
    const { mistakes, all } = await openSkills({ folders: [shippedFolder, `${folder}/none`] });
    expect(mistakes[0]).toMatch(/it is not there/);
    expect(all).toHaveLength(3);
  });

  test('doctor hears of them', async () => {
    await write('baking.md', 'nothing');
    const opened = await open();
    const { health } = skillsIntegration;
    expect(() => health?.(opened, AbortSignal.timeout(100))).toThrow(/baking\.md is left out/);
    expect(health?.(shipped, AbortSignal.timeout(100))).toBe('3 skills');
  });
});

test('asked what it can do, Butler names them', () => {
  const tools = Object.entries(skillsIntegration.tools).map(([name, tool]) => ({
    ...{ ...tool, name: `skills_${name}` },
  }));
  const fastPath = compileFastPath(tools);
  for (const said of ['what can you do', 'which skills do you have']) {
    expect(fastPath.match(said, 'en')?.tool).toBe('skills_list');
  }
  expect(fastPath.match('was kannst du alles', 'de')?.tool).toBe('skills_list');
  for (const said of householdTalk.en) expect(fastPath.match(said, 'en'), said).toBeUndefined();
});

test('the shipped files are plain text that a person can read', async () => {
  for (const { name } of shipped.all) {
    const text = await readFile(path.join(shippedFolder, `${name}.md`), 'utf8');
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  }
});
