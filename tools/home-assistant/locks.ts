/** Locks and the alarm: locking and arming at once, unlocking and disarming only after a yes. */
import { z } from 'zod';
import { acting, callsFor, targetsFor } from './acting.ts';
import { alarmSays, lockSays } from './says-more.ts';
import { deed } from './words.ts';

const lockForms = {
  lock: { en: ['locked', 'locked', 'lock'], de: ['abgeschlossen', 'abgeschlossen', 'abschließen'] },
  unlock: {
    en: ['unlocked', 'unlocked', 'unlock'],
    de: ['aufgeschlossen', 'aufgeschlossen', 'aufschließen'],
  },
} as const;

/** A motor turns for seconds; "locked" is said when it is. */
const motorMs = 5_000;

export const lock = acting({
  about: 'Lock or unlock a door lock. Unlocking asks the person first.',
  says: lockSays,
  input: z.object({
    what: z.string().min(1).max(80).describe('Name of a lock: "front door".'),
    to: z.enum(['lock', 'unlock']),
    except: z.string().min(1).max(80).optional(),
  }),
  asks: { en: 'Shall I {to} {what}?' },
  examples: [
    { says: 'lock the front door', input: { what: 'the front door', to: 'lock' } },
    { says: 'unlock the front door', input: { what: 'the front door', to: 'unlock' } },
    { says: 'schließ Front Door ab', input: { what: 'Front Door', to: 'lock' }, language: 'de' },
  ],
  plan: ({ what: phrase, to, except: without }, home, context) => {
    const targets = targetsFor(
      { phrase, without, home },
      ({ domain }) => domain === 'lock',
      context,
    );
    const { entities, subject } = targets;
    const state = to === 'lock' ? 'locked' : 'unlocked';
    return {
      calls: callsFor(entities, to),
      expects: entities.map((entity) => ({ entity, wanted: (now) => now.state === state })),
      ...{ subject, deed: deed(lockForms[to], context.language), settleMs: motorMs },
      undo: ({ changed }) =>
        to === 'unlock'
          ? {
              tool: 'home_assistant_lock',
              input: { what: changed.map(({ id }) => id).join(', '), to: 'lock' },
            }
          : undefined,
    };
  },
});

const alarmForms = {
  arm_away: { en: ['armed', 'armed', 'arm'], de: ['scharf', 'scharf gestellt', 'scharf stellen'] },
  arm_home: {
    en: ['armed for home', 'armed', 'arm'],
    de: ['für zu Hause scharf', 'scharf gestellt', 'scharf stellen'],
  },
  arm_night: {
    en: ['armed for the night', 'armed', 'arm'],
    de: ['für die Nacht scharf', 'scharf gestellt', 'scharf stellen'],
  },
  disarm: {
    en: ['disarmed', 'disarmed', 'disarm'],
    de: ['unscharf', 'unscharf gestellt', 'unscharf stellen'],
  },
} as const;

const alarmStates: Readonly<Record<string, string>> = {
  arm_away: 'armed_away',
  arm_home: 'armed_home',
  arm_night: 'armed_night',
  disarm: 'disarmed',
};

export const alarm = acting({
  about: 'Arm or disarm the alarm. Disarming asks the person first. Some alarms want their code.',
  says: alarmSays,
  input: z.object({
    to: z.enum(['arm_away', 'arm_home', 'arm_night', 'disarm']),
    what: z.string().min(1).max(80).default('alarm').describe('Left out: the only one.'),
    code: z
      .string()
      .regex(/^\d{3,12}$/)
      .optional(),
  }),
  asks: { en: 'Shall I do this: {to} the alarm?', de: 'Soll ich das tun: Alarm, {to}?' },
  examples: [{ says: 'arm the alarm', input: { to: 'arm_away' } }],
  plan: ({ to, what: phrase, code }, home, context) => {
    const fits = ({ domain }: { domain: string }) => domain === 'alarm_control_panel';
    const { entities, subject } = targetsFor({ phrase, home }, fits, context);
    // An alarm that waits for people to leave is arming; it is said as armed when it is.
    const goal = (state: string) =>
      state === alarmStates[to] || (to !== 'disarm' && state === 'arming');
    return {
      calls: callsFor(entities, `alarm_${to}`, code === undefined ? {} : { code }),
      expects: entities.map((entity) => ({ entity, wanted: ({ state }) => goal(state) })),
      ...{ subject, deed: deed(alarmForms[to], context.language), settleMs: motorMs },
      say: () => {
        const states = entities.map(({ id }) => context.client.home().entities.get(id)?.state);
        if (!states.includes('arming')) return undefined;
        return context.language.startsWith('de')
          ? 'Der Alarm wird gerade scharf.'
          : 'The alarm is arming.';
      },
    };
  },
});
