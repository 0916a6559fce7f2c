/** Anthropic's Messages API over a real socket: its stream, its rules, its prompt cache. */
import { anthropicMistake, type MessagesRequest } from './anthropic-rules.ts';
import {
  type Answer,
  type Fake,
  json,
  type Piece,
  type RecordedRequest,
  readJson,
  type Scripted,
  startFake,
} from './fake.ts';
import { type CacheUsage, PromptCache } from './prompt-cache.ts';
import { marksOf, slices, type Timing, timeline, tokensOf } from './tokens.ts';

export interface ToolCall {
  name: string;
  input: Record<string, unknown>;
  id?: string;
}

/** What the model says: text first, then tool calls (several are parallel calls). */
export interface MessageStep extends Partial<Timing> {
  text?: string;
  toolCalls?: ToolCall[];
  stopReason?: 'end_turn' | 'tool_use' | 'max_tokens' | 'stop_sequence' | 'refusal';
  /** After so many tokens an `error` event ends the stream. */
  errorAfterTokens?: number;
  errorType?: 'overloaded_error' | 'api_error' | 'rate_limit_error';
}

export interface AnthropicOptions extends Partial<Timing> {
  models?: string[];
  /** Only this key is accepted; without it any key is. */
  apiKey?: string;
  /** Prefixes below this are not cached (1024 for most models; 2048 or 4096 for some). */
  minimumCacheTokens?: number;
  now?: () => number;
  initial?: Scripted<MessageStep, MessagesRequest>;
}

interface Event {
  type: string;
  [key: string]: unknown;
}

type Block = { type: 'text'; tokens: string[] } | { type: 'tool_use'; call: ToolCall; id: string };

const types: Record<number, string> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  529: 'overloaded_error',
};

const error = (status: number, message: string) => ({
  type: 'error',
  error: { type: types[status] ?? 'api_error', message },
  request_id: 'req_fake',
});

const refuse = (status: number, message: string) => json(error(status, message), { status });

/** Cuts the scripted answer to what the request allows: its tools, choice and max_tokens. */
function plan(request: MessagesRequest, step: MessageStep, id: number) {
  const all = tokensOf(step.text ?? (step.toolCalls ? '' : 'Hello. How can I help you?'));
  const tokens = all.slice(0, request.max_tokens);
  // The real model cannot call when it has no tools or is told not to.
  const mayCall = (request.tools?.length ?? 0) > 0 && request.tool_choice?.type !== 'none';
  const alone = request.tool_choice?.disable_parallel_tool_use === true;
  const wanted = mayCall ? (step.toolCalls ?? []) : [];
  const calls = alone ? wanted.slice(0, 1) : wanted;
  const cut = tokens.length < all.length;
  const blocks: Block[] = tokens.length > 0 ? [{ type: 'text', tokens }] : [];
  if (!cut) {
    for (const [index, call] of calls.entries()) {
      blocks.push({ type: 'tool_use', call, id: call.id ?? `toolu_fake${id}_${index}` });
    }
  }
  const natural = blocks.some(({ type }) => type === 'tool_use') ? 'tool_use' : 'end_turn';
  return { blocks, stopReason: step.stopReason ?? (cut ? 'max_tokens' : natural) };
}

const usageOf = (input: CacheUsage, outputTokens: number) => ({
  ...input,
  cache_creation: {
    ephemeral_5m_input_tokens: input.cache_creation_input_tokens,
    ephemeral_1h_input_tokens: 0,
  },
  inference_geo: null,
  output_tokens: outputTokens,
  output_tokens_details: null,
  server_tool_use: null,
  service_tier: 'standard',
  speed: null,
});

const message = (request: MessagesRequest, id: number) => ({
  id: `msg_fake${id}`,
  type: 'message',
  role: 'assistant',
  model: request.model,
  container: null,
  diagnostics: null,
  stop_details: null,
});

function whole(block: Block) {
  if (block.type === 'text') {
    return { type: 'text', text: block.tokens.join(''), citations: null };
  }
  const { name, input } = block.call;
  return { type: 'tool_use', id: block.id, name, input, caller: { type: 'direct' } };
}

function deltasOf(block: Block): Event[] {
  if (block.type === 'text') return block.tokens.map((text) => ({ type: 'text_delta', text }));
  // The service sends an empty piece first, and the JSON in fragments that split anywhere.
  const parts = ['', ...slices(JSON.stringify(block.call.input), 6)];
  return parts.map((part) => ({ type: 'input_json_delta', partial_json: part }));
}

