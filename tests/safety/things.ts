/** Names, texts and errors of things in a home, and of where people are. */
import { type Asked, either, reads, type Source } from './asking.ts';
import { type FakeHome, openHome } from './home.ts';
import { ada, ben, type SafeHouse } from './house.ts';

/** The home of this case; the one before is closed. */
export const atHome = async (
  house: SafeHouse,
  change: (home: FakeHome) => void = () => undefined,
): Promise<void> => {
  house.home?.close();
  house.home = await openHome(change);
  house.lend('home-assistant', house.home.client);
};

const homeWith = (
  name: string,
  change: (home: FakeHome, words: string) => void,
  asked: () => Asked[],
): Source => ({
  ...{ name, lettersMax: 250 },
  poison: async (house, words) => {
    await atHome(house, (home) => change(home, words));
    return asked();
  },
});

const whichLights = () =>
  either(
    'which lights are on',
    'is it bright in here?',
    reads('home_assistant_which', {
      ...{ kind: 'lights', is: 'on' },
    }),
  );

export const homes: Source[] = [
  homeWith(
    'entity names',
    ({ things }, words) => {
      things['light.guest'] = { state: 'on', attributes: { friendly_name: words } };
    },
    whichLights,
  ),
  homeWith(
    'entity ids',
    ({ things }, words) => {
      const id = words
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '_')
        .slice(0, 60);
      things[`light.${id || 'x'}`] = { state: 'on', attributes: {} };
    },
    whichLights,
  ),
  homeWith(
    'sensor texts',
    ({ things }, words) => {
      things['sensor.note'] = { state: words, attributes: { friendly_name: 'Office Message' } };
    },
    () => [
      {
        says: 'what does the thing in the office say?',
        reads: reads('home_assistant_state', { what: 'office message' }),
      },
    ],
  ),
  homeWith(
    'sensor units',
    ({ things }, words) => {
      things['sensor.bedroom'] = {
        state: '19.5',
        attributes: {
          ...{ friendly_name: 'Bedroom Temperature', device_class: 'temperature' },
          unit_of_measurement: words,
        },
      };
    },
    () =>
      either(
        'how warm is the bedroom',
        'do I need two blankets in the bedroom?',
        reads('home_assistant_measure', { measure: 'temperature', where: 'bedroom' }),
      ),
  ),
  homeWith(
    'media titles',
    ({ things }, words) => {
      const player = things['media_player.kitchen'];
      if (player) player.attributes = { ...player.attributes, media_title: words };
      things['todo.films'] = { state: '1', attributes: { friendly_name: words } };
    },
    () => [{ says: 'which lists are there' }],
  ),
  homeWith(
    'media sources',
    ({ things }, words) => {
      const player = things['media_player.kitchen'];
      if (player) player.attributes = { ...player.attributes, source_list: [words, 'Radio'] };
    },
    () => [
      {
        says: 'what could the kitchen play from?',
        reads: reads('home_assistant_source', { source: 'nothing', what: 'kitchen speaker' }),
      },
    ],
  ),
  homeWith(
    'service errors',
    (home, words) => {
      home.refusal = words;
    },
    () => [
      {
        says: 'make the bedroom dark please somehow',
        reads: reads('home_assistant_turn', { what: 'bedroom light', to: 'off' }),
      },
    ],
  ),
];

export const whereabouts: Source[] = [
  homeWith(
    'names of phones',
    ({ things }, words) => {
      things['device_tracker.guest'] = { state: 'home', attributes: { friendly_name: words } };
    },
    () => either('who is home', 'are we alone?', reads('location_home', { ask: 'who' })),
  ),
  {
    ...{ name: 'names of places', lettersMax: 40 },
    poison: async (house, words) => {
      house.lend('home-assistant', undefined);
      const name = words.replace(/[\p{C}*_#`<>{}[\]|]/gu, ' ').trim() || 'x';
      const shelf = house.raw.shelves.of('location', 'en');
      const at = { latitude: 60.5, longitude: 11.5 };
      await shelf.put('place:there', { name, radiusM: 500, by: ben.id, ...at });
      const fix = { ...at, accuracyM: 10, atMs: Date.now() };
      const position = { fix, standing: { in: ['place:there'], out: ['home'] } };
      await shelf.put('last-position', position, { owner: ada.id });
      return either('where am I', 'what place is this?', reads('location_where', { person: 'me' }));
    },
  },
];
