/** Which language the page speaks, and a catalogue's words in it. */

/** Those that every catalogue has; the first stands in for all others. */
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

const keptAs = 'butler.language';

function ofTag(tag: string | null | undefined): Language | undefined {
  const primary = tag?.toLowerCase().split('-')[0];
  return languages.find((one) => one === primary);
}

function kept(): string | null {
  try {
    return globalThis.localStorage?.getItem(keptAs) ?? null;
  } catch {
    // Storage may be forbidden: then the browser's language stands.
    return null;
  }
}

/** What was chosen on this device, else what the browser asks for. */
export const language: Language =
  ofTag(kept()) ??
  (globalThis.navigator?.languages ?? []).map(ofTag).find((one) => one !== undefined) ??
  'en';

/**
 * One catalogue: English gives its shape, every other language must have all of it.
 * Read once: another language is another page (`speak`).
 */
export function inLanguage<Words extends object>(catalogue: Record<Language, Words>): Words {
  return catalogue[language];
}

/** A catalogue's shape: texts may differ, names and arguments may not. */
export type WordsLike<Catalogue> = {
  [Name in keyof Catalogue]: Catalogue[Name] extends string
    ? string
    : Catalogue[Name] extends (...values: infer Values) => string
      ? (...values: Values) => string
      : WordsLike<Catalogue[Name]>;
};

/**
 * Remembers a person's language, and loads the page again where it is another one.
 * @param tag BCP 47; null: the browser's own.
 */
export function speak(tag: string | null): void {
  try {
    if (tag === null) globalThis.localStorage?.removeItem(keptAs);
    else globalThis.localStorage?.setItem(keptAs, tag);
  } catch {
    return;
  }
  if (ofTag(tag) !== undefined && ofTag(tag) !== language) globalThis.location.reload();
}
