/** Who is home and where somebody is, from OwnTracks and Home Assistant, as each person allows. */
import { z } from 'zod';
import { integration } from '../core/define.ts';
import { durationSeconds, timeOfDay } from '../core/slots.ts';
import { locationClient } from './client.ts';
import { radiusDefaultM } from './fences.ts';
import { named } from './foreign.ts';
import { whoIsHome } from './home.ts';
import { personName } from './names.ts';
import { addPlace, removePlace } from './placing.ts';
import { report } from './reporting.ts';
import {
  childSays,
  distanceSays,
  homeSays,
  placeAddSays,
  placeRemoveSays,
  sharedSays,
  shareSays,
  stopSays,
  whereSays,
} from './says.ts';
import { mqttAccount } from './settings.ts';
import { childMayStop, share, sharedWith, stop } from './sharing.ts';
import { howFar, whereIs } from './where.ts';
import { guestsSeeNothing } from './words.ts';

const shareSecondsMax = 30 * 86_400;

const asked = { en: 'the phones', de: 'die Handys' };
const reading = {
  effect: 'read',
  permission: 'location',
  role: 'child',
  confirm: 'if-unsure',
  asked,
  belowRole: guestsSeeNothing,
} as const;
/** One's own word needs no permission: it can only be about oneself. */
const own = { effect: 'write', role: 'child', confirm: 'if-unsure' } as const;
const placing = {
  effect: 'write',
  permission: 'location',
  role: 'adult',
  confirm: 'if-unsure',
} as const;

const placeName = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .refine((name) => /\p{L}/u.test(name) && !/[\p{C}*_#`<>{}[\]|]/u.test(name), 'must be a name');

export default integration({
  name: 'location',
  about: 'Who is home and where somebody is, as far as each person allows.',
  doing: {
    read: { en: 'finding out where somebody is', de: 'sehe nach, wo jemand ist' },
    write: { en: 'changing who may see where you are', de: 'ändere, wer deinen Ort sehen darf' },
  },
  always: true,
  sources: { mqtt: mqttAccount },
  awake: true,
  connect: async ({ sources }, signal) => {
    const client = await locationClient(sources.mqtt);
    await client.ready(signal);
    return client;
  },
  health: (client) => client.health(),
  renew: 'Give Butler a user of its own at the MQTT broker, in MQTT_USERNAME and MQTT_PASSWORD.',
  close: (client) => client.close(),
}).tools({
  home: {
    ...reading,
    about: 'Who is home, or whether one person is (`me`: whoever speaks).',
    input: z.object({
      person: personName.optional(),
      ask: z.enum(['who', 'anyone', 'everyone', 'empty']).default('who'),
    }),
    says: homeSays,
    examples: [
      { says: 'is anyone home', input: { ask: 'anyone' } },
      { says: 'who is home', input: {} },
      { says: 'is Ben home', input: { person: 'Ben' } },
      { says: 'is the house empty', input: { ask: 'empty' } },
      { says: 'ist jemand zu Hause', input: { ask: 'anyone' }, language: 'de' },
    ],
    run: named(whoIsHome),
  },
  where: {
    ...reading,
    about: 'Where a person is (`me`: whoever speaks), as far as they share it; no addresses.',
    input: z.object({ person: personName }),
    says: whereSays,
    examples: [
      { says: 'where is Ben', input: { person: 'Ben' } },
      { says: 'where am I', input: { person: 'me' } },
      { says: 'wo ist Ben', input: { person: 'Ben' }, language: 'de' },
    ],
    run: named(whereIs),
  },
  distance: {
    ...reading,
    about: 'How far a person is from home or a named place, and whether they come nearer.',
    input: z.object({ person: personName.default('me'), from: placeName.optional() }),
    says: distanceSays,
    examples: [
      { says: 'how far is Ben from home', input: { person: 'Ben' } },
      { says: 'how far am I from the office', input: { person: 'me', from: 'the office' } },
      { says: 'how long until Ben is home', input: { person: 'Ben' } },
    ],
    run: named(howFar),
  },
  share: {
    ...own,
    about: "Let a person, or everyone at home, see where the caller is; `usual` undoes 'stop'.",
    untaintedOnly: true,
    input: z.object({
      person: personName.optional(),
      everyone: z.boolean().optional(),
      until: z.enum(['tonight', 'tomorrow']).optional(),
      time: timeOfDay().optional(),
      seconds: durationSeconds({ min: 60, max: shareSecondsMax }).optional(),
      usual: z.boolean().optional(),
      restore: z.int().optional(),
    }),
    says: shareSays,
    asks: { en: 'Shall I share where you are?', de: 'Soll ich teilen, wo du bist?' },
    examples: [
      { says: 'let Ben see where I am', input: { person: 'Ben' } },
      { says: 'let Ben see where I am for two hours', input: { person: 'Ben', seconds: 7200 } },
      { says: 'everybody at home may see where I am', input: { everyone: true } },
      { says: 'Ben darf sehen, wo ich bin', input: { person: 'Ben' }, language: 'de' },
    ],
    run: share,
  },
  stop: {
    ...own,
    about: "Stop sharing the caller's location: with one person, or with everybody.",
    input: z.object({ person: personName.optional() }),
    says: stopSays,
    examples: [
      { says: 'stop sharing my location', input: {} },
      { says: 'stop sharing my location with Ben', input: { person: 'Ben' } },
    ],
    run: stop,
  },
  shared: {
    ...{ effect: 'read', role: 'child', confirm: 'if-unsure' },
    about: 'Who may see where the caller is.',
    input: z.object({}),
    says: sharedSays,
    examples: [{ says: 'who can see where I am', input: {} }],
    run: sharedWith,
  },
  child: {
    ...{ effect: 'write', role: 'owner', confirm: 'if-unsure', untaintedOnly: true },
    about: 'Whether a child may keep the grown-ups from seeing where it is.',
    input: z.object({ person: personName, allowed: z.boolean().default(true) }),
    says: childSays,
    examples: [{ says: 'Cleo may stop sharing her location', input: { person: 'Cleo' } }],
    run: childMayStop,
  },
  place_add: {
    ...placing,
    about: 'Give the place where the caller is now a name, for the household.',
    input: z.object({
      name: placeName,
      radiusM: z.int().min(30).max(5000).default(radiusDefaultM),
      restore: z.boolean().optional(),
    }),
    says: placeAddSays,
    examples: [{ says: 'call this place the allotment', input: { name: 'the allotment' } }],
    run: named(addPlace),
  },
  place_remove: {
    ...placing,
    about: 'Remove a named place of the household.',
    input: z.object({ name: placeName }),
    says: placeRemoveSays,
    examples: [{ says: 'remove the place allotment', input: { name: 'allotment' } }],
    run: named(removePlace),
  },
  report: {
    ...{ effect: 'write', confirm: 'never', hidden: true, idempotent: true },
    // A phone that was out of reach sends all at once what it could not send.
    callsPerMinute: 600,
    about: "Takes a position that the caller's own phone sent, as OwnTracks writes it.",
    input: z.object({ message: z.record(z.string(), z.unknown()) }),
    says: [],
    examples: [{ says: 'my phone is here', input: { message: { _type: 'lwt' } } }],
    run: report,
  },
});
