/** What is kept of places and positions: household places, each one's last position and word. */
import { z } from 'zod';
import type { Housemate } from '../core/people-port.ts';
import type { Shelf } from '../core/shelf-port.ts';
import type { Position } from './book.ts';
import { type Consent, consentFrom } from './consent.ts';
import type { Fence } from './fences.ts';

export const consentKey = 'consent';
export const positionKey = 'last-position';
const placePrefix = 'place:';
/** The place that was removed last, for whoever takes that back. */
export const removedKey = 'removed-place';

const degrees = (most: number) => z.number().min(-most).max(most);

const positionSchema = z.object({
  fix: z.object({
    ...{ latitude: degrees(90), longitude: degrees(180) },
    ...{ accuracyM: z.number().nonnegative(), atMs: z.number() },
    ...{ speedKmh: z.number().optional(), courseDegrees: z.number().optional() },
  }),
  standing: z.object({ in: z.array(z.string()), out: z.array(z.string()) }),
});

const placeSchema = z.object({
  name: z.string().min(1).max(60),
  latitude: degrees(90),
  longitude: degrees(180),
  radiusM: z.number().positive(),
  /** Id of who named it. */
  by: z.string().max(200).optional(),
});
export type Place = z.output<typeof placeSchema>;

/** A name without its article, so that "the allotment" and "allotment" are one place. */
export const foldedPlace = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^(?:the|my|our|your|an?|der|die|das|den|dem|unser|unsere|mein|meine) (?=.)/u, '');

export const placeKey = (name: string): string => `${placePrefix}${foldedPlace(name)}`;

/** @returns undefined for what is no place. */
export const placeFrom = (kept: unknown): Place | undefined => placeSchema.safeParse(kept).data;

/** The places that people have named here. */
export const placesOn = async (shelf: Shelf): Promise<(Fence & Pick<Place, 'by'>)[]> =>
  (await shelf.all()).flatMap(({ key, value }) => {
    const place = key.startsWith(placePrefix) ? placeFrom(value) : undefined;
    return place ? [{ ...place, id: key }] : [];
  });

/** What is kept of one person; their last position is never more than one. */
export interface Kept {
  consent: Consent;
  position?: Position | undefined;
}

export const keptOf = async (shelf: Shelf, { id }: Pick<Housemate, 'id'>): Promise<Kept> => {
  const documents = new Map((await shelf.all({ owner: id })).map(({ key, value }) => [key, value]));
  const position = positionSchema.safeParse(documents.get(positionKey));
  return {
    consent: consentFrom(documents.get(consentKey)),
    ...(position.success && { position: position.data }),
  };
};

/** @returns undefined for what is no position. */
export const positionFrom = (kept: unknown): Position | undefined =>
  positionSchema.safeParse(kept).data;
