/** An OpenAI-compatible chat server (Ollama, llama.cpp) over a real socket. */
import type { ToolCall } from './anthropic.ts';
import {
  type Answer,
  type Fake,
  json,
  type Piece,
  readJson,
  type Scripted,
  startFake,
} from './fake.ts';
import { bearerMistake } from './groq.ts';
import { type ChatRequest, chatMistake } from './openai-rules.ts';
import { countTokens } from './prompt-cache.ts';
import { marksOf, slices, type Timing, timeline, tokensOf } from './tokens.ts';

export interface ChatStep extends Partial<Timing> {
  text?: string;
  /** Several are parallel calls; their pieces come one call after the other. */
  toolCalls?: ToolCall[];
  finishReason?: 'stop' | 'length' | 'tool_calls' | 'content_filter';
  /** After so many tokens an error object ends the stream. */
  errorAfterTokens?: number;
}

export interface OpenAIOptions extends Partial<Timing> {
  models?: string[];
  /** Only this key is accepted; without it none is needed, as with a server at home. */
  apiKey?: string;
  initial?: Scripted<ChatStep, ChatRequest>;
}

const error = (status: number, message: string) => ({
  error: {
    message,
    type: status >= 500 ? 'server_error' : 'invalid_request_error',
    param: null,
    code: status === 401 ? 'invalid_api_key' : status === 429 ? 'rate_limit_exceeded' : null,
  },
});

const refuse = (status: number, message: string) => json(error(status, message), { status });

function plan(request: ChatRequest, step: ChatStep, id: number) {
  const limit = request.max_completion_tokens ?? request.max_tokens ?? Number.POSITIVE_INFINITY;
  const all = tokensOf(step.text ?? (step.toolCalls ? '' : 'Hello. How can I help you?'));
  const tokens = all.slice(0, limit);
  const mayCall = (request.tools?.length ?? 0) > 0 && request.tool_choice !== 'none';
  const wanted = mayCall && tokens.length === all.length ? (step.toolCalls ?? []) : [];
  const calls = (request.parallel_tool_calls === false ? wanted.slice(0, 1) : wanted).map(
    (call, index) => ({ ...call, id: call.id ?? `call_fake${id}_${index}` }),
  );
  const natural = calls.length > 0 ? 'tool_calls' : tokens.length < all.length ? 'length' : 'stop';
  const pieces = calls.map(({ input }) => slices(JSON.stringify(input), 6));
  const outputTokens = Math.max(1, tokens.length + pieces.flat().length);
  return { tokens, calls, pieces, outputTokens, finishReason: step.finishReason ?? natural };
}

interface Answering {
  request: ChatRequest;
  step: ChatStep;
  id: number;
  timing: Timing;
}

function usageOf(request: ChatRequest, outputTokens: number) {
  const promptTokens = countTokens(JSON.stringify([request.tools ?? [], request.messages]));
  return {
    prompt_tokens: promptTokens,
    completion_tokens: outputTokens,
    total_tokens: promptTokens + outputTokens,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
  };
}

/** The deltas of a streamed answer, one a token. */
function deltasOf({ tokens, calls, pieces }: ReturnType<typeof plan>) {
  const deltas: Record<string, unknown>[] = tokens.map((content) => ({ content }));
  for (const [index, { id, name }] of calls.entries()) {
    const opening = { index, id, type: 'function', function: { name, arguments: '' } };
    deltas.push({ tool_calls: [opening] });
    for (const part of pieces[index] ?? []) {
      deltas.push({ tool_calls: [{ index, function: { arguments: part } }] });
    }
  }
  return deltas;
}

