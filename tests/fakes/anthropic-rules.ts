/** What the Messages API refuses with a 400, from its documentation and its SDK's own types. */
import type { MessageCreateParamsBase } from '@anthropic-ai/sdk/resources/messages/messages';

type Part = Record<string, unknown> & { type?: string };
interface Message {
  role?: unknown;
  content?: unknown;
}

export interface MessagesRequest {
  model: string;
  max_tokens: number;
  stream?: boolean;
  messages: { role: string; content: string | Part[] }[];
  system?: string | Part[];
  tools?: (Part & { name: string })[];
  tool_choice?: { type: string; name?: string; disable_parallel_tool_use?: boolean };
  stop_sequences?: string[];
  cache_control?: Part | null;
  thinking?: Part;
}

// `satisfies` makes the compiler say so when the SDK gains or loses a parameter.
const parameters = {
  model: true,
  max_tokens: true,
  messages: true,
  cache_control: true,
  container: true,
  diagnostics: true,
  inference_geo: true,
  metadata: true,
  output_config: true,
  service_tier: true,
  speed: true,
  stop_sequences: true,
  stream: true,
  system: true,
  thinking: true,
  tool_choice: true,
  tools: true,
  user_profile_id: true,
  workspace_id: true,
} satisfies Record<keyof MessageCreateParamsBase, true>;

const CACHE_MARKS_MAX = 4;
const isText = (value: unknown): value is string => typeof value === 'string';
const partsOf = (content: unknown): Part[] =>
  Array.isArray(content) ? (content as Part[]) : [{ type: 'text', text: content }];

function basics(body: Record<string, unknown>): string | undefined {
  for (const key of Object.keys(body)) {
    if (!(key in parameters)) return `${key}: Extra inputs are not permitted`;
  }
  if (!isText(body.model)) return 'model: Field required';
  if (body.max_tokens === undefined) return 'max_tokens: Field required';
  if (!Number.isInteger(body.max_tokens) || Number(body.max_tokens) < 1) {
    return 'max_tokens: Input should be greater than or equal to 1';
  }
  if (!Array.isArray(body.messages)) return 'messages: Field required';
  if (body.messages.length === 0) return 'messages: at least one message is required';
  const stops = body.stop_sequences;
  if (Array.isArray(stops) && stops.some((stop) => !String(stop).trim())) {
    return 'stop_sequences: each stop sequence must contain non-whitespace';
  }
  return undefined;
}

function textMistake(part: Part, where: string): string | undefined {
  if (part.type !== 'text') return undefined;
  if (!isText(part.text)) return `${where}.text: Field required`;
  if (part.text === '') return `${where}: text content blocks must be non-empty`;
  if (!part.text.trim()) return `${where}: text content blocks must contain non-whitespace text`;
  return undefined;
}

const kinds: Record<string, string[]> = {
  user: ['text', 'image', 'document', 'search_result', 'tool_result'],
  assistant: ['text', 'tool_use', 'thinking', 'redacted_thinking'],
  system: ['text'],
};

function contents(messages: Message[]): string | undefined {
  if (messages[0]?.role !== 'user') return 'messages: first message must use the "user" role';
  for (const [index, { role, content }] of messages.entries()) {
    const allowed = kinds[String(role)];
    if (!allowed) return `messages.${index}.role: Input should be 'user', 'assistant' or 'system'`;
    if (!content || (content as unknown[]).length === 0) {
      return `messages.${index}: all messages must have non-empty content`;
    }
    for (const [at, part] of partsOf(content).entries()) {
      const where = `messages.${index}.content.${at}`;
      const mistake = textMistake(part, where);
      if (mistake) return mistake;
      if (!allowed.includes(String(part.type))) {
        return `${where}: Input tag '${part.type}' is not allowed in a ${role} message`;
      }
    }
  }
  const last = messages.at(-1);
  if (last?.role === 'assistant') {
    return (
      'This model does not support assistant message prefill. ' +
      'The conversation must end with a user message.'
    );
  }
  return undefined;
}

