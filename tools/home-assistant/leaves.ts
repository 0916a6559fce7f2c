/** What one service does to one thing at the end of a chain: harmless, or a door. Pure. */
import type { Effect } from '../core/define.ts';
import { type Entity, type Home, isThere } from './model.ts';

/** One service call; the target stands beside or inside the data, as scripts write it. */
export interface Call {
  domain: string;
  service: string;
  data?: Readonly<Record<string, unknown>>;
  target?: Readonly<Record<string, unknown>>;
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** These let people in, or keep them safe: what is not known to close them counts as opening. */
const guarded = set('lock alarm_control_panel cover valve');

const closing: Readonly<Record<string, ReadonlySet<string>>> = {
  lock: set('lock'),
  cover: set('close_cover stop_cover close_cover_tilt stop_cover_tilt'),
  valve: set('close_valve stop_valve'),
  alarm_control_panel: set(
    'alarm_arm_home alarm_arm_away alarm_arm_night alarm_arm_vacation alarm_arm_custom_bypass',
  ),
};

/** Services of whole domains that do no more than their domain's things can. */
export const plainDomains = set(
  'light switch fan climate humidifier water_heater media_player vacuum lawn_mower siren ' +
    'input_boolean input_button input_number input_select input_text input_datetime counter ' +
    'timer button number select text date time datetime todo schedule',
);

/** Services that act on nothing in the home. */
export const idleServices = set(
  'notify persistent_notification tts logbook system_log calendar weather',
);

/** Answers a question, changes nothing. */
export const readServices = set(
  'todo.get_items weather.get_forecasts weather.get_forecast calendar.get_events ' +
    'homeassistant.update_entity media_player.browse_media media_player.search_media ' +
    'climate.get_schedule',
);

/**
 * What these do is written where Butler cannot read it. Not the same as a device: a template
 * switch may be a door opener.
 */
const opaque = set(
  'template command_line universal rest pyscript python_script switch_as_x mqtt_room ' +
    'generic_thermostat generic_hygrostat script_entity',
);

/** Their name is all that tells what hangs on them. */
const wiredToAnything = set(
  'switch button input_button input_boolean number select climate water_heater remote text',
);

/** "Front door light" is a light. */
const light = /\b(lights?|lamps?|led|licht|lampe|leuchte)\b/iu;

const words = (list: string): RegExp =>
  new RegExp(`(?<!\\p{L})(${list.replaceAll(' ', '|')})(?!\\p{L})`, 'iu');

/** Names of things that heat, or let people in, whatever domain they are of. */
const heats = words(
  'ovens? stove cooker cooktop hob grill fryer iron kiln sauna backofen ofen herd kochfeld ' +
    'bügeleisen fritteuse',
);
const opens = words(
  'gates? garage doors? opener buzzer intercom unlock unlatch disarm alarm safe valve tor ' +
    'garagentor haustür türöffner tür schloss entriegeln',
);

/** The label by which a household marks what Butler must ask about. */
const protectedLabel = 'protected';

const namesOf = ({ id, names, deviceName }: Entity): string =>
  [id.replace(/[._]/g, ' '), ...names, deviceName ?? ''].join(' ');

/** A switch on the device of a lock is part of the lock. */
const sharesGuardedDevice = (entity: Entity, home: Home): boolean =>
  entity.deviceId !== undefined &&
  [...home.entities.values()].some(
    (other) =>
      other.deviceId === entity.deviceId &&
      (other.domain === 'lock' ||
        other.domain === 'alarm_control_panel' ||
        (other.domain === 'cover' && isDoor(other))),
  );

const isDoor = ({ attributes }: Entity): boolean =>
  ['garage', 'gate', 'door'].includes(String(attributes.device_class));

const positionOf = (call: Call): number | undefined => {
  const position = call.data?.position;
  return typeof position === 'number' ? position : undefined;
};

const guardedEffect = (entity: Entity, call: Call): Effect => {
  if (entity.labels.includes(protectedLabel)) return 'danger';
  if (closing[entity.domain]?.has(call.service) && call.domain === entity.domain) return 'write';
  const wanted = positionOf(call);
  const now = entity.attributes.current_position;
  const lower =
    wanted !== undefined && (wanted === 0 || (typeof now === 'number' && wanted <= now));
  return call.service === 'set_cover_position' && lower ? 'write' : 'danger';
};

/** Why a thing that looks harmless is not; undefined where it is. */
const hiddenDanger = (entity: Entity, home: Home): string | undefined => {
  if (entity.labels.includes(protectedLabel)) return `${entity.name} is labelled protected`;
  if (opaque.has(entity.platform ?? '')) return `what ${entity.name} does cannot be read`;
  if (!wiredToAnything.has(entity.domain)) return undefined;
  const names = namesOf(entity);
  if ((heats.test(names) || opens.test(names)) && !light.test(names))
    return `${entity.name} may be a door or an oven`;
  if (sharesGuardedDevice(entity, home)) return `${entity.name} belongs to a lock or a door`;
  return undefined;
};

/**
 * @returns the effect on this one thing, and why it is danger.
 * Groups, scenes, scripts and automations are no leaves: `effects.ts` follows those.
 */
export const leafEffect = (
  entity: Entity,
  call: Call,
  home: Home,
): { effect: Effect; why?: string } => {
  const service = `${call.domain}.${call.service}`;
  if (readServices.has(service)) return { effect: 'read' };
  if (guarded.has(entity.domain)) {
    const effect = guardedEffect(entity, call);
    return effect === 'danger' ? { effect, why: `${service} on ${entity.name}` } : { effect };
  }
  const known = plainDomains.has(entity.domain) || call.domain === 'homeassistant';
  if (!known && isThere(entity)) return { effect: 'danger', why: `${service} is not known` };
  const why = hiddenDanger(entity, home);
  if (!why) return { effect: 'write' };
  // Off is harmless for an oven; a template's or a door opener's "off" may be anything.
  const mayCalm = heats.test(namesOf(entity)) && !opaque.has(entity.platform ?? '');
  return mayCalm && call.service === 'turn_off' ? { effect: 'write' } : { effect: 'danger', why };
};
