/** Voices by the language they grew up with, from the names that Kokoro gives them. */
import { language } from '../../words/language.ts';

export interface Voice {
  id: string;
  name: string;
  /** BCP 47. */
  tag: string;
  sex: 'female' | 'male' | undefined;
}

export interface VoiceGroup {
  tag: string;
  title: string;
  voices: readonly Voice[];
}

/** The first letter of a name (Kokoro 82M, VOICES.md). */
const tags: Record<string, string> = {
  a: 'en-US',
  b: 'en-GB',
  e: 'es',
  f: 'fr',
  h: 'hi',
  i: 'it',
  j: 'ja',
  p: 'pt-BR',
  z: 'zh',
};

/** A name of another kind is shown as it is. */
export function voiceOf(id: string): Voice {
  const [, first = '', second = '', called = ''] = /^([a-z])([fm])_(.+)$/.exec(id) ?? [];
  const tag = tags[first];
  if (tag === undefined) return { id, name: id, tag: 'und', sex: undefined };
  const name = called.charAt(0).toUpperCase() + called.slice(1);
  return { id, name, tag, sex: second === 'f' ? 'female' : 'male' };
}

const primary = (tag: string): string => tag.toLowerCase().split('-')[0] ?? '';

/** What a language is called on this page. */
export function languageName(tag: string, speaks: string = language): string {
  const name = new Intl.DisplayNames(speaks, { type: 'language' }).of(tag) ?? tag;
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** Those of the person's own language, and all others, each in the order of the house. */
export function groupsFor(
  ids: readonly string[],
  spoken: string,
): { own: VoiceGroup[]; others: VoiceGroup[] } {
  const groups = new Map<string, Voice[]>();
  for (const id of ids) {
    const voice = voiceOf(id);
    groups.set(voice.tag, [...(groups.get(voice.tag) ?? []), voice]);
  }
  const all = [...groups].map(([tag, voices]) => ({ tag, title: languageName(tag), voices }));
  const isOwn = ({ tag }: VoiceGroup) => primary(tag) === primary(spoken);
  // Of one language's countries the person's own comes first.
  const own = all.filter(isOwn).toSorted((a, b) => rank(a.tag, spoken) - rank(b.tag, spoken));
  return { own, others: all.filter((group) => !isOwn(group)) };
}

const rank = (tag: string, spoken: string): number =>
  tag.toLowerCase() === spoken.toLowerCase() ? 0 : 1;
