/** A mind behind any OpenAI-compatible server: Ollama, llama.cpp, vLLM. */
import type { llm } from '@livekit/agents';
import { llm as agents } from '@livekit/agents';
import OpenAI from 'openai';
import type { Deadline } from './deadline.ts';
import { statusOf } from './errors.ts';
import { keepAliveOptions } from './keep-alive.ts';
import { OpenAiReply } from './openai-reply.ts';
import { joinPrefix } from './prefix.ts';
import { type ChatRequest, Mind, MindStream, type StreamLimits } from './stream.ts';

export interface OpenAiOptions extends Partial<StreamLimits> {
  /** With the `/v1` that such servers have. */
  baseUrl: string;
  apiKey?: string;
  model: string;
  maxTokens?: number;
}

type Settled = Required<Omit<OpenAiOptions, 'apiKey' | 'baseUrl'>>;
type Body = OpenAI.ChatCompletionCreateParamsStreaming;
type Message = OpenAI.ChatCompletionMessageParam;

const isEmpty = ({ role, content, ...rest }: Message): boolean =>
  role !== 'tool' && !('tool_calls' in rest) && typeof content === 'string' && !content.trim();

async function messagesOf(context: llm.ChatContext): Promise<Message[]> {
  const messages = (await context.toProviderFormat('openai')) as Message[];
  return messages
    .filter((message) => !isEmpty(message))
    .map((message) =>
      message.role === 'system' && typeof message.content === 'string'
        ? { ...message, content: joinPrefix(message.content) }
        : message,
    );
}

function toolsOf(toolCtx: llm.ToolContext | undefined): OpenAI.ChatCompletionTool[] {
  const tools = Object.entries(toolCtx?.functionTools ?? {});
  return tools
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, { description, parameters }]) => ({
      type: 'function',
      function: { name, description, parameters: { ...agents.toJsonSchema(parameters, false) } },
    }));
}

interface Asking {
  server: OpenAiServer;
  options: Settled;
  request: ChatRequest;
}

class OpenAiStream extends MindStream {
  readonly #server: OpenAiServer;
  readonly #options: Settled;
  readonly #request: ChatRequest;

  constructor(mind: llm.LLM, { server, options, request }: Asking) {
    super(mind, { request, limits: options });
    this.#server = server;
    this.#options = options;
    this.#request = request;
  }

  protected override async answer(deadline: Deadline): Promise<void> {
    const reply = new OpenAiReply();
    const chunks = await this.#server.ask(await this.#body(), deadline.signal);
    for await (const chunk of chunks) {
      const made = reply.take(chunk);
      if (reply.progressed) deadline.touch();
      for (const one of made) this.emit(one);
    }
    if (!reply.finished) throw this.truncated();
    for (const one of reply.end()) this.emit(one);
  }

  async #body(): Promise<Body> {
    const { model, maxTokens } = this.#options;
    const { toolChoice, parallelToolCalls } = this.#request;
    const tools = toolsOf(this.toolCtx);
    return {
      model,
      messages: await messagesOf(this.chatCtx),
      stream: true,
      max_tokens: maxTokens,
      ...(tools.length > 0 && { tools }),
      ...(tools.length > 0 && toolChoice && { tool_choice: toolChoice }),
      ...(tools.length > 0 &&
        parallelToolCalls !== undefined && { parallel_tool_calls: parallelToolCalls }),
    };
  }
}

/** The server, with what it turned out not to take. */
class OpenAiServer {
  readonly client: OpenAI;
  #takesUsage = true;

  constructor(client: OpenAI) {
    this.client = client;
  }

  async ask(body: Body, signal: AbortSignal) {
    const plain = () => this.client.chat.completions.create(body, { signal });
    if (!this.#takesUsage) return plain();
    try {
      const counted: Body = { ...body, stream_options: { include_usage: true } };
      return await this.client.chat.completions.create(counted, { signal });
    } catch (error) {
      // Older servers refuse the option; whether that was it shows when the request goes without.
      const status = statusOf(error);
      if (status !== 400 && status !== 422) throw error;
      const chunks = await plain();
      this.#takesUsage = false;
      return chunks;
    }
  }
}

class OpenAiMind extends Mind {
  readonly #server: OpenAiServer;
  readonly #options: Settled;

  constructor({ baseUrl, apiKey, ...options }: OpenAiOptions) {
    super();
    // A server at home may have to load its model first.
    const defaults = {
      maxTokens: 600,
      firstTokenWithinMs: 15_000,
      idleWithinMs: 6000,
      attempts: 2,
    };
    this.#options = { ...defaults, ...options };
    const client = new OpenAI({
      baseURL: baseUrl,
      apiKey: apiKey ?? 'none',
      organization: null,
      project: null,
      maxRetries: 0,
      logLevel: 'off',
      fetchOptions: keepAliveOptions(),
    });
    this.#server = new OpenAiServer(client);
  }

  override label(): string {
    return 'The language model server';
  }

  override get model(): string {
    return this.#options.model;
  }

  override get provider(): string {
    return 'openai-compatible';
  }

  override chat(request: ChatRequest): MindStream {
    return new OpenAiStream(this, { server: this.#server, options: this.#options, request });
  }

  protected override async _prewarmImpl(signal: AbortSignal): Promise<void> {
    await this.#server.client.models.list({ signal });
  }
}

/** Any OpenAI-compatible server as a LiveKit LLM; see `MindStream` for how it fails. */
export const createOpenAi = (options: OpenAiOptions): Mind => new OpenAiMind(options);
