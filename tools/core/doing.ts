/** What Butler does while a tool runs, for a screen: "looking at your calendar". Pure. */
import type { ByLanguage, Doing, Effect } from './define.ts';

/** "home-assistant" is heard as "Home Assistant". */
export const titleOf = (integration: string): string =>
  integration
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');

/** What an integration declares for tools of this effect; undefined where it declares nothing. */
export const declaredDoing = (doing: Doing | undefined, effect: Effect): ByLanguage | undefined =>
  effect === 'read' ? doing?.read : (doing?.write ?? doing?.read);

const plainly = (integration: string): ByLanguage => ({
  en: `asking ${titleOf(integration)}`,
  de: `frage ${titleOf(integration)}`,
});

/** @param language BCP 47; English stands in for what is missing. */
export const doingOf = (
  { doing, integration }: { doing?: ByLanguage; integration: string },
  language: string,
): string => {
  const words = doing ?? plainly(integration);
  const tongue = language.toLowerCase().split('-')[0] ?? 'en';
  return words[tongue] ?? words.en ?? '';
};
