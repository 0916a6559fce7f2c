/** Who may know where somebody is: each person's own word, within what the household is. Pure. */
import { z } from 'zod';
import type { Role } from '../core/define.ts';

/** What one person may know of another: nothing, whether they are home, or where they are. */
export type Level = 'nothing' | 'home' | 'where';

/** In place of a person's id: everybody of the household, but no guests. */
export const everyone = 'everyone';

const grantSchema = z.object({
  /** A person's id, or `everyone`. */
  to: z.string().max(200),
  /** Milliseconds since 1970; unset: until it is taken back. */
  untilMs: z.number().optional(),
});
export type Grant = z.output<typeof grantSchema>;

const settingSchema = z.object({
  /** Not even whether they are home, but for whom it was granted. */
  stopped: z.boolean(),
  grants: z.array(grantSchema).max(50),
});
/** What a person has said of their own location. */
export type Setting = z.output<typeof settingSchema>;

const consentSchema = settingSchema.extend({
  revision: z.int(),
  /** Of a child: an owner lets them stop the grown-ups from seeing. */
  mayStop: z.boolean().optional(),
  /** As it was before the last change, to take that back. */
  before: settingSchema.optional(),
});
export type Consent = z.output<typeof consentSchema>;

export const usual: Consent = { stopped: false, grants: [], revision: 0 };

/** As it lies on the shelf; what cannot be read there counts as "nobody". */
export const consentFrom = (kept: unknown): Consent => {
  if (kept === undefined) return usual;
  const read = consentSchema.safeParse(kept);
  return read.success ? read.data : { ...usual, stopped: true };
};

export const grantsAt = ({ grants }: Setting, nowMs: number): Grant[] =>
  grants.filter(({ untilMs }) => untilMs === undefined || untilMs > nowMs);

interface Somebody {
  id: string;
  role: Role;
}

const isGrownUp = ({ role }: Somebody): boolean => role === 'adult' || role === 'owner';

/** Whether a child's own "stop" counts against the grown-ups; for anybody else it always does. */
export const stopCounts = (subject: Somebody, { stopped, mayStop }: Consent): boolean =>
  stopped && (subject.role !== 'child' || mayStop === true);

/**
 * The whole rule. Guests see nobody but themselves, and are seen by nobody unless they say so.
 * Grown-ups see where children are, unless an owner let the child stop that, and whether another
 * grown-up is home, unless that one stopped it. Everything more is granted by the person.
 */
export const levelOf = (
  { viewer, subject }: { viewer: Somebody; subject: Somebody },
  consent: Consent,
  nowMs: number,
): Level => {
  if (viewer.id === subject.id) return 'where';
  if (viewer.role === 'guest') return 'nothing';
  const granted = grantsAt(consent, nowMs).some(({ to }) => to === everyone || to === viewer.id);
  if (granted) return 'where';
  if (!isGrownUp(viewer) || stopCounts(subject, consent)) return 'nothing';
  if (subject.role === 'child') return 'where';
  return isGrownUp(subject) ? 'home' : 'nothing';
};

/** A change of the setting, with the one before kept beside it. */
export const changed = (consent: Consent, setting: Setting): Consent => {
  const { stopped, grants, revision, mayStop } = consent;
  return {
    ...{ stopped: setting.stopped, grants: setting.grants.slice(-50), revision: revision + 1 },
    ...(mayStop !== undefined && { mayStop }),
    before: { stopped, grants },
  };
};

/** The setting before the change that made this revision; undefined when another one followed. */
export const restored = (consent: Consent, revision: number): Consent | undefined =>
  consent.revision === revision && consent.before ? changed(consent, consent.before) : undefined;
