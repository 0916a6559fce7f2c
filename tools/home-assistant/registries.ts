/** Reads what Home Assistant knows of rooms and things, and what its scripts would do. */
import type { Connection } from 'home-assistant-js-websocket';
import type { Config } from './actions.ts';
import { domainOf, type Registries } from './model.ts';

export type { Registries } from './model.ts';

type Ask = <Answer>(message: { type: string; [key: string]: unknown }) => Promise<Answer>;

/** A script made from a blueprint, as it runs; undefined where that cannot be had. */
const substituted = async (ask: Ask, domain: string, config: Config): Promise<Config> => {
  const { path, input } = config.use_blueprint as { path?: string; input?: object };
  const message = { type: 'blueprint/substitute', domain, path, input: input ?? {} };
  const answer = await ask<{ substituted_config: Config }>(message);
  return answer.substituted_config;
};

const configOf = async (ask: Ask, id: string): Promise<[string, Config] | undefined> => {
  const domain = domainOf(id);
  try {
    const { config } = await ask<{ config: Config | null }>({
      ...{ type: `${domain}/config`, entity_id: id },
    });
    if (!config) return undefined;
    return [id, 'use_blueprint' in config ? await substituted(ask, domain, config) : config];
  } catch {
    // What cannot be read is left out, and counts as danger.
    return undefined;
  }
};

const orNothing = <Answer>(answer: Promise<Answer>, nothing: Answer): Promise<Answer> =>
  answer.catch(() => nothing);

/** Of `get_config`: in which units the home is told. */
interface Units {
  unit_system?: { temperature?: string };
}

type Registered = Registries['entities'][number];

/** The list leaves out the aliases; they are asked for apart. */
const registeredEntities = async (ask: Ask): Promise<Registered[]> => {
  const listed = await ask<Registered[]>({ type: 'config/entity_registry/list' });
  const ids = listed.map(({ entity_id }) => entity_id);
  const message = { type: 'config/entity_registry/get_entries', entity_ids: ids };
  const whole = await orNothing(ask<Record<string, Registered | null>>(message), {});
  return listed.map((one) => ({ ...one, aliases: whole[one.entity_id]?.aliases ?? [] }));
};

/** @param ids of every entity that has a state. */
export const readRegistries = async (
  connection: Connection,
  ids: readonly string[],
): Promise<Registries> => {
  const ask: Ask = (message) => connection.sendMessagePromise(message);
  const list = <Item>(name: string) => ask<Item[]>({ type: `config/${name}_registry/list` });
  const scripts = ids.filter((id) => ['script', 'automation'].includes(domainOf(id)));
  const [entities, devices, areas, floors, sources, units, configs] = await Promise.all([
    registeredEntities(ask),
    list<Registries['devices'][number]>('device'),
    list<Registries['areas'][number]>('area'),
    orNothing(list<Registries['floors'][number]>('floor'), []),
    orNothing(ask<Registries['sources']>({ type: 'entity/source' }), {}),
    orNothing(ask<Units>({ type: 'get_config' }), {}),
    Promise.all(scripts.map((id) => configOf(ask, id))),
  ]);
  const read = configs.filter((one) => one !== undefined);
  const fahrenheit = units.unit_system?.temperature === '°F';
  return { entities, devices, areas, floors, sources, fahrenheit, configs: new Map(read) };
};
