/** Players: play, pause, next, mute, and where the sound comes from. */
import { z } from 'zod';
import { ToolError } from '../core/define.ts';
import { nearestName } from '../core/sounds.ts';
import { acting, type Context, callsFor, type Targets, targetsFor } from './acting.ts';
import type { Entity, Home } from './model.ts';
import { mediaSays, sourceSays } from './says-more.ts';
import { deed, homeWords } from './words.ts';

const isPlayer = ({ domain }: Entity): boolean => domain === 'media_player';

const doings = ['play', 'pause', 'stop', 'next', 'previous', 'mute', 'unmute'] as const;
type Doing = (typeof doings)[number];

/** Which states of a player a command is likely meant for, when no player is named. */
const meant = (doing: Doing, { state }: Entity): boolean =>
  doing === 'play' ? ['paused', 'idle', 'on', 'standby'].includes(state) : state === 'playing';

/** Without a name: the only one the command can be meant for; else it asks. */
const playersFor = (
  { phrase, doing }: { phrase: string | undefined; doing: Doing },
  home: Home,
  context: Context,
): Targets => {
  if (phrase !== undefined) return targetsFor({ phrase, home }, isPlayer, context);
  const all = [...home.entities.values()].filter((one) => isPlayer(one) && !one.hidden);
  const likely = all.filter((one) => meant(doing, one));
  const [one, ...others] = likely.length > 0 ? likely : all;
  const words = homeWords(context.language);
  if (!one) throw new ToolError(words.noneLike('player', []), 'not-found', true);
  if (others.length > 0) {
    throw new ToolError(words.which([one, ...others].map(({ name }) => name)), 'which-one');
  }
  return targetsFor({ phrase: one.id, home }, isPlayer, context);
};

const services: Readonly<Record<Doing, [service: string, data: Record<string, unknown>]>> = {
  play: ['media_play', {}],
  pause: ['media_pause', {}],
  stop: ['media_stop', {}],
  next: ['media_next_track', {}],
  previous: ['media_previous_track', {}],
  mute: ['volume_mute', { is_volume_muted: true }],
  unmute: ['volume_mute', { is_volume_muted: false }],
};

const piece = ({ attributes }: Entity): string =>
  ['media_content_id', 'media_title', 'media_track', 'media_episode', 'media_position_updated_at']
    .map((key) => String(attributes[key] ?? ''))
    .join('|');

const shows = (doing: Doing, now: Entity, before: Entity): boolean => {
  if (doing === 'play') return now.state === 'playing' || now.state === 'buffering';
  if (doing === 'pause') return now.state === 'paused';
  if (doing === 'stop') return ['idle', 'off', 'standby', 'paused'].includes(now.state);
  if (doing === 'mute') return now.attributes.is_volume_muted === true;
  if (doing === 'unmute') return now.attributes.is_volume_muted === false;
  return piece(now) !== piece(before);
};

const forms = {
  play: { en: ['playing', 'started', 'play'], de: ['an', 'gestartet', 'abspielen'] },
  pause: { en: ['paused', 'paused', 'pause'], de: ['pausiert', 'pausiert', 'pausieren'] },
  stop: { en: ['stopped', 'stopped', 'stop'], de: ['gestoppt', 'gestoppt', 'stoppen'] },
  next: {
    en: ['at the next one', 'skipped', 'skip on'],
    de: ['beim nächsten', 'weitergeschaltet', 'weiterschalten'],
  },
  previous: {
    en: ['at the one before', 'skipped', 'skip back on'],
    de: ['beim vorigen', 'zurückgeschaltet', 'zurückschalten'],
  },
  mute: { en: ['muted', 'muted', 'mute'], de: ['stumm', 'stumm gestellt', 'stumm stellen'] },
  unmute: { en: ['unmuted', 'unmuted', 'unmute'], de: ['laut', 'laut gestellt', 'laut stellen'] },
} as const;

const what = z
  .string()
  .min(1)
  .max(80)
  .optional()
  .describe('A player or a room; left out: the one that plays.');

export const media = acting({
  about: 'Control players: play, pause, stop, next, previous, mute, unmute. It finds no new music.',
  says: mediaSays,
  input: z.object({ to: z.enum(doings), what }),
  examples: [
    { says: 'pause the walkman', input: { to: 'pause', what: 'the walkman' } },
    { says: 'skip this song', input: { to: 'next' } },
  ],
  plan: ({ to, what: phrase }, home, context) => {
    const { entities, subject } = playersFor({ phrase, doing: to }, home, context);
    const [service, data] = services[to];
    return {
      calls: callsFor(entities, service, data),
      expects: entities.map((entity) => ({
        entity,
        wanted: (now, before) => shows(to, now, before),
      })),
      ...{ subject, deed: deed(forms[to], context.language) },
    };
  },
});

const sourcesOf = ({ attributes }: Entity): string[] =>
  Array.isArray(attributes.source_list) ? attributes.source_list.map(String) : [];

export const source = acting({
  about: 'Choose the input or source of a player, such as HDMI 1 or a radio station it lists.',
  says: sourceSays,
  input: z.object({ source: z.string().min(1).max(80), what }),
  examples: [
    {
      says: 'switch the lounge room to the source dvd',
      input: { what: 'the lounge room', source: 'dvd' },
    },
  ],
  plan: ({ source: wanted, what: phrase }, home, context) => {
    const { entities, subject } = playersFor({ phrase, doing: 'pause' }, home, context);
    const named = entities.map((entity) => {
      const found = nearestName(wanted, sourcesOf(entity), (one) => one);
      if (found !== undefined) return { entity, found };
      const said = homeWords(context.language).list(sourcesOf(entity).slice(0, 6));
      const none = context.language.startsWith('de') ? 'keine Quellen' : 'it has no sources';
      throw new ToolError(
        homeWords(context.language).cannot(entity.name, said || none),
        'out-of-range',
      );
    });
    return {
      calls: named.flatMap(({ entity, found }) =>
        callsFor([entity], 'select_source', { source: found }),
      ),
      expects: named.map(({ entity, found }) => ({
        entity,
        wanted: ({ attributes }) => attributes.source === found,
      })),
      subject,
      deed: deed(
        {
          en: ['on {}', 'switched', 'switch to {} on'],
          de: ['auf {}', 'umgestellt', 'auf {} stellen'],
        },
        context.language,
        named[0]?.found ?? wanted,
      ),
    };
  },
});
