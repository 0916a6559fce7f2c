/** What a chat completions server refuses with a 400. */

interface ChatMessage {
  role: string;
  content?: unknown;
  tool_call_id?: string;
  tool_calls?: { id: string; type: string; function: { name: string; arguments: string } }[];
}

export interface ChatRequest {
  model: string;
  messages: ChatMessage[];
  stream?: boolean;
  stream_options?: { include_usage?: boolean };
  tools?: { type: string; function: { name: string; parameters?: Record<string, unknown> } }[];
  tool_choice?: string | { type: string; function?: { name: string } };
  parallel_tool_calls?: boolean;
  max_tokens?: number;
  max_completion_tokens?: number;
}

const roles = ['developer', 'system', 'user', 'assistant', 'tool'];

function messageMistake(messages: ChatMessage[]): string | undefined {
  let waiting: string[] = [];
  for (const [index, message] of messages.entries()) {
    const where = `messages[${index}]`;
    if (!roles.includes(message.role)) {
      const known = roles.join(', ');
      return `Invalid value: '${message.role}'. Supported values are: ${known} (${where}.role).`;
    }
    if (message.role === 'tool') {
      const id = String(message.tool_call_id);
      if (!waiting.includes(id)) {
        return (
          `${where}: messages with role 'tool' must be a response to a preceding message with ` +
          "'tool_calls'."
        );
      }
      waiting = waiting.filter((open) => open !== id);
      continue;
    }
    if (waiting.length > 0) return unanswered(waiting);
    const calls = message.tool_calls ?? [];
    if (message.tool_calls && calls.length === 0) return `${where}.tool_calls: [] is too short`;
    if (calls.length === 0 && (message.content === null || message.content === undefined)) {
      return `Invalid value for 'content': expected a string, got null (${where}).`;
    }
    waiting = calls.map(({ id }) => id);
  }
  return waiting.length > 0 ? unanswered(waiting) : undefined;
}

const unanswered = (ids: string[]) =>
  "An assistant message with 'tool_calls' must be followed by tool messages responding to each " +
  `'tool_call_id'. These had no response messages: ${ids.join(', ')}`;

function toolMistake({ tools, tool_choice: choice }: ChatRequest): string | undefined {
  if (tools?.length === 0) return "Invalid 'tools': empty array. Expected at least 1 item.";
  for (const [index, tool] of (tools ?? []).entries()) {
    if (tool.type !== 'function' || !/^[a-zA-Z0-9_-]{1,64}$/.test(tool.function?.name ?? '')) {
      return `Invalid 'tools[${index}].function.name': string does not match '^[a-zA-Z0-9_-]+$'.`;
    }
  }
  if (choice === undefined) return undefined;
  if (!tools) return "'tool_choice' is only allowed when 'tools' are specified.";
  const named = typeof choice === 'object' ? choice.function?.name : undefined;
  const known = typeof choice === 'string' && ['none', 'auto', 'required'].includes(choice);
  if (!known && !tools.some((tool) => tool.function.name === named)) {
    return "Invalid value for 'tool_choice'.";
  }
  return undefined;
}

/** The first rule that the request breaks; undefined for a good one. */
export function chatMistake(body: unknown): string | undefined {
  if (body === null || typeof body !== 'object') return 'We could not parse the JSON body.';
  const request = body as ChatRequest;
  if (typeof request.model !== 'string') return 'you must provide a model parameter';
  if (!Array.isArray(request.messages) || request.messages.length === 0) {
    return "Missing required parameter: 'messages'.";
  }
  if (request.stream_options && !request.stream) {
    return "The 'stream_options' parameter is only allowed when 'stream' is enabled.";
  }
  return messageMistake(request.messages) ?? toolMistake(request);
}
