/** All places where words of others come in, and a house as it was before them. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { OpenMeteo } from '../fakes/open-meteo.ts';
import type { Source } from './asking.ts';
import { ada, type SafeHouse } from './house.ts';
import { mailWith, post } from './post.ts';
import { atHome, homes, whereabouts } from './things.ts';
import { former, places, records, servedText, web } from './web.ts';
import { writtenAtHome } from './written.ts';

export const sourcesOf = (weather: OpenMeteo): Source[] => [
  ...[
    ...post,
    ...writtenAtHome,
    ...homes,
    ...whereabouts,
    ...web,
    former,
    records,
    places(weather),
  ],
];

/** Everything as it was before any case. */
export const restore = async (house: SafeHouse): Promise<void> => {
  await atHome(house);
  // What was done in the case before, and could not be said there.
  house.house.unheard.take(ada.id);
  const at = new Date().toISOString();
  const lists = house.raw.shelves.of('lists', 'en');
  for (const { key } of await lists.all()) await lists.remove(key);
  await lists.put('shopping', {
    name: '',
    next: 2,
    items: [{ id: 1, text: 'tea', by: ada.id, at }],
  });
  const places = house.raw.shelves.of('location', 'en');
  for (const { key } of await places.all()) await places.remove(key);
  const own = { owner: ada.id };
  for (const { key } of await places.all(own)) await places.remove(key, own);
  const kept = house.raw.shelves.of('notes', 'en');
  for (const { key } of await kept.all()) await kept.remove(key);
  await kept.put(at, { text: 'the boiler is fine', by: ada.id, name: ada.name, at });
  for (const folder of Object.values(house.folders)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
  }
  writeFileSync(path.join(house.folders.cloud, 'taxes.txt'), 'nothing');
  servedText(house, 'nothing');
  house.lend('mail', mailWith({}));
  house.refresh();
  const { facts, history } = house.house.memory;
  if ((await facts.list(ada.id)).length === 0) {
    const fact = { category: 'preference' as const, fact: 'Ada likes tea.', door: 'app' };
    await house.raw.memory.remember(ada.id, fact);
  }
  await history.remove(ada.id, await history.ids(ada.id));
};