const sse = (event: Event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;

interface Streaming {
  request: MessagesRequest;
  step: MessageStep;
  input: CacheUsage;
  id: number;
  timing: Timing;
}

function stream({ request, step, input, id, timing }: Streaming): Answer {
  const { blocks, stopReason } = plan(request, step, id);
  const time = timeline(timing);
  const pieces: Piece[] = [];
  const send = (event: Event, atMs: number, marks: string[] = []) =>
    pieces.push({ atMs, data: sse(event), marks });
  const opening = {
    ...message(request, id),
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: usageOf(input, 1),
  };
  send({ type: 'message_start', message: opening }, 0);
  send({ type: 'ping' }, 0);
  let count = 0;
  let said = '';
  for (const [index, block] of blocks.entries()) {
    const start =
      block.type === 'text' ? { type: 'text', text: '', citations: null } : whole(block);
    const empty = block.type === 'text' ? start : { ...start, input: {} };
    send({ type: 'content_block_start', index, content_block: empty }, time(count));
    for (const delta of deltasOf(block)) {
      if (count === step.errorAfterTokens) {
        const type = step.errorType ?? 'overloaded_error';
        send({ type: 'error', error: { type, message: 'Overloaded' } }, time(count));
        return sseAnswer(pieces, id);
      }
      said += String(delta.text ?? '');
      send({ type: 'content_block_delta', index, delta }, time(count), marksOf(count, said));
      count++;
    }
    send({ type: 'content_block_stop', index }, time(count - 1));
  }
  const usage = usageOf(input, Math.max(1, count));
  const delta = { stop_reason: stopReason, stop_sequence: null, container: null };
  send({ type: 'message_delta', delta, usage }, time(count - 1));
  send({ type: 'message_stop' }, time(count - 1));
  return sseAnswer(pieces, id);
}

const sseAnswer = (pieces: Piece[], id: number): Answer => ({
  status: 200,
  headers: {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    'request-id': `req_fake${id}`,
  },
  pieces,
});

function complete({ request, step, input, id, timing }: Streaming): Answer {
  const { blocks, stopReason } = plan(request, step, id);
  const tokens = blocks.flatMap(deltasOf).length;
  const body = {
    ...message(request, id),
    content: blocks.map(whole),
    stop_reason: stopReason,
    stop_sequence: null,
    usage: usageOf(input, Math.max(1, tokens)),
  };
  return json(body, { atMs: timeline(timing)(tokens - 1) });
}

function keyMistake(request: RecordedRequest, apiKey?: string): Answer | undefined {
  // Older clients send `x-api-key`, newer ones (SDK 1.x) a bearer key: the service takes both.
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const key = request.headers['x-api-key'] ?? bearer;
  if (!key) return refuse(401, 'x-api-key header is required');
  if (apiKey !== undefined && key !== apiKey) return refuse(401, 'invalid x-api-key');
  if (!request.headers['anthropic-version']) {
    return refuse(400, 'anthropic-version: header is required');
  }
  return undefined;
}

const defaultModels = [
  'claude-haiku-4-5',
  'claude-haiku-5-5',
  'claude-sonnet-5-5',
  'claude-opus-5-5',
];

/** `POST /v1/messages` (streamed or not) and `GET /v1/models` on a loopback port. */
export function startAnthropic(
  options: AnthropicOptions = {},
): Promise<Fake<MessageStep, MessagesRequest>> {
  const { firstTokenMs = 300, tokensPerSecond = 80, models = defaultModels } = options;
  const now = options.now ?? (() => performance.now());
  const cache = new PromptCache({ now, minimumTokens: options.minimumCacheTokens ?? 1024 });
  let count = 0;
  return startFake<MessageStep, MessagesRequest>({
    operation: 'POST /v1/messages',
    parse: (incoming, raw) => readJson(incoming, raw) as MessagesRequest,
    error,
    initial: options.initial ?? {},
    refusal: (request) => keyMistake(request, options.apiKey),
    answer: ({ body }, step) => {
      const mistake = anthropicMistake(body);
      if (mistake) return refuse(400, mistake);
      const known = models.some(
        (model) => body.model === model || body.model.startsWith(`${model}-`),
      );
      if (!known) return refuse(404, `model: ${body.model}`);
      const timing = { firstTokenMs, tokensPerSecond, ...step };
      const input = cache.count(body);
      const streaming = { request: body, step, input, id: ++count, timing };
      return body.stream ? stream(streaming) : complete(streaming);
    },
    others: (request) => {
      if (`${request.method} ${request.path}` !== 'GET /v1/models') return undefined;
      const data = models.map((id) => ({
        type: 'model',
        id,
        display_name: id,
        created_at: '2026-01-01T00:00:00Z',
      }));
      return json({ data, has_more: false, first_id: models[0], last_id: models.at(-1) });
    },
  });
}
