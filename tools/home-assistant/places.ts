/** Rooms and floors by the words for them. Pure. */
import { nearestName, plainName } from '../core/sounds.ts';
import type { Area, Entity, Floor, Home } from './model.ts';
import { downstairs, upstairs, wholeHouse } from './vocabulary.ts';

export interface Place {
  name: string;
  isWholeHouse: boolean;
  /** Only its sound was right: it is spoken of by its real name. */
  misheard?: boolean;
  holds: (entity: Entity) => boolean;
}

const startsWith = (name: string, place: string): boolean =>
  `${plainName(name)} `.startsWith(`${plainName(place)} `);

const inArea =
  (area: Area) =>
  ({ areaId, names }: Entity): boolean =>
    areaId === undefined
      ? // Without a room, "Kitchen Door" is in the kitchen.
        area.names.some((place) => names.some((name) => startsWith(name, place)))
      : areaId === area.id;

const onFloor =
  (floors: readonly Floor[], home: Home) =>
  ({ areaId }: Entity): boolean => {
    const floorId = home.areas.get(areaId ?? '')?.floorId;
    return floors.some(({ id }) => id === floorId);
  };

const isNamed = ({ names }: { names: readonly string[] }, phrase: string): boolean =>
  names.some((name) => plainName(name) === phrase);

/** Where no floor is called so: above the ground is upstairs. */
const byLevel = (phrase: string, home: Home): Floor[] => {
  const above = upstairs.includes(phrase);
  if (!above && !downstairs.includes(phrase)) return [];
  return [...home.floors.values()].filter(
    ({ level }) => level !== undefined && (above ? level > 0 : level <= 0),
  );
};

/** The room that sounds like it; short words are too easily alike. */
const alike = (phrase: string, home: Home): Area | undefined => {
  if (phrase.length < 4) return undefined;
  const names = [...home.areas.values()].flatMap((area) =>
    area.names.map((name) => ({ name, area })),
  );
  return nearestName(phrase, names, ({ name }) => name)?.area;
};

/** @param phrase plain words, without an article. */
export const placeOf = (phrase: string, home: Home): Place | undefined => {
  if (phrase === '') return undefined;
  if (wholeHouse.includes(phrase)) {
    return { name: phrase, isWholeHouse: true, holds: () => true };
  }
  const area = [...home.areas.values()].find((one) => isNamed(one, phrase));
  if (area) return { name: phrase, isWholeHouse: false, holds: inArea(area) };
  const named = [...home.floors.values()].filter((one) => isNamed(one, phrase));
  const floors = named.length > 0 ? named : byLevel(phrase, home);
  if (floors.length > 0) return { name: phrase, isWholeHouse: false, holds: onFloor(floors, home) };
  const near = alike(phrase, home);
  return (
    near && {
      ...{ name: near.names[0] ?? phrase, isWholeHouse: false, misheard: true },
      holds: inArea(near),
    }
  );
};

/** Those in the room where it was said; none where that room is not one of the home's. */
export const inRoom = (
  entities: readonly Entity[],
  { here, home }: { here?: string | undefined; home: Home },
): Entity[] => {
  const place = here === undefined ? undefined : placeOf(plainName(here), home);
  if (!place || place.misheard || place.isWholeHouse) return [];
  return entities.filter((one) => place.holds(one));
};
