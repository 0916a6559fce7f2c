/** The sentences about how the house is, and what its parts are called aloud. */

const german: Readonly<Record<string, string>> = {
  ...{ 'speech to text': 'die Spracherkennung', mind: 'das Sprachmodell', voice: 'die Stimme' },
  ...{ 'second mind': 'das zweite Sprachmodell', memory: 'das Gedächtnis', rooms: 'LiveKit' },
  ...{ 'memory search': 'die Suche im Gedächtnis', 'local models': 'der Server der Modelle' },
  ...{ 'room worker': 'der LiveKit-Worker', 'data folder': 'der Datenordner' },
  ...{ backups: 'die Datensicherung', calendar: 'der Kalender', weather: 'das Wetter' },
};

const english: Readonly<Record<string, string>> = {
  ...{ 'speech to text': 'speech to text', mind: 'the language model', voice: 'the voice' },
  ...{ 'second mind': 'the second language model', memory: 'the memory', rooms: 'LiveKit' },
  ...{ 'memory search': 'the search in memory', 'local models': 'the models server' },
  ...{ 'room worker': 'the LiveKit worker', 'data folder': 'the data folder' },
  ...{ backups: 'the backup', calendar: 'the calendar', weather: 'the weather' },
};

const isGerman = (language: string): boolean => /^de\b/i.test(language);

/** "the voice", "die Stimme"; a service by its own name. */
export const partName = (part: string, language: string): string =>
  (isGerman(language) ? german : english)[part] ?? part.replaceAll('-', ' ');

/** The first letter of a sentence. */
export const capital = (text: string): string => text.replace(/^./, (first) => first.toUpperCase());

export interface HealthWords {
  unknown: string;
  well(count: number): string;
  /** `name` has its article; `time` is a time of day. */
  down(name: string, time: string): string;
  shaky(names: string): string;
  starting(names: string, several: boolean): string;
  restWell: string;
  quiet(day: string): string;
  was(name: string, when: string, long: string): string;
  still(name: string, when: string): string;
  more(count: number): string;
  days: Readonly<Record<'today' | 'yesterday' | 'week', string>>;
}

/** A time of day may end with a full stop of its own: "p.m.". */
const ended = (sentence: string): string => sentence.replace(/\.?$/, '.');

const inEnglish: HealthWords = {
  unknown: 'I have only just started, and asked nobody yet. Ask me again in a minute.',
  well: (count) => `Everything works: all ${count} parts and services answer.`,
  down: (name, time) => ended(`${name} has not worked since ${time}`),
  shaky: (names) => `The last time I asked, ${names} did not answer.`,
  starting: (names, several) => `${names} ${several ? 'are' : 'is'} still starting.`,
  restWell: 'Everything else works.',
  quiet: (day) => `Nothing was down ${day}, as far as I saw.`,
  was: (name, when, long) => `${name} was down from ${when} for ${long}.`,
  still: (name, when) => ended(`${name} has been down since ${when}`),
  more: (count) => `And ${count} more.`,
  days: { today: 'today', yesterday: 'yesterday', week: 'in the last seven days' },
};

const inGerman: HealthWords = {
  unknown: 'Ich bin gerade erst gestartet und habe noch niemanden gefragt. Frag gleich noch mal.',
  well: (count) => `Alles läuft: Alle ${count} Teile und Dienste antworten.`,
  down: (name, time) => `${name} funktioniert seit ${time} nicht.`,
  shaky: (names) => `Beim letzten Mal hat nicht geantwortet: ${names}.`,
  starting: (names, several) => `${names} ${several ? 'starten' : 'startet'} noch.`,
  restWell: 'Alles andere läuft.',
  quiet: (day) => `${capital(day)} ist nichts ausgefallen, soweit ich es gesehen habe.`,
  was: (name, when, long) => `${name} war ab ${when} ausgefallen, Dauer: ${long}.`,
  still: (name, when) => `${name} ist seit ${when} ausgefallen.`,
  more: (count) => `Und ${count} weitere.`,
  days: { today: 'heute', yesterday: 'gestern', week: 'in den letzten sieben Tagen' },
};

export const healthWords = (language: string): HealthWords =>
  isGerman(language) ? inGerman : inEnglish;
