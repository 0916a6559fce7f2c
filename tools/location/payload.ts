/** What an OwnTracks app sends: positions are taken, all else is told apart and never believed. */
import type { Fix } from './fences.ts';
import { isOnEarth } from './geometry.ts';

/**
 * One message. `other`: no position, which is fine (a transition, a waypoint, a last will);
 * `cleared`: what was kept at the broker is to be forgotten.
 */
export type Report =
  | { kind: 'fix'; fix: Fix }
  | { kind: 'other' | 'garbage' | 'encrypted' | 'cleared' };

const messageBytesMax = 16 * 1024;
/** Clocks of phones are a little off; more than this is a wrong clock. */
const aheadMaxMs = 5 * 60_000;
/** No app of today reported before this: the phone had no time yet. */
const earliestMs = Date.UTC(2015, 0, 1);
/** Where the app leaves the accuracy out. */
const accuracyUnknownM = 100;
const accuracyMaxM = 1_000_000;

type Fields = Readonly<Record<string, unknown>>;

const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

const within = (value: unknown, least: number, most: number): number | undefined => {
  const number = numberOf(value);
  return number !== undefined && number >= least && number <= most ? number : undefined;
};

/** `_type: location` of the OwnTracks JSON format (its "booklet", chapter JSON). */
const fixOf = ({ lat, lon, tst, acc, vel, cog }: Fields, nowMs: number): Fix | undefined => {
  const place = { latitude: numberOf(lat) ?? Number.NaN, longitude: numberOf(lon) ?? Number.NaN };
  // Phones without a position send the place where the equator meets Greenwich.
  if (!isOnEarth(place) || (place.latitude === 0 && place.longitude === 0)) return undefined;
  const atMs = within(tst, earliestMs / 1000, (nowMs + aheadMaxMs) / 1000);
  const accuracyM = acc === undefined ? accuracyUnknownM : within(acc, 0, accuracyMaxM);
  if (atMs === undefined || accuracyM === undefined) return undefined;
  return {
    ...place,
    accuracyM,
    atMs: Math.min(atMs * 1000, nowMs),
    // Both are left out, or -1, where the phone does not know.
    ...{ speedKmh: within(vel, 0, 1200), courseDegrees: within(cog, 0, 360) },
  };
};

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param message parsed JSON. */
export const reportOf = (message: unknown, nowMs: number): Report => {
  if (!isFields(message)) return { kind: 'garbage' };
  const { _type: type } = message;
  if (type === 'encrypted') return { kind: 'encrypted' };
  if (type !== 'location') return { kind: typeof type === 'string' ? 'other' : 'garbage' };
  const fix = fixOf(message, nowMs);
  return fix ? { kind: 'fix', fix } : { kind: 'garbage' };
};

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** @param bytes as they came from a broker; anything at all. Never throws. */
export const readReport = (bytes: Uint8Array, nowMs: number): Report => {
  if (bytes.byteLength === 0) return { kind: 'cleared' };
  if (bytes.byteLength > messageBytesMax) return { kind: 'garbage' };
  try {
    return reportOf(JSON.parse(utf8.decode(bytes)), nowMs);
  } catch {
    return { kind: 'garbage' };
  }
};
