/** Blinds, windows, garage doors and valves: open, close, stop, and how far. */
import { z } from 'zod';
import { acting, type Context, callsFor, type Plan, type Targets, targetsFor } from './acting.ts';
import type { Entity } from './model.ts';
import { coverSays } from './says.ts';
import { deed } from './words.ts';

const isCover = ({ domain }: Entity): boolean => domain === 'cover' || domain === 'valve';

const positionOf = ({ attributes }: Entity): number | undefined => {
  const position = attributes.current_position;
  return typeof position === 'number' ? position : undefined;
};

/** A cover that is on its way counts as obeying, not as there. */
export const coverState = (now: Entity, before: Entity, percent: number): boolean => {
  if (!isCover(now)) return false;
  const from = positionOf(before) ?? (before.state === 'closed' ? 0 : 100);
  const at = positionOf(now) ?? from;
  // Some tell the direction, some only the position as it nears the goal.
  return (
    now.state === (percent > from ? 'opening' : 'closing') ||
    Math.abs(percent - at) < Math.abs(percent - from)
  );
};

/** A motor takes a moment before it shows that it runs. */
const movingMs = 2_500;

const forms = {
  open: { en: ['open', 'opened', 'open'], de: ['offen', 'geöffnet', 'öffnen'] },
  close: { en: ['closed', 'closed', 'close'], de: ['zu', 'geschlossen', 'schließen'] },
  stop: { en: ['stopped', 'stopped', 'stop'], de: ['angehalten', 'angehalten', 'anhalten'] },
  opening: {
    en: ['opening', 'opened', 'open'],
    de: ['auf dem Weg nach oben', 'geöffnet', 'öffnen'],
  },
  closing: { en: ['closing', 'closed', 'close'], de: ['am Schließen', 'geschlossen', 'schließen'] },
  moving: {
    en: ['on the way to {} percent', 'set', 'open to {} percent'],
    de: ['auf dem Weg zu {} Prozent', 'eingestellt', 'auf {} Prozent stellen'],
  },
  at: {
    en: ['at {} percent', 'set', 'open to {} percent'],
    de: ['auf {} Prozent', 'eingestellt', 'auf {} Prozent stellen'],
  },
} as const;

const arrived = (to: 'open' | 'close' | 'stop', now: Entity): boolean => {
  if (to === 'stop') return now.state !== 'opening' && now.state !== 'closing';
  if (to === 'close') return now.state === 'closed' || now.state === 'closing';
  // A blind that was half open is "open" before it moves: it must be all the way, or moving.
  const position = positionOf(now);
  return now.state === 'opening' || (now.state === 'open' && (position ?? 100) >= 99);
};

type Change = 'open' | 'close' | 'stop';

/** After it was read back: still moving is said as moving. */
const saying =
  (targets: Targets, to: Change, { client, language }: Context): Plan['say'] =>
  () => {
    const moving = targets.entities.some(({ id }) => {
      const state = client.home(language).entities.get(id)?.state;
      return state === 'opening' || state === 'closing';
    });
    if (!moving || to === 'stop') return undefined;
    const { text, plural } = targets.subject;
    const state = deed(forms[to === 'open' ? 'opening' : 'closing'], language).state;
    const verb = language.startsWith('de') ? (plural ? 'sind' : 'ist') : plural ? 'are' : 'is';
    return `${text.charAt(0).toUpperCase()}${text.slice(1)} ${verb} ${state}.`;
  };

const changePlan = (targets: Targets, to: Change, context: Context): Plan => ({
  calls: targets.entities.flatMap((entity) => callsFor([entity], `${to}_${entity.domain}`)),
  expects: targets.entities.map((entity) => ({ entity, wanted: (now) => arrived(to, now) })),
  ...{ subject: targets.subject, deed: deed(forms[to], context.language) },
  settleMs: movingMs,
  say: saying(targets, to, context),
});

/** How far open, 0 to 100. */
export const coverPlan = (targets: Targets, percent: number, context: Context): Plan => {
  const { entities, subject } = targets;
  const isThere = (now: Entity) => Math.abs((positionOf(now) ?? -100) - percent) <= 2;
  return {
    calls: callsFor(entities, 'set_cover_position', { position: percent }),
    expects: entities.map((entity) => ({
      entity,
      wanted: (now, before) => isThere(now) || coverState(now, before, percent),
    })),
    settleMs: movingMs,
    ...{ subject, deed: deed(forms.at, context.language, String(percent)) },
    say: () => {
      const home = context.client.home(context.language);
      const done = entities.every(({ id }) => {
        const now = home.entities.get(id);
        return now !== undefined && isThere(now);
      });
      if (done) return undefined;
      const { state } = deed(forms.moving, context.language, String(percent));
      const german = context.language.startsWith('de');
      const verb = subject.plural ? (german ? 'sind' : 'are') : german ? 'ist' : 'is';
      return `${subject.text.charAt(0).toUpperCase()}${subject.text.slice(1)} ${verb} ${state}.`;
    },
  };
};

export const move = acting({
  about:
    'Open, close or stop blinds, curtains, windows, garage doors, gates and valves. Opening asks ' +
    'the person first.',
  says: coverSays,
  input: z.object({
    what: z.string().min(1).max(80).describe('Name of a cover, or a group: "kitchen blinds".'),
    to: z.enum(['open', 'close', 'stop']),
    except: z.string().min(1).max(80).optional(),
  }),
  asks: { en: 'Shall I {to} {what}?', de: 'Soll ich das tun: {what}, {to}?' },
  examples: [
    { says: 'close the hall blind', input: { what: 'the hall blind', to: 'close' } },
    { says: 'open the garage door', input: { what: 'the garage door', to: 'open' } },
    {
      says: 'mach die Rollläden zu',
      input: { what: 'die Rollläden', to: 'close' },
      language: 'de',
    },
  ],
  plan: ({ what: phrase, to, except: without }, home, context) => {
    const targets = targetsFor({ phrase, without, home }, isCover, context);
    return changePlan(targets, to, context);
  },
});
