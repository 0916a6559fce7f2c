/** Which messages the mind reads: former talk, this one, and the note of this turn. Pure. */
import { llm } from '@livekit/agents';

/** A message of a conversation that may be over. */
export interface FormerMessage {
  turn: string;
  role: 'user' | 'assistant';
  content: string;
  heard: boolean;
  /** Its turn had read words from outside. */
  tainted: boolean;
  at: Date;
}

/** So many messages are read at least, of those there are. */
const windowMin = 20;
/** The beginning moves on by so many at once: a beginning that stays can be cached. */
const windowStep = 10;

const isSpoken = (item: llm.ChatItem): item is llm.ChatMessage =>
  item.type === 'message' && (item.role === 'user' || item.role === 'assistant');
const isSystem = (item: llm.ChatItem): item is llm.ChatMessage =>
  item.type === 'message' && (item.role === 'system' || item.role === 'developer');

/** What Butler read out then is not brought into a turn that has read nothing from outside. */
const contentOf = ({ role, content, tainted }: FormerMessage): string =>
  tainted && role === 'assistant' ? '(an answer that held words from outside)' : content;

const asItem = (message: FormerMessage): llm.ChatMessage => {
  const { turn, role, heard, at } = message;
  return llm.ChatMessage.create({
    role,
    content: contentOf(message),
    id: `former_${turn}_${role}`,
    interrupted: !heard,
    createdAt: at.getTime(),
  });
};

/** Former messages among those of this conversation, by time; what is said now stays last. */
const merged = (
  items: readonly llm.ChatItem[],
  former: readonly FormerMessage[],
): llm.ChatItem[] => {
  const result = [...items];
  for (const item of former.map(asItem)) {
    const at = result.findIndex((other) => isSpoken(other) && other.createdAt > item.createdAt);
    result.splice(at < 0 ? result.length : at, 0, item);
  }
  return result;
};

/** The last 20 to 29 messages with the tool calls between them, from a message of the person on. */
const newest = (items: readonly llm.ChatItem[]): llm.ChatItem[] => {
  const spoken = items.flatMap((item, at) => (isSpoken(item) ? [at] : []));
  const surplus = spoken.length - windowMin;
  if (surplus < windowStep) return [...items];
  const first = spoken[Math.floor(surplus / windowStep) * windowStep] ?? 0;
  const at = items.findIndex((item, index) => index >= first && isUser(item));
  return items.slice(at < 0 ? first : at);
};

const isUser = (item: llm.ChatItem): boolean => item.type === 'message' && item.role === 'user';

const system = (content: string, id: string, createdAt: number): llm.ChatMessage =>
  llm.ChatMessage.create({ role: 'system', content, id, createdAt });

/**
 * A copy of the context for the mind.
 * @param instructions replace those that the session began with: a soul may have changed since.
 * @param note belongs to this turn alone; it stands behind the person's last words, so that the
 * messages before it can be cached.
 */
export const windowOf = (
  context: llm.ChatContext,
  parts: { instructions: string; former: readonly FormerMessage[]; note: string | undefined },
): llm.ChatContext => {
  const { instructions, former, note } = parts;
  const opening = context.items.findIndex((item) => item.type === 'message' && !isSystem(item));
  const talk = opening < 0 ? [] : context.items.slice(opening);
  const items = newest(merged(talk, former));
  if (note !== undefined) {
    const last = items.findLastIndex(isUser);
    items.splice(last + 1, 0, system(note, 'memory_note', Date.now()));
  }
  const copy = context.copy();
  copy.items = [system(instructions, 'instructions', 0), ...items];
  return copy;
};
