/** Home Assistant's own sentences, looked up without being carried out, as calls of our tools. */
import type { HomeAssistant } from './connection.ts';
import { domainOf } from './model.ts';

/** A call for `runTool`: judged, read back and said like any other. */
export interface Recognised {
  /** Name within this integration. */
  tool: string;
  input: Record<string, unknown>;
}

/** What `conversation/agent/homeassistant/debug` answers for a sentence. */
interface Debugged {
  match?: boolean;
  source?: string;
  intent?: { name: string };
  slots?: Record<string, unknown>;
  details?: Record<string, { value?: unknown }>;
  targets?: Record<string, { matched: boolean }>;
}

interface Read {
  intent: string;
  ids: string[];
  slot: (name: string) => unknown;
}

type Reader = (read: Read) => Recognised | undefined;

const what = ({ ids }: Read): string | undefined => (ids.length > 0 ? ids.join(', ') : undefined);

const only = (ids: readonly string[], ...domains: string[]): boolean =>
  ids.length > 0 && ids.every((id) => domains.includes(domainOf(id)));

/** "Turn on" stands for open, lock and start as well: it is the domain that says which. */
const onOff =
  (on: boolean): Reader =>
  (read) => {
    const { ids } = read;
    const target = what(read);
    if (!target) return undefined;
    if (only(ids, 'cover', 'valve')) {
      return { tool: 'move', input: { what: target, to: on ? 'open' : 'close' } };
    }
    if (only(ids, 'lock')) {
      return { tool: 'lock', input: { what: target, to: on ? 'lock' : 'unlock' } };
    }
    if (only(ids, 'scene', 'script', 'button', 'input_button')) {
      return on ? { tool: 'start', input: { what: target } } : undefined;
    }
    if (only(ids, 'light', 'switch', 'fan', 'input_boolean', 'media_player', 'climate', 'group')) {
      return { tool: 'turn', input: { what: target, to: on ? 'on' : 'off' } };
    }
    return undefined;
  };

const percent = (slot: string): Reader => {
  return (read) => {
    const value = read.slot(slot);
    const target = what(read);
    if (!target || typeof value !== 'number') return undefined;
    return { tool: 'level', input: { what: target, percent: Math.round(value) } };
  };
};

const medium =
  (to: string): Reader =>
  (read) => {
    const target = what(read);
    return { tool: 'media', input: { to, ...(target && { what: target }) } };
  };

const lightSet: Reader = (read) => {
  const target = what(read);
  const [colour, kelvin] = [read.slot('color'), read.slot('temperature')];
  if (!target) return undefined;
  if (typeof colour === 'string') return { tool: 'colour', input: { what: target, colour } };
  if (typeof kelvin === 'number') return { tool: 'colour', input: { what: target, kelvin } };
  return percent('brightness')(read);
};

const setTemperature: Reader = (read) => {
  const degrees = read.slot('temperature');
  const target = what(read);
  if (typeof degrees !== 'number') return undefined;
  return { tool: 'temperature', input: { degrees, ...(target && { what: target }) } };
};

const getTemperature: Reader = (read) => {
  const where = read.slot('area') ?? read.slot('name') ?? what(read);
  const input = { measure: 'temperature', ...(typeof where === 'string' && { where }) };
  return { tool: 'measure', input };
};

const getState: Reader = (read) => {
  const target = what(read);
  const is = read.slot('state');
  // "Are any lights on" is about all of them; only a named thing is sure to be meant.
  if (!target || read.slot('name') === undefined) return undefined;
  return { tool: 'state', input: { what: target, ...(typeof is === 'string' && { is }) } };
};

const addItem: Reader = ({ slot }) => {
  const [item, list] = [slot('item'), slot('name')];
  if (typeof item !== 'string') return undefined;
  return { tool: 'list_add', input: { item, ...(typeof list === 'string' && { list }) } };
};

const vacuumTo =
  (to: string): Reader =>
  (read) => {
    const target = what(read);
    return { tool: 'vacuum', input: { to, ...(target && { what: target }) } };
  };

/** Everything that is not here stays with the mind: timers are ours, other intents unknown. */
const readers: Readonly<Record<string, Reader>> = {
  HassTurnOn: onOff(true),
  HassTurnOff: onOff(false),
  HassLightSet: lightSet,
  HassSetPosition: percent('position'),
  HassFanSetSpeed: percent('percentage'),
  HassSetVolume: percent('volume_level'),
  HassClimateSetTemperature: setTemperature,
  HassClimateGetTemperature: getTemperature,
  HassGetState: getState,
  HassMediaPause: medium('pause'),
  HassMediaUnpause: medium('play'),
  HassMediaNext: medium('next'),
  HassMediaPrevious: medium('previous'),
  HassListAddItem: addItem,
  HassShoppingListAddItem: addItem,
  HassVacuumStart: vacuumTo('start'),
  HassVacuumReturnToBase: vacuumTo('dock'),
};

/** Pure: one answer of Home Assistant as a call, where it surely means one. */
const callFrom = (debugged: Debugged | null | undefined): Recognised | undefined => {
  // A household's own trigger or sentence may do anything: that is not to be seen from here.
  if (debugged?.match !== true || debugged.source !== 'builtin') return undefined;
  const intent = debugged.intent?.name ?? '';
  const reader = Object.hasOwn(readers, intent) ? readers[intent] : undefined;
  const ids = Object.keys(debugged.targets ?? {});
  const slot = (name: string): unknown => debugged.details?.[name]?.value ?? debugged.slots?.[name];
  return reader?.({ intent, ids, slot });
};

/** Longer than any sentence that Home Assistant declares. */
const lengthMax = 120;

/**
 * Asks Home Assistant what it would make of a sentence; it carries nothing out.
 * @returns undefined where it does not know, or is away.
 */
export const recognise = async (
  client: HomeAssistant,
  sentence: string,
  { language }: { language: string },
): Promise<Recognised | undefined> => {
  if (client.isAway || sentence.length > lengthMax) return undefined;
  const type = 'conversation/agent/homeassistant/debug';
  const answer = await client.ask<{ results: (Debugged | null)[] }>({
    ...{ type, sentences: [sentence], language },
  });
  return callFrom(answer.results[0]);
};
