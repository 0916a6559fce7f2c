/** Distances and directions on the earth's surface, by great circles on a sphere. Pure. */
import type { Coordinates } from '../core/ports.ts';

/** Mean radius R1 of the earth: IUGG, "Geodetic Reference System 1980" (H. Moritz, 2000). */
const earthRadiusM = 6_371_008.8;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const degreesOf = (angle: number): number => (angle * 180) / Math.PI;

/**
 * Metres between two places; at most 0.6 % off, since the earth is no sphere. The haversine
 * formula: R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68 (1984), page 159.
 */
export const distanceM = (from: Coordinates, to: Coordinates): number => {
  const [phi1, phi2] = [radians(from.latitude), radians(to.latitude)];
  const halfUp = Math.sin((phi2 - phi1) / 2);
  const halfAcross = Math.sin(radians(to.longitude - from.longitude) / 2);
  const haversine = halfUp ** 2 + Math.cos(phi1) * Math.cos(phi2) * halfAcross ** 2;
  // Rounding may lead a little over 1 for places opposite each other.
  return 2 * earthRadiusM * Math.asin(Math.sqrt(Math.min(1, haversine)));
};

/** Nearer to a pole than this, every direction is the same one. */
const poleFromDegrees = 89.999_99;

/**
 * Direction in which somebody sets out from one place to the other, 0 to 360 degrees clockwise
 * from north. "Course between points" of the Aviation Formulary (E. Williams, version 1.47).
 */
export const bearingDegrees = (from: Coordinates, to: Coordinates): number => {
  if (from.latitude >= poleFromDegrees) return 180;
  if (from.latitude <= -poleFromDegrees) return 0;
  const [phi1, phi2] = [radians(from.latitude), radians(to.latitude)];
  const lambda = radians(to.longitude - from.longitude);
  const east = Math.sin(lambda) * Math.cos(phi2);
  const north =
    Math.cos(phi1) * Math.sin(phi2) - Math.sin(phi1) * Math.cos(phi2) * Math.cos(lambda);
  return (degreesOf(Math.atan2(east, north)) + 360) % 360;
};

export const winds = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const;
export type Wind = (typeof winds)[number];

/** The nearest of the eight winds. */
export const windOf = (bearing: number): Wind => winds[Math.round(bearing / 45) % 8] ?? 'n';

/** How fast a movement brings somebody nearer to a place, in its own unit; less than 0: farther. */
export const approachOf = (
  movement: { speed: number; courseDegrees: number },
  towardsDegrees: number,
): number => movement.speed * Math.cos(radians(movement.courseDegrees - towardsDegrees));

/** Whether numbers are a place on the earth at all. */
export const isOnEarth = ({ latitude, longitude }: Coordinates): boolean =>
  Number.isFinite(latitude) &&
  Number.isFinite(longitude) &&
  Math.abs(latitude) <= 90 &&
  Math.abs(longitude) <= 180;