function stream({ request, step, id, timing }: Answering): Answer {
  const planned = plan(request, step, id);
  const time = timeline(timing);
  const withUsage = request.stream_options?.include_usage === true;
  const pieces: Piece[] = [];
  const base = {
    id: `chatcmpl-fake${id}`,
    object: 'chat.completion.chunk',
    created: 1_760_000_000,
    model: request.model,
  };
  const send = (body: unknown, atMs: number, marks: string[] = []) =>
    pieces.push({ atMs, data: `data: ${JSON.stringify(body)}\n\n`, marks });
  const chunk = (
    delta: unknown,
    finish: string | null,
    more: { atMs: number; marks?: string[] },
  ) => {
    const choices = [{ index: 0, delta, logprobs: null, finish_reason: finish }];
    send({ ...base, choices, ...(withUsage && { usage: null }) }, more.atMs, more.marks);
  };
  chunk({ role: 'assistant', content: planned.calls.length > 0 ? null : '' }, null, {
    atMs: time(0),
  });
  let said = '';
  const deltas = deltasOf(planned);
  for (const [index, delta] of deltas.entries()) {
    if (index === step.errorAfterTokens) {
      send(error(500, 'The server had an error while processing your request.'), time(index));
      return sseAnswer(pieces);
    }
    said += String(delta.content ?? '');
    chunk(delta, null, { atMs: time(index), marks: marksOf(index, said) });
  }
  const endMs = time(deltas.length - 1);
  chunk({}, planned.finishReason, { atMs: endMs });
  if (withUsage) {
    send({ ...base, choices: [], usage: usageOf(request, planned.outputTokens) }, endMs);
  }
  pieces.push({ atMs: endMs, data: 'data: [DONE]\n\n' });
  return sseAnswer(pieces);
}

const sseAnswer = (pieces: Piece[]): Answer => ({
  status: 200,
  headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
  pieces,
});

function complete({ request, step, id, timing }: Answering): Answer {
  const { tokens, calls, outputTokens, finishReason } = plan(request, step, id);
  const toolCalls = calls.map((call) => ({
    id: call.id,
    type: 'function',
    function: { name: call.name, arguments: JSON.stringify(call.input) },
  }));
  const message = {
    role: 'assistant',
    content: tokens.join('') || null,
    refusal: null,
    ...(toolCalls.length > 0 && { tool_calls: toolCalls }),
  };
  const body = {
    id: `chatcmpl-fake${id}`,
    object: 'chat.completion',
    created: 1_760_000_000,
    model: request.model,
    choices: [{ index: 0, message, logprobs: null, finish_reason: finishReason }],
    usage: usageOf(request, outputTokens),
  };
  return json(body, { atMs: timeline(timing)(outputTokens - 1) });
}

/** `POST /v1/chat/completions` (streamed or not) and `GET /v1/models` on a loopback port. */
export function startOpenAI(options: OpenAIOptions = {}): Promise<Fake<ChatStep, ChatRequest>> {
  const { firstTokenMs = 300, tokensPerSecond = 80, models = ['fake-model'] } = options;
  let count = 0;
  return startFake<ChatStep, ChatRequest>({
    operation: 'POST /v1/chat/completions',
    parse: (incoming, raw) => readJson(incoming, raw) as ChatRequest,
    error,
    initial: options.initial ?? {},
    refusal: (request) => {
      const mistake = options.apiKey && bearerMistake(request, options.apiKey);
      return mistake ? refuse(401, mistake) : undefined;
    },
    answer: ({ body }, step) => {
      const mistake = chatMistake(body);
      if (mistake) return refuse(400, mistake);
      if (!models.includes(body.model)) return refuse(404, `model '${body.model}' not found`);
      const timing = { firstTokenMs, tokensPerSecond, ...step };
      const answering = { request: body, step, id: ++count, timing };
      return body.stream ? stream(answering) : complete(answering);
    },
    others: (request) => {
      if (`${request.method} ${request.path}` !== 'GET /v1/models') return undefined;
      const data = models.map((id) => ({
        id,
        object: 'model',
        created: 1_760_000_000,
        owned_by: 'house',
      }));
      return json({ object: 'list', data });
    },
  });
}
