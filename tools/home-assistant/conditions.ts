/** What a state is called, and whether a thing is in the condition a person asks about. Pure. */
import type { Entity } from './model.ts';
import { type Tongue, tongueOf } from './words.ts';

// biome-ignore format: one list
export const conditions = [
  'on', 'off', 'open', 'closed', 'locked', 'unlocked', 'playing', 'paused', 'running', 'armed',
  'home', 'away', 'heating', 'cooling', 'wet', 'dry',
] as const;
export type Condition = (typeof conditions)[number];

const opening = new Set(['door', 'window', 'garage_door', 'opening', 'garage', 'gate']);
const classOf = ({ attributes }: Entity): string => String(attributes.device_class ?? '');

/** Binary sensors say on and off; their class says what that means. */
const meaningOf = (entity: Entity, state: string): string => {
  if (entity.domain !== 'binary_sensor' || (state !== 'on' && state !== 'off')) return state;
  const on = state === 'on';
  const of = classOf(entity);
  if (opening.has(of)) return on ? 'open' : 'closed';
  if (of === 'lock') return on ? 'unlocked' : 'locked';
  if (of === 'moisture') return on ? 'wet' : 'dry';
  if (of === 'presence') return on ? 'home' : 'away';
  return state;
};

const climateActions = new Set(['heating', 'cooling']);

/** @returns undefined where this thing cannot tell. */
export const isIn = (
  entity: Entity,
  condition: Condition,
  state = entity.state,
): boolean | undefined => {
  if (state === 'unavailable' || state === 'unknown') return undefined;
  const meaning = meaningOf(entity, state);
  const { domain } = entity;
  if (condition === 'on' || condition === 'running') {
    if (domain === 'vacuum') return state === 'cleaning';
    if (domain === 'cover' || domain === 'lock') return undefined;
    return !['off', 'standby', 'closed', 'docked', 'idle'].includes(state);
  }
  if (condition === 'off') {
    const on = isIn(entity, 'on', state);
    return on === undefined ? undefined : !on;
  }
  if (condition === 'open' || condition === 'closed') {
    if (domain === 'lock') return undefined;
    const open = ['open', 'opening', 'closing'].includes(meaning);
    if (!open && meaning !== 'closed') return undefined;
    return condition === 'open' ? open : !open;
  }
  if (condition === 'locked')
    return domain === 'lock' || classOf(entity) === 'lock' ? meaning === 'locked' : undefined;
  if (condition === 'unlocked') {
    const locked = isIn(entity, 'locked', state);
    return locked === undefined ? undefined : !locked;
  }
  if (climateActions.has(condition)) {
    const { hvac_action: action } = entity.attributes;
    return domain === 'climate' ? (action ?? state) === condition : undefined;
  }
  if (condition === 'armed')
    return domain === 'alarm_control_panel' ? state.startsWith('armed') : undefined;
  if (condition === 'away') return state === 'not_home' || meaning === 'away';
  return meaning === condition;
};

const german: Readonly<Record<string, string>> = {
  on: 'an',
  off: 'aus',
  open: 'offen',
  closed: 'geschlossen',
  opening: 'am Öffnen',
  closing: 'am Schließen',
  locked: 'abgeschlossen',
  unlocked: 'nicht abgeschlossen',
  locking: 'am Abschließen',
  unlocking: 'am Aufschließen',
  playing: 'am Spielen',
  paused: 'pausiert',
  idle: 'untätig',
  running: 'in Betrieb',
  heating: 'am Heizen',
  cooling: 'am Kühlen',
  heat: 'auf Heizen gestellt',
  cool: 'auf Kühlen gestellt',
  armed: 'scharf',
  disarmed: 'unscharf',
  home: 'zu Hause',
  away: 'weg',
  wet: 'nass',
  dry: 'trocken',
  cleaning: 'am Saugen',
  docked: 'an der Station',
  unavailable: 'nicht erreichbar',
  unknown: 'unbekannt',
};

const english: Readonly<Record<string, string>> = {
  not_home: 'away',
  heat: 'set to heat',
  cool: 'set to cool',
  heat_cool: 'set to heat and cool',
  fan_only: 'set to fan only',
  unavailable: 'not reachable',
  armed_away: 'armed',
};

/** The state as a person would say it, after "is". */
export const stateSaid = (entity: Entity, language: string): string => {
  const tongue: Tongue = tongueOf(language);
  const meaning = meaningOf(entity, entity.state);
  const plain = meaning.replaceAll('_', ' ');
  const unit = entity.attributes.unit_of_measurement;
  if (typeof unit === 'string') return valueSaid(meaning, unit, tongue);
  return (tongue === 'de' ? german[meaning] : english[meaning]) ?? plain;
};

export const conditionSaid = (condition: Condition, language: string): string =>
  tongueOf(language) === 'de' ? (german[condition] ?? condition) : condition;

const units: Readonly<Record<string, readonly [en: string, de: string]>> = {
  '°C': ['degrees', 'Grad'],
  '°F': ['degrees', 'Grad'],
  '%': ['percent', 'Prozent'],
  W: ['watts', 'Watt'],
  kW: ['kilowatts', 'Kilowatt'],
  kWh: ['kilowatt hours', 'Kilowattstunden'],
  lx: ['lux', 'Lux'],
  ppm: ['parts per million', 'ppm'],
  hPa: ['hectopascals', 'Hektopascal'],
};

/** "21.5 degrees", "21,5 Grad"; one digit after the point is enough to hear. */
export const valueSaid = (value: string, unit: string, tongue: Tongue): string => {
  const number = Number(value);
  const rounded = Number.isFinite(number) ? String(Math.round(number * 10) / 10) : value;
  const [en, de] = units[unit] ?? [unit, unit];
  return tongue === 'de' ? `${rounded.replace('.', ',')} ${de}` : `${rounded} ${en}`;
};
