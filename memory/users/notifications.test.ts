/** Whether a notice is told now: by its topic, by the hour, and by how urgent it is. */
import { describe, expect, it } from 'vitest';
import { notificationsOf, notificationsSchema, tellsNow } from './notifications.ts';

const at = (time: string) => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return { minutes: hours * 60 + minutes };
};
const night = { ...notificationsOf({}), quiet: { from: '22:30', to: '07:00' } };

it('has every topic on where nothing was said, also in what was kept before', () => {
  const kept = { channels: { app: true, whatsapp: false, spoken: false }, quiet: null, urgent: [] };
  const topics = { devices: true, accounts: true, house: true, spending: true };
  expect(notificationsOf(kept)).toEqual({ ...kept, topics });
  expect(notificationsSchema.parse(kept)).toEqual({ ...kept, topics });
  expect(notificationsSchema.safeParse({ ...kept, topics: { house: true } }).success).toBe(false);
});

describe('quiet hours', () => {
  it.each([
    ['22:29', 'now'],
    ['22:30', 'later'],
    ['00:00', 'later'],
    ['06:59', 'later'],
    ['07:00', 'now'],
  ])('over midnight, at %s: %s', (time, when) => {
    expect(tellsNow(night, 'backup-failed', at(time))).toBe(when);
  });

  it.each([
    ['12:59', 'now'],
    ['13:00', 'later'],
    ['15:00', 'now'],
  ])('within a day, at %s: %s', (time, when) => {
    const nap = { ...night, quiet: { from: '13:00', to: '15:00' } };
    expect(tellsNow(nap, 'backup-failed', at(time))).toBe(when);
  });

  it('do not hold back what is urgent, and are none from an hour to itself', () => {
    expect(tellsNow(night, 'device-waits', at('03:00'))).toBe('now');
    const never = { ...night, quiet: { from: '08:00', to: '08:00' } };
    expect(tellsNow(never, 'backup-failed', at('08:00'))).toBe('now');
  });
});

it('is never told of a topic that is off, nor without the page', () => {
  const calm = { ...night, topics: { ...night.topics, house: false } };
  expect(tellsNow(calm, 'backup-failed', at('12:00'))).toBe('never');
  expect(tellsNow(calm, 'incident-opened', at('03:00'))).toBe('never');
  expect(tellsNow(calm, 'spending-cap-near', at('12:00'))).toBe('now');
  expect(tellsNow(calm, 'something-new', at('12:00'))).toBe('now');
  const off = { ...night, channels: { ...night.channels, app: false } };
  expect(tellsNow(off, 'device-waits', at('12:00'))).toBe('never');
});
