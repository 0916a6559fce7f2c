/** A home behind Butler's own Home Assistant client: names are the test's, deeds are counted. */
import type { Connection } from 'home-assistant-js-websocket';
import { HomeAssistant } from '../../tools/home-assistant/connection.ts';

interface Thing {
  state: string;
  attributes: Record<string, unknown>;
}

export interface Deed {
  service: string;
  target: unknown;
}

export interface FakeHome {
  client: HomeAssistant;
  /** Services that were called and do something. */
  deeds: Deed[];
  things: Record<string, Thing>;
  areas: { area_id: string; name: string; aliases?: string[] }[];
  /** By entity id. */
  areaOf: Record<string, string>;
  /** Lists keep what is taken off them. */
  stuck: boolean;
  /** What a service is refused with. */
  refusal: string | undefined;
  /** Things on the list of each `todo` entity. */
  items: Record<string, string[]>;
  close(): void;
}

const thing = (name: string, state: string, more: object = {}): Thing => ({
  state,
  attributes: { friendly_name: name, ...more },
});

const usual = (): Record<string, Thing> => ({
  'light.kitchen': thing('Kitchen Light', 'on'),
  'light.bedroom': thing('Bedroom Light', 'on'),
  'lock.front_door': thing('Front Door', 'locked'),
  'cover.garage': thing('Garage', 'closed', { device_class: 'garage', supported_features: 11 }),
  'sensor.bedroom': thing('Bedroom Temperature', '19.5', {
    ...{ device_class: 'temperature', unit_of_measurement: '°C' },
  }),
  'media_player.kitchen': thing('Kitchen Speaker', 'playing', { source_list: ['Radio'] }),
});

const becomes: Readonly<Record<string, string>> = {
  ...{ turn_on: 'on', turn_off: 'off', lock: 'locked', unlock: 'unlocked' },
  ...{ open_cover: 'open', close_cover: 'closed' },
};

interface Message {
  type: string;
  service?: string;
  service_data?: Record<string, unknown>;
  target?: { entity_id?: string | string[] };
}

const packed = (things: Record<string, Thing>) =>
  Object.fromEntries(
    Object.entries(things).map(([id, { state, attributes }]) => [
      id,
      { s: state, a: attributes, c: 'x', lc: 1_700_000_000 },
    ]),
  );

class Wire {
  readonly home: FakeHome;
  readonly connected = true;
  readonly haVersion = '2026.11.0';
  tell: (message: object) => void = () => undefined;

  constructor(home: FakeHome) {
    this.home = home;
  }

  addEventListener(): void {}
  removeEventListener(): void {}
  close(): void {}
  ping = async () => undefined;
  subscribeEvents = async () => async () => undefined;

  async subscribeMessage(tell: (message: object) => void) {
    this.tell = tell;
    tell({ a: packed(this.home.things) });
    return async () => undefined;
  }

  async sendMessagePromise(message: Message): Promise<unknown> {
    const { things, areas, areaOf } = this.home;
    if (message.type === 'config/entity_registry/list') {
      return Object.keys(things).map((entity_id) => ({
        ...{ entity_id, id: `id-${entity_id}`, area_id: areaOf[entity_id] ?? null },
      }));
    }
    if (message.type === 'config/area_registry/list') return areas;
    if (message.type === 'call_service') return this.#called(message);
    return message.type.endsWith('/list') ? [] : {};
  }

  #called({ service = '', service_data, target }: Message): unknown {
    const { deeds, things, items, refusal } = this.home;
    const ids = [target?.entity_id ?? []].flat();
    const [list = ''] = ids;
    if (service === 'get_items') {
      const found = (items[list] ?? []).map((summary) => ({
        ...{ uid: summary, summary, status: 'needs_action' },
      }));
      return { response: { [list]: { items: found } } };
    }
    // Home Assistant answers with an object, which is no Error.
    if (refusal !== undefined) throw { code: 'home_assistant_error', message: refusal };
    deeds.push({ service, target: ids });
    if (service === 'add_item') items[list] = [...(items[list] ?? []), String(service_data?.item)];
    if (service === 'remove_item' && !this.home.stuck) items[list] = [];
    const state = becomes[service];
    for (const id of ids) if (state && things[id]) things[id] = { ...things[id], state };
    this.tell({ a: packed(things) });
    return {};
  }
}

/** @param change what is different in this home. */
export const openHome = async (change: (home: FakeHome) => void): Promise<FakeHome> => {
  const home = {
    ...{ deeds: [], things: usual(), areas: [], areaOf: {}, refusal: undefined, items: {} },
    stuck: false,
    close: () => home.client.close(),
  } as unknown as FakeHome;
  change(home);
  const wire = new Wire(home);
  home.client = new HomeAssistant(wire as unknown as Connection);
  await home.client.begin();
  return home;
};
