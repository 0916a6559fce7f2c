/** What the person said, read from the history of a conversation. Pure. */
import type { llm } from '@livekit/agents';

const isPerson = (item: llm.ChatItem): item is llm.ChatMessage =>
  item.type === 'message' && item.role === 'user';

/** What the person said since Butler was last heard, oldest first; none when others came after. */
export const lastWords = (context: llm.ChatContext): string[] => {
  const words: string[] = [];
  for (const item of context.items.toReversed()) {
    if (!isPerson(item)) break;
    words.unshift(item.textContent ?? '');
  }
  return words;
};

/** The words that this turn answers, whatever tools have run since, and the words before them. */
export const personWords = (context: llm.ChatContext): { words: string; before: string } => {
  const said: string[] = [];
  let open = false;
  for (const item of context.items) {
    if (item.type === 'message' && item.role !== 'user') open = false;
    if (!isPerson(item)) continue;
    const text = item.textContent ?? '';
    if (open) said.push(`${said.pop() ?? ''} ${text}`);
    else said.push(text);
    open = true;
  }
  return { words: said.at(-1) ?? '', before: said.at(-2) ?? '' };
};
