/** Things that are started: scenes, scripts, buttons, and vacuum cleaners. */
import { z } from 'zod';
import { acting, callsFor, targetsFor } from './acting.ts';
import type { Entity } from './model.ts';
import { startSays, vacuumSays } from './says-more.ts';
import { type Deed, deed } from './words.ts';

const startable = new Set(['scene', 'script', 'button', 'input_button', 'automation']);

const serviceOf = ({ domain }: Entity): string =>
  domain === 'button' || domain === 'input_button'
    ? 'press'
    : domain === 'automation'
      ? 'trigger'
      : 'turn_on';

/** Scenes and buttons keep the time of their last use as their state. */
const hasStarted = (now: Entity, before: Entity): boolean =>
  now.domain === 'script' || now.domain === 'automation'
    ? now.attributes.last_triggered !== before.attributes.last_triggered
    : now.state !== before.state;

const startDeed = (language: string): Deed =>
  deed(
    { en: ['started', 'started', 'start'], de: ['gestartet', 'gestartet', 'starten'] },
    language,
  );

export const start = acting({
  about:
    'Start a scene, script, routine or automation by its name, or press a button. What it would ' +
    'finally do decides whether the person is asked first.',
  says: startSays,
  input: z.object({ what: z.string().min(1).max(80).describe('Name of the scene or script.') }),
  examples: [
    { says: 'activate the cosy scene', input: { what: 'cosy' } },
    { says: 'run the script good night', input: { what: 'good night' } },
    { says: 'starte die Szene Cosy', input: { what: 'Cosy' }, language: 'de' },
  ],
  plan: ({ what: phrase }, home, context) => {
    const fits = ({ domain }: Entity) => startable.has(domain);
    const { entities } = targetsFor({ phrase, home }, fits, context);
    const { language } = context;
    const subject = { text: entities.map(({ name }) => name).join(', '), plural: false };
    return {
      calls: entities.flatMap((entity) => callsFor([entity], serviceOf(entity))),
      expects: entities.map((entity) => ({ entity, wanted: hasStarted })),
      ...{ subject, deed: startDeed(language) },
      // It began; what it does in the end, its own receipt cannot tell.
      say: ({ changed }) => {
        const name = changed[0]?.name;
        if (name === undefined) return undefined;
        return language.startsWith('de') ? `${name} läuft.` : `I started ${name}.`;
      },
    };
  },
});

const vacuumForms = {
  start: { en: ['cleaning', 'started', 'start'], de: ['unterwegs', 'gestartet', 'starten'] },
  pause: { en: ['paused', 'paused', 'pause'], de: ['pausiert', 'pausiert', 'pausieren'] },
  stop: { en: ['stopped', 'stopped', 'stop'], de: ['angehalten', 'angehalten', 'anhalten'] },
  dock: {
    en: ['going home', 'sent home', 'send home'],
    de: ['auf dem Heimweg', 'heimgeschickt', 'heimschicken'],
  },
} as const;

const vacuumServices = {
  start: 'start',
  pause: 'pause',
  stop: 'stop',
  dock: 'return_to_base',
} as const;

const vacuumStates: Readonly<Record<keyof typeof vacuumServices, readonly string[]>> = {
  start: ['cleaning'],
  pause: ['paused', 'idle'],
  stop: ['idle', 'paused', 'docked'],
  dock: ['returning', 'docked'],
};

export const vacuum = acting({
  about: 'Start, pause or stop a vacuum cleaner, or send it back to its dock.',
  says: vacuumSays,
  input: z.object({
    to: z.enum(['start', 'pause', 'stop', 'dock']),
    what: z.string().min(1).max(80).default('vacuum').describe('Left out: the only one.'),
  }),
  examples: [{ says: 'start the vacuum cleaner', input: { to: 'start' } }],
  plan: ({ to, what: phrase }, home, context) => {
    const fits = ({ domain }: Entity) => domain === 'vacuum';
    const { entities, subject } = targetsFor({ phrase, home }, fits, context);
    return {
      calls: callsFor(entities, vacuumServices[to]),
      expects: entities.map((entity) => ({
        entity,
        wanted: ({ state }) => vacuumStates[to].includes(state),
      })),
      ...{ subject, deed: deed(vacuumForms[to], context.language) },
    };
  },
});
