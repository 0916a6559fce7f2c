/** Which settings stand together, and which of them fit a search. */
import type { AnswerOf } from '../api/ask.ts';
import type { settingsWords as words } from '../words/settings.ts';

type Answered = AnswerOf<'get /api/v1/configuration'>['settings'][number];
/** Its value may be any JSON; spelled out, its type has no end. */
export type Setting = Omit<Answered, 'value'> & { value: unknown };
export const settingsIn = ({ settings }: { settings: readonly unknown[] }): readonly Setting[] =>
  settings as readonly Setting[];

/** What changes while Butler runs, and has a field of its own here. */
export type NowKey = keyof typeof words.now;
type Group = keyof typeof words.groups;
type RestartGroup = keyof typeof words.restartGroups;

export const groups: readonly (readonly [Group, readonly NowKey[]])[] = [
  ['speech', ['BUTLER_LANGUAGE', 'BUTLER_VOICE', 'BUTLER_NAMES']],
  ['place', ['BUTLER_LOCATION']],
  ['money', ['caps']],
  ['memory', ['BUTLER_LEARNING', 'BUTLER_HISTORY_DAYS']],
  ['safety', ['loginNeedsApproval']],
  ['running', ['BUTLER_LOG_LEVEL']],
];

/** The first that fits a key; what fits none is about running Butler. */
const restartGroups: readonly (readonly [RestartGroup, RegExp])[] = [
  ['talk', /^LIVEKIT_/],
  ['ears', /^GROQ_|STT|WHISPER/],
  ['mind', /^ANTHROPIC_|^BUTLER_(MODEL|LLM)|^EMBEDDINGS_/],
  ['voice', /^KOKORO_|^BUTLER_VOICE/],
  ['data', /^DATABASE_|^BUTLER_(DATA|BACKUP|FORMER_SECRET)|^JWT_/],
  ['network', /^BUTLER_(HOST|PORT|HTTP|ALLOWED_HOSTS|PROXIES|LAN)/],
  ['services', /^(JELLYFIN|AUDIOBOOKSHELF|IMMICH|NEXTCLOUD)_/],
];

export const restartGroupOf = (key: string): RestartGroup =>
  restartGroups.find(([, pattern]) => pattern.test(key))?.[0] ?? 'watching';

/** What needs a restart, by group, as far as every word is found in it. */
export function restartOnly(
  settings: readonly Setting[],
  text: string,
): [RestartGroup, Setting[]][] {
  const sought = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const fitting = settings.filter(({ key, about, change }) => {
    const written = `${key} ${key.replaceAll('_', ' ')} ${about}`.toLocaleLowerCase();
    return change === 'restart' && sought.every((word) => written.includes(word));
  });
  const byGroup = Map.groupBy(fitting, ({ key }) => restartGroupOf(key));
  const order = [...restartGroups.map(([group]) => group), 'watching' as const];
  return order.flatMap((group) => {
    const found = byGroup.get(group);
    return found ? [[group, found] as [RestartGroup, Setting[]]] : [];
  });
}
