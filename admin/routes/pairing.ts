/** A QR code on a device that is in: whoever scans it is let in as the same person. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { renderSVG } from 'uqr';
import { type AdminEnv, declare } from '../access.ts';
import { addressOf, pageOriginOf } from '../address.ts';
import { type Connections, holderOf } from '../connections.ts';
import type { Entrance } from '../entrance.ts';
import type { House } from '../house-view.ts';
import { body, json } from '../json-declared.ts';
import { withMemory } from '../memory-access.ts';
import type { Pairings } from '../pairing.ts';
import type { People } from '../people.ts';
import { ProblemError } from '../problem.ts';
import { createThrottle } from '../throttle.ts';
import { deviceSchema, enterBy, enteredSchema, secretSchema } from './entering.ts';

/** A link is scanned or tapped, never typed: who tries more than these guesses. */
const triesFree = 20;

export const linkSchema = z.object({
  url: z.string().meta({ description: 'The secret stands in its fragment: no server sees it.' }),
  qr: z.string().meta({ description: 'The same as a QR code: an SVG.' }),
  expiresAt: z.iso.datetime(),
});

/** Butler's page, under the name by which it was asked, with a secret in the fragment. */
export const linkTo = (c: Context<AdminEnv>, fragment: { [name: string]: string }) => {
  const url = `${pageOriginOf(c)}/#${new URLSearchParams(fragment)}`;
  return { url, qr: renderSVG(url, { border: 2 }) };
};

/** Slows whoever tries links; unlike passwords these cannot be guessed, so it is for quiet. */
export const slowLinks = (clock: () => number) => {
  const throttle = createThrottle({ failuresFree: triesFree, clock });
  return {
    attempt: (c: Context<AdminEnv>): void => {
      const waitSeconds = throttle.attempt(addressOf(c));
      if (waitSeconds === 0) return;
      throw new ProblemError({
        status: 429,
        code: 'links-too-many',
        title: 'Too many links that do not work',
        detail: `Wait ${waitSeconds} seconds, then open the newest link.`,
        headers: { 'retry-after': String(waitSeconds) },
      });
    },
    succeeded: (c: Context<AdminEnv>): void => throttle.succeeded(addressOf(c)),
  };
};

const offer = declare('post /api/v1/auth/pairing', {
  summary: 'A QR code that lets one more device of yours in, once, within five minutes.',
  responses: { 200: { description: 'Show it to the new device.', content: json(linkSchema) } },
});

const accept = declare('post /api/v1/auth/pairing/accept', {
  summary: 'Come in by the secret of a QR code.',
  request: body(z.strictObject({ secret: secretSchema, device: deviceSchema.optional() })),
  responses: {
    200: { description: 'Who you are, and a token for a year.', content: json(enteredSchema) },
  },
});

const gone = (): ProblemError =>
  new ProblemError({
    status: 404,
    code: 'pairing-gone',
    title: 'This code works no more',
    detail: 'It works once, within five minutes. Show a new one on the device that is in.',
  });

export const pairingRoutes = ({
  house,
  people,
  connections,
  entrance,
  pairings,
  clock,
}: {
  house: House;
  people: People;
  connections: Connections;
  entrance: Entrance;
  pairings: Pairings;
  clock: () => number;
}) => {
  const enter = enterBy(entrance);
  const slow = slowLinks(clock);
  return new OpenAPIHono<AdminEnv>()
    .openapi(offer, (c) => {
      const { secret, expiresAt } = pairings.offer(holderOf(c.var.person, c.var.token));
      const link = linkTo(c, { pair: secret });
      return c.json({ ...link, expiresAt: new Date(expiresAt).toISOString() }, 200);
    })
    .openapi(accept, async (c) => {
      slow.attempt(c);
      const { secret, device } = c.req.valid('json');
      const holder = pairings.take(secret);
      const person = holder && people.byId(holder.token.personId);
      // It may have been shown by a device that is revoked since.
      if (!person || !connections.stands(holder)) throw gone();
      slow.succeeded(c);
      const by = holder.token.deviceId;
      return c.json(await withMemory(house, () => enter(c, { person, device, by })), 200);
    });
};
