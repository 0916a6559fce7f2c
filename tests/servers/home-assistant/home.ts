/** The demo home's rooms, floors and other names, put in once after onboarding. */
import type { Connection } from 'home-assistant-js-websocket';

const floors = [
  { name: 'Ground floor', level: 0, aliases: ['downstairs', 'unten'] },
  { name: 'First floor', level: 1, aliases: ['upstairs', 'oben'] },
];

const areas = [
  { name: 'Kitchen', floor: 'Ground floor', aliases: ['Küche'] },
  { name: 'Living room', floor: 'Ground floor', aliases: ['lounge', 'Wohnzimmer'] },
  { name: 'Hall', floor: 'Ground floor', aliases: ['hallway', 'Flur'] },
  { name: 'Bedroom', floor: 'First floor', aliases: ['Schlafzimmer'] },
  { name: 'Office', floor: 'First floor', aliases: ['study', 'Büro'] },
];

/** Each entity's room, and what else it is called; locks and players of the demo can have none. */
const places: Record<string, [area: string, ...aliases: string[]]> = {
  'light.kitchen_lights': ['Kitchen', 'Küchenlicht'],
  'light.bed_light': ['Bedroom', 'bedside lamp', 'lamp by the bed'],
  'light.ceiling_lights': ['Bedroom'],
  'light.office_rgbw_lights': ['Office', 'desk lamp'],
  'light.living_room_rgbww_lights': ['Living room', 'lamp by the sofa'],
  'light.entrance_color_white_lights': ['Hall'],
  'climate.heatpump': ['Living room', 'heating'],
  'climate.hvac': ['Bedroom'],
  'cover.kitchen_window': ['Kitchen', 'kitchen blind'],
  'cover.hall_window': ['Hall', 'hall blind'],
  'cover.living_room_window': ['Living room', 'living room blind'],
  'cover.garage_door': ['Hall'],
  'fan.living_room_fan': ['Living room'],
  'fan.ceiling_fan': ['Bedroom'],
  'switch.decorative_lights': ['Living room', 'fairy lights'],
  'switch.ac': ['Office', 'air conditioner'],
  'sensor.outside_temperature': ['Hall'],
  'binary_sensor.basement_floor_wet': ['Hall'],
};

interface Named {
  name: string;
  floor_id?: string;
  area_id?: string;
}

/** Rooms, floors and aliases; what onboarding made already is taken as it is. */
export async function furnish(connection: Connection): Promise<void> {
  const ask = <T>(message: { type: string; [key: string]: unknown }) =>
    connection.sendMessagePromise<T>(message);
  const floorIds = new Map<string, string>();
  for (const floor of floors) {
    const made = await ask<Named>({ type: 'config/floor_registry/create', ...floor });
    floorIds.set(floor.name, made.floor_id ?? '');
  }
  const there = await ask<Named[]>({ type: 'config/area_registry/list' });
  const areaIds = new Map<string, string>();
  for (const { name, floor, aliases } of areas) {
    const known = there.find((area) => area.name.toLowerCase() === name.toLowerCase());
    const wanted = { name, aliases, floor_id: floorIds.get(floor) };
    const kept = known
      ? { type: 'config/area_registry/update', area_id: known.area_id, ...wanted }
      : { type: 'config/area_registry/create', ...wanted };
    areaIds.set(name, (await ask<Named>(kept)).area_id ?? '');
  }
  for (const [entity, [area, ...aliases]] of Object.entries(places)) {
    const area_id = areaIds.get(area);
    await ask({ type: 'config/entity_registry/update', entity_id: entity, area_id, aliases });
  }
  const exposed = { assistants: ['conversation'], entity_ids: Object.keys(places) };
  await ask({ type: 'homeassistant/expose_entity', ...exposed, should_expose: true });
}
