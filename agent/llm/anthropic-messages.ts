/** A conversation as Anthropic's Messages API wants it: pure, and every rule of the API kept. */
import type Anthropic from '@anthropic-ai/sdk';
import type { llm } from '@livekit/agents';
import { splitPrefix } from './prefix.ts';
import { parseArguments } from './tool-arguments.ts';

type Block = Anthropic.ContentBlockParam;
type Message = { role: 'user' | 'assistant'; content: Block[] };

export interface AnthropicConversation {
  /** Rules, then what belongs to this person; both marked for the cache. */
  system: Anthropic.TextBlockParam[];
  messages: Message[];
  /** Names of tools that the history uses: the API wants them declared. */
  usedTools: string[];
}

const cached = { type: 'ephemeral' } as const;
/** The API wants a user message first and last; these stand in where nobody has spoken. */
const OPENING = '(The conversation begins.)';
const GO_ON = '(Go on.)';

/** Ids from other models may hold characters that Anthropic refuses. */
const toolId = (id: string): string => id.replace(/[^a-zA-Z0-9_-]/g, '_');

const toolUse = ({ callId, name, args }: llm.FunctionCall): Block => ({
  type: 'tool_use',
  id: toolId(callId),
  name,
  input: parseArguments(args) ?? {},
});

const toolResult = ({ callId, output, isError }: llm.FunctionCallOutput): Block => ({
  type: 'tool_result',
  tool_use_id: toolId(callId),
  ...(output.trim() && { content: output }),
  ...(isError && { is_error: true }),
});

const text = (content: string): Block => ({ type: 'text', text: content });

/** The order the API asks for inside a message: results before all else, calls after all else. */
const order = { tool_result: 0, tool_use: 2 } as Partial<Record<Block['type'], number>>;
const ordered = (blocks: Block[]): Block[] =>
  blocks.toSorted((left, right) => (order[left.type] ?? 1) - (order[right.type] ?? 1));

class Conversation {
  readonly messages: Message[] = [];
  /** Blocks that hold for this turn only: the cache mark must stay before them. */
  readonly passing = new Set<Block>();

  add(role: Message['role'], ...blocks: Block[]): void {
    const last = this.messages.at(-1);
    if (last?.role === role) last.content.push(...blocks);
    else this.messages.push({ role, content: blocks });
  }

  finish(): Message[] {
    if (this.messages[0]?.role !== 'user') {
      this.messages.unshift({ role: 'user', content: [text(OPENING)] });
    }
    if (this.messages.at(-1)?.role !== 'user') this.add('user', text(GO_ON));
    for (const message of this.messages) message.content = ordered(message.content);
    this.#markForCache();
    return this.messages;
  }

  /** On the last block that the next turn will send again unchanged. */
  #markForCache(): void {
    const lasting = this.messages.flatMap(({ content }) => content);
    const at = lasting.findLastIndex((block) => !this.passing.has(block));
    const block = lasting[at];
    if (block && 'type' in block) Object.assign(block, { cache_control: cached });
  }
}

/** Calls that stand together and have results, with their results, wherever those stand. */
function pairs(items: readonly llm.ChatItem[]) {
  const outputs = new Map<string, llm.FunctionCallOutput>();
  for (const item of items) {
    if (item.type === 'function_call_output') outputs.set(item.callId, item);
  }
  const taken = new Set<string>();
  return (call: llm.FunctionCall) => {
    const output = outputs.get(call.callId);
    if (!output || taken.has(call.callId)) return undefined;
    taken.add(call.callId);
    return { call, output };
  };
}

const isSystem = (item: llm.ChatItem): item is llm.ChatMessage =>
  item.type === 'message' && (item.role === 'system' || item.role === 'developer');

/** The run of tool calls that begins at `from`; other models may have put parallel calls apart. */
function callsFrom(items: readonly llm.ChatItem[], from: number): llm.FunctionCall[] {
  const calls: llm.FunctionCall[] = [];
  for (let at = from; at < items.length; at++) {
    const item = items[at];
    if (item?.type !== 'function_call') break;
    calls.push(item);
  }
  return calls;
}

function addMessage(conversation: Conversation, message: llm.ChatMessage): void {
  const said = message.rawTextContent?.trim();
  if (!said) return;
  if (message.role === 'system' || message.role === 'developer') {
    // Anthropic has no system message inside a conversation that every model takes.
    const note = text(`<note-from-butler>\n${splitPrefix(said).join('\n\n')}\n</note-from-butler>`);
    conversation.passing.add(note);
    conversation.add('user', note);
  } else {
    conversation.add(message.role === 'assistant' ? 'assistant' : 'user', text(said));
  }
}

/**
 * Maps LiveKit's items. Same roles are merged; results come first in their message; calls without
 * a result, and results without a call, are left out; so are empty texts. System messages before
 * the conversation become the system text; later ones are notes in the user's message, behind the
 * cache mark, so that what is added for one turn does not spoil the cache for the next.
 */
export function toAnthropic(items: readonly llm.ChatItem[]): AnthropicConversation {
  const begin = items.findIndex((item) => item.type !== 'agent_config_update' && !isSystem(item));
  const opening = items.slice(0, begin < 0 ? items.length : begin).filter(isSystem);
  const rules = opening.map((item) => item.rawTextContent ?? '').join('\n\n');
  const system = splitPrefix(rules).map(
    (part): Anthropic.TextBlockParam => ({ type: 'text', text: part, cache_control: cached }),
  );
  const conversation = new Conversation();
  const pairOf = pairs(items);
  const usedTools = new Set<string>();
  for (let at = begin < 0 ? items.length : begin; at < items.length; at++) {
    const item = items[at];
    if (item?.type === 'message') addMessage(conversation, item);
    if (item?.type !== 'function_call') continue;
    const calls = callsFrom(items, at);
    at += calls.length - 1;
    const paired = calls.flatMap((call) => pairOf(call) ?? []);
    if (paired.length === 0) continue;
    for (const { call } of paired) usedTools.add(call.name);
    conversation.add('assistant', ...paired.map(({ call }) => toolUse(call)));
    conversation.add('user', ...paired.map(({ output }) => toolResult(output)));
  }
  return { system, messages: conversation.finish(), usedTools: [...usedTools] };
}
