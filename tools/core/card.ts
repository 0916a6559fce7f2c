/** Cards: what a result looks like on a screen. For a person's eyes alone: no mind is given one. */
import { z } from 'zod';

/** Titles and names are words of other people: they are cut, and never more than can be seen. */
const textMax = 200;
const rowsMax = 50;

const text = z.string().max(textMax);
/** ISO 8601 with its offset, or `YYYY-MM-DD` of a whole day. */
const moment = z.string().max(40);
const percent = z.number().min(0).max(100);
const rows = <Row extends z.ZodType>(row: Row) => z.array(row).max(rowsMax);
const input = z.record(z.string(), z.unknown());

export const skyConditions = [
  ...(['clear', 'partly-cloudy', 'cloudy', 'fog', 'drizzle', 'rain'] as const),
  ...(['sleet', 'snow', 'thunder'] as const),
] as const;
const condition = z.enum(skyConditions);

const events = z.object({
  kind: z.literal('events'),
  title: text,
  events: rows(
    z.object({
      id: text,
      title: text,
      startsAt: moment,
      /** Of a whole day: its last day. */
      endsAt: moment,
      allDay: z.boolean(),
      place: text.optional(),
      calendar: text.optional(),
    }),
  ),
});

const weather = z.object({
  kind: z.literal('weather'),
  place: text,
  now: z
    .object({
      temperatureC: z.number(),
      feelsC: z.number().optional(),
      condition: condition.optional(),
      windKmh: z.number().optional(),
      humidity: percent.optional(),
    })
    .optional(),
  days: rows(
    z.object({
      date: moment,
      condition,
      highC: z.number(),
      lowC: z.number(),
      rainMm: z.number().optional(),
      rainChance: percent.optional(),
    }),
  ),
  hours: rows(
    z.object({
      at: moment,
      temperatureC: z.number(),
      condition,
      rainChance: percent.optional(),
    }),
  ).optional(),
});

const timers = z.object({
  kind: z.literal('timers'),
  timers: rows(
    z.object({ id: text, name: text.nullable(), dueAt: moment, lengthMs: z.number().min(0) }),
  ),
});

/** What a person can do with a thing: run over `/ws` as `command {tool, input}`. */
const thingCommand = z.object({
  name: z.enum([
    ...(['on', 'off', 'brightness', 'volume', 'speed', 'target', 'open', 'close', 'stop'] as const),
    ...(['position', 'lock', 'unlock'] as const),
  ]),
  tool: text,
  /** Where it `takes` a number, that goes in place of the text `{value}`. */
  input,
  takes: z.object({ min: z.number(), max: z.number(), unit: z.enum(['%', '°C', '°F']) }).optional(),
});

const things = z.object({
  kind: z.literal('things'),
  things: rows(
    z.object({
      entityId: text,
      name: text,
      area: text.optional(),
      domain: text,
      state: text,
      on: z.boolean().optional(),
      brightness: percent.optional(),
      temperatureC: z.number().optional(),
      targetC: z.number().optional(),
      position: percent.optional(),
      locked: z.boolean().optional(),
      commands: z.array(thingCommand).max(10),
    }),
  ),
});

const list = z.object({
  kind: z.literal('list'),
  list: text,
  items: rows(z.object({ text, done: z.boolean() })),
  /** What ticks one off: its text goes in place of the text `{text}`. */
  tick: z.object({ tool: text, input }).optional(),
});

const downloads = z.object({
  kind: z.literal('downloads'),
  downloads: rows(
    z.object({
      title: text,
      /** 0 to 1. */
      progress: z.number().min(0).max(1),
      state: text,
      etaSeconds: z.number().min(0).optional(),
      poster: text.optional(),
    }),
  ),
});

/** A path of Butler's own: no browser is sent to another host by a card. */
const ownPath = text.regex(/^\/api\/[\w./?=&%-]*$/, 'must be a path below /api/');

const photos = z.object({
  kind: z.literal('photos'),
  photos: rows(
    z.object({
      thumbnail: ownPath,
      full: ownPath.optional(),
      title: text.optional(),
      takenAt: moment.optional(),
    }),
  ),
});

const files = z.object({
  kind: z.literal('files'),
  files: rows(
    z.object({
      name: text,
      folder: text.optional(),
      bytes: z.number().min(0).optional(),
      changedAt: moment.optional(),
    }),
  ),
});

export const cardSchema = z.discriminatedUnion('kind', [
  events,
  weather,
  timers,
  things,
  list,
  downloads,
  photos,
  files,
]);

export type Card = z.infer<typeof cardSchema>;
export type CardOf<Kind extends Card['kind']> = Extract<Card, { kind: Kind }>;
export type ThingCommand = z.infer<typeof thingCommand>;
export type SkyCondition = (typeof skyConditions)[number];

/** Control characters, lone halves of letters, and what turns the direction of writing. */
const unseen = /[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Whole letters, no more than fit; nothing in it that cannot be seen. */
const cut = (value: string): string => {
  const plain = value.replace(unseen, ' ');
  if (plain.length <= textMax) return plain;
  return `${plain.slice(0, textMax - 1).replace(/[\ud800-\udbff]$/, '')}…`;
};

const depthMax = 6;

const fitted = (value: unknown, depth = 0): unknown => {
  if (typeof value === 'string') return cut(value);
  if (typeof value !== 'object' || value === null || depth > depthMax) return value;
  if (Array.isArray(value)) return value.slice(0, rowsMax).map((one) => fitted(one, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, fitted(one, depth + 1)]),
  );
};

/** The card as it may leave the house; undefined for one that is none, or that shows nothing. */
export const fitCard = (card: Card | undefined): Card | undefined =>
  card === undefined ? undefined : cardSchema.safeParse(fitted(card)).data;