/** Every tool_use is answered by a tool_result at the head of the very next message. */
function pairing(messages: Message[]): string | undefined {
  const seen = new Set<unknown>();
  let waiting: unknown[] = [];
  for (const [index, { content }] of messages.entries()) {
    const parts = partsOf(content);
    const results = parts.filter((part) => part.type === 'tool_result');
    const first = parts.findIndex((part) => part.type !== 'tool_result');
    const answered = results.map((part) => part.tool_use_id);
    const open = waiting.filter((id) => !answered.includes(id));
    const late = first >= 0 && parts.slice(first).some((part) => part.type === 'tool_result');
    if (open.length > 0 || (late && waiting.length > 0)) {
      const which = open.length > 0 ? open : waiting;
      return unanswered(index - 1, which);
    }
    const strange = answered.find((id) => !waiting.includes(id));
    if (strange !== undefined) {
      return (
        `messages.${index}.content.0: unexpected \`tool_use_id\` found in \`tool_result\` ` +
        `blocks: ${strange}. Each \`tool_result\` block must have a corresponding \`tool_use\` ` +
        'block in the previous message.'
      );
    }
    if (new Set(answered).size < answered.length) {
      return `messages.${index}: each tool_use must have a single result. Found several for one id`;
    }
    waiting = [];
    for (const part of parts.filter(({ type }) => type === 'tool_use')) {
      if (seen.has(part.id)) return `messages.${index}: \`tool_use\` ids must be unique`;
      if (part.input === null || typeof part.input !== 'object') {
        return `messages.${index}: tool_use.input: Input should be a valid dictionary`;
      }
      seen.add(part.id);
      waiting.push(part.id);
    }
  }
  return waiting.length === 0 ? undefined : unanswered(messages.length - 1, waiting);
}

function unanswered(index: number, ids: unknown[]): string {
  return (
    `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately ` +
    `after: ${ids.join(', ')}. Each \`tool_use\` block must have a corresponding ` +
    '`tool_result` block in the next message.'
  );
}

function toolMistake(request: MessagesRequest): string | undefined {
  const { tools = [], messages, tool_choice: choice } = request;
  const names = tools.map(({ name }) => name);
  for (const [index, { name, type, input_schema: schema }] of tools.entries()) {
    if (!/^[a-zA-Z0-9_-]{1,128}$/.test(name)) {
      return `tools.${index}.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'`;
    }
    // Anthropic's own tools are known by a dated type and need no schema.
    if (type !== undefined && type !== 'custom') continue;
    const object = schema as Part | undefined;
    if (object?.type !== 'object') {
      return `tools.${index}.custom.input_schema.type: Input should be 'object'`;
    }
    if (['oneOf', 'allOf', 'anyOf'].some((word) => word in object)) {
      return (
        `tools.${index}.custom.input_schema: input_schema does not support oneOf, allOf, or ` +
        'anyOf at the top level'
      );
    }
  }
  if (new Set(names).size < names.length) return 'tools: Tool names must be unique.';
  const used = messages.some(({ content }) =>
    partsOf(content).some(({ type }) => type === 'tool_use' || type === 'tool_result'),
  );
  if (used && tools.length === 0) {
    return 'Requests which include `tool_use` or `tool_result` blocks must define tools';
  }
  if (choice === undefined) return undefined;
  if (!['auto', 'any', 'tool', 'none'].includes(choice.type)) {
    return (
      `tool_choice: Input tag '${choice.type}' found using 'type' does not match any of the ` +
      "expected tags: 'auto', 'any', 'tool', 'none'"
    );
  }
  if (tools.length === 0) return 'tool_choice may only be specified while providing tools';
  if (choice.type === 'tool' && !names.includes(String(choice.name))) {
    return `tool_choice.tool.name: Tool '${choice.name}' not found in provided tools`;
  }
  return undefined;
}

function marks(request: MessagesRequest): string | undefined {
  const { tools = [], system = [], messages } = request;
  const nested = messages.flatMap(({ content }) => partsOf(content));
  const blocks = [...tools, ...(isText(system) ? [] : system), ...nested];
  const marked = blocks.flatMap(({ cache_control: mark }) => (mark ? [mark as Part] : []));
  if (request.cache_control) marked.push(request.cache_control);
  if (marked.length > CACHE_MARKS_MAX) {
    const found = `Found ${marked.length}.`;
    return `A maximum of ${CACHE_MARKS_MAX} blocks with cache_control may be provided. ${found}`;
  }
  const wrong = marked.find(({ type, ttl }) => type !== 'ephemeral' || !validTtl(ttl));
  return wrong
    ? "cache_control: Input should be type 'ephemeral' with ttl '5m' or '1h'"
    : undefined;
}

const validTtl = (ttl: unknown) => ttl === undefined || ttl === '5m' || ttl === '1h';

/** The first rule that the request breaks, worded like the service; undefined for a good one. */
export function anthropicMistake(body: unknown): string | undefined {
  if (body === null || typeof body !== 'object') return 'The request body is not valid JSON';
  const early = basics(body as Record<string, unknown>);
  if (early) return early;
  const request = body as MessagesRequest;
  const { system = [], messages } = request;
  const systemParts = isText(system) ? [] : system;
  for (const [index, part] of systemParts.entries()) {
    const mistake = textMistake(part, `system.${index}`);
    if (mistake) return mistake;
  }
  return contents(messages) ?? pairing(messages) ?? toolMistake(request) ?? marks(request);
}
