/** What notices are about, by their codes: as the house sorts them. */
import { notificationWords as words } from '../../words/notifications.ts';

export const topics = ['devices', 'accounts', 'house', 'spending'] as const;
export type Topic = (typeof topics)[number];
export type UrgentCode = keyof typeof words.urgentCodes;

/** Codes of the house; what is not here cannot be chosen for quiet hours, and keeps its place. */
export const urgentCodes = Object.keys(words.urgentCodes) as UrgentCode[];

const starts: Record<Topic, RegExp> = {
  devices: /^(device|login|passkey)-/,
  accounts: /^account-/,
  house: /^(incident|backup)-/,
  spending: /^spending-/,
};

export function topicOf(code: UrgentCode): Topic {
  return topics.find((topic) => starts[topic].test(code)) ?? 'house';
}

/** Only those who run the house hear of these. */
export function isOfTheHouse(topic: Topic): boolean {
  return topic === 'house' || topic === 'spending';
}
