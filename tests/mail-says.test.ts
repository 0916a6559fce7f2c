/** What is said of mail finds the right tool without a model, and other talk does not. */
import { expect, test } from 'vitest';
import { compileFastPath } from '../agent/fastpath.ts';
import { householdTalk } from './fakes/household-talk.ts';
import { mailHouse } from './servers/greenmail/house.ts';

const settings = { IMAP_HOST: 'h', IMAP_USERNAME: 'u', IMAP_PASSWORD: 'p' };
const { toolbox } = await mailHouse(settings);
const fastPath = compileFastPath([...toolbox.tools.values()]);

test.each<[string, string, string, Record<string, unknown>]>([
  ['en', 'do I have any new mail', 'unread', {}],
  ['en', 'Have I got any emails?', 'unread', {}],
  ['en', 'is there any mail for me', 'unread', {}],
  ['en', 'check my email please', 'unread', {}],
  ['en', 'how many unread emails do I have', 'unread', {}],
  ['en', "what's new in my inbox", 'unread', {}],
  ['en', 'any mail from the school', 'unread', { from: 'the school' }],
  ['en', 'do I have new mail from Carla Reyes', 'unread', { from: 'Carla Reyes' }],
  ['en', 'did Bjørn email me', 'unread', { from: 'Bjørn' }],
  ['en', 'search my mail for heating bill', 'search', { words: 'heating bill' }],
  ['en', 'find the emails from Anna about the cabin', 'search', {}],
  ['en', 'show me all mails about insurance', 'search', { words: 'insurance' }],
  ['en', 'what mails did I get yesterday', 'search', { when: 'yesterday' }],
  ['en', 'show me the mails from today', 'search', { when: 'today' }],
  ['en', 'read me the latest mail', 'read', {}],
  ['en', 'read the last email from my landlord', 'read', { from: 'my landlord' }],
  ['en', 'what does the mail from the dentist say', 'read', { from: 'the dentist' }],
  ['en', "what's the code from GitHub", 'read', { from: 'GitHub', code: true }],
  ['en', 'tell me the code from my bank', 'read', { from: 'my bank', code: true }],
  ['en', 'when is my next flight', 'flights', {}],
  ['en', 'when does my flight to New York leave', 'flights', { to: 'New York' }],
  ['en', 'what flights do I have booked', 'flights', {}],
  ['en', "what's the booking code for my flight to Rome", 'flights', { to: 'Rome' }],
  ['en', 'any parcels coming', 'deliveries', {}],
  ['en', 'is there a parcel on the way', 'deliveries', {}],
  ['en', 'when will my package arrive', 'deliveries', {}],
  ['en', "where's my parcel", 'deliveries', {}],
  ['en', 'where is the order from Paper Lane', 'deliveries', { from: 'Paper Lane' }],
  ['de', 'Habe ich neue Mails?', 'unread', {}],
  ['de', 'gibt es neue Post für mich', 'unread', {}],
  ['de', 'hab ich Post von der Schule', 'unread', { from: 'der Schule' }],
  ['de', 'hat mir Carla eine Mail geschrieben', 'unread', { from: 'Carla' }],
  ['de', 'durchsuche meine Mails nach Heizung', 'search', { words: 'Heizung' }],
  ['de', 'zeig mir die Mails von gestern', 'search', { when: 'yesterday' }],
  ['de', 'zeig mir alle Mails von Anna', 'search', { from: 'Anna' }],
  ['de', 'lies mir die letzte Mail vor', 'read', {}],
  ['de', 'was steht in der Mail vom Zahnarzt', 'read', { from: 'Zahnarzt' }],
  ['de', 'was steht in der Mail von Doktor Lind', 'read', { from: 'Doktor Lind' }],
  ['de', 'wie lautet der Code von GitHub', 'read', { from: 'GitHub', code: true }],
  ['de', 'wann geht mein Flug nach Rom', 'flights', { to: 'Rom' }],
  ['de', 'welche Flüge habe ich gebucht', 'flights', {}],
  ['de', 'wann kommt mein Paket', 'deliveries', {}],
  ['de', 'kommt heute ein Paket', 'deliveries', {}],
  ['de', 'wo ist mein Paket von Teekontor', 'deliveries', { from: 'Teekontor' }],
])('%s: %s', (...[language, said, tool, input]) => {
  const found = fastPath.match(said, language);
  expect(found).toMatchObject({ tool: `mail_${tool}`, input });
});

test('other talk at home is left alone', () => {
  const about = /\b(?:mail|post|flight|flug|parcel|paket|package|code)/i;
  const talk = Object.entries(householdTalk).flatMap(([language, said]) =>
    said.map((sentence) => ({ language, sentence })),
  );
  const caught = talk.filter(
    ({ language, sentence }) => fastPath.match(sentence, language) && !about.test(sentence),
  );
  expect(talk.length).toBeGreaterThan(100);
  expect(caught).toEqual([]);
  for (const [language, said] of [
    ['en', 'post the letter tomorrow'],
    ['en', 'read me a story'],
    ['en', 'what is the code of the front door'],
    ['en', 'when is my next meeting'],
    ['en', 'find my keys'],
    ['en', 'where is my phone'],
    ['en', 'did Anna call me'],
    ['en', 'send a mail to Anna'],
    ['en', 'delete the mail from Anna'],
    ['de', 'lies mir eine Geschichte vor'],
    ['de', 'wo ist mein Schlüssel'],
    ['de', 'schreib Anna eine Mail'],
    ['de', 'wann kommt der Bus'],
  ] as const) {
    expect(fastPath.match(said, language), said).toBeUndefined();
  }
});
