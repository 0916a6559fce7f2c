/** The mind: Claude, streamed, with tools and a cached prefix. */
import Anthropic from '@anthropic-ai/sdk';
import { llm } from '@livekit/agents';
import { toAnthropic } from './anthropic-messages.ts';
import { AnthropicReply } from './anthropic-reply.ts';
import type { Deadline } from './deadline.ts';
import { keepAliveOptions } from './keep-alive.ts';
import { type ChatRequest, Mind, MindStream, type StreamLimits } from './stream.ts';

export interface ClaudeOptions extends Partial<StreamLimits> {
  apiKey: string;
  baseUrl?: string;
  model: string;
  /** Longest answer; a spoken one is short. */
  maxTokens?: number;
}

type Settled = Required<Omit<ClaudeOptions, 'baseUrl'>>;

const ANTHROPIC_URL = 'https://api.anthropic.com';

/** A schema is made once for each tool, not at every turn. */
const declared = new WeakMap<object, Anthropic.Tool>();

function declare(name: string, tool: { description: string; parameters?: unknown }) {
  const known = declared.get(tool);
  if (known?.name === name) return known;
  // toJsonSchema takes zod and JSON schemas alike, but its type names zod's generics.
  const parameters = tool.parameters as Parameters<typeof llm.toJsonSchema>[0] | undefined;
  const schema = parameters ? llm.toJsonSchema(parameters, false) : { properties: {} };
  const made: Anthropic.Tool = {
    name,
    description: tool.description,
    input_schema: { ...(schema as object), type: 'object' },
  };
  declared.set(tool, made);
  return made;
}

/** Sorted by code point, so that the same tools are always the same prefix. */
function toolsOf(toolCtx: llm.ToolContext | undefined, used: string[]): Anthropic.Tool[] {
  const own = Object.entries(toolCtx?.functionTools ?? {});
  const tools = own.map(([name, tool]) => declare(name, tool));
  // The API refuses a history with calls of tools that the request does not declare at all.
  if (tools.length === 0) {
    const description = 'No longer available.';
    tools.push(...used.map((name) => declare(name, { description })));
  }
  return tools.sort((left, right) => (left.name < right.name ? -1 : 1));
}

function choiceOf(request: ChatRequest, hasOwnTools: boolean): Anthropic.ToolChoice | undefined {
  const { toolChoice, parallelToolCalls } = request;
  if (toolChoice === 'none' || !hasOwnTools) return { type: 'none' };
  const single = parallelToolCalls === false ? { disable_parallel_tool_use: true } : {};
  if (toolChoice === 'required') return { type: 'any', ...single };
  if (typeof toolChoice === 'object') {
    return { type: 'tool', name: toolChoice.function.name, ...single };
  }
  // Auto is the default, and naming it would only make another cache key.
  return parallelToolCalls === false ? { type: 'auto', ...single } : undefined;
}

interface Asking {
  client: Anthropic;
  options: Settled;
  request: ChatRequest;
}

class ClaudeStream extends MindStream {
  readonly #client: Anthropic;
  readonly #options: Settled;
  readonly #request: ChatRequest;

  constructor(mind: llm.LLM, { client, options, request }: Asking) {
    super(mind, { request, limits: options });
    this.#client = client;
    this.#options = options;
    this.#request = request;
  }

  protected override async answer(deadline: Deadline): Promise<void> {
    const reply = new AnthropicReply();
    const { signal } = deadline;
    const events = await this.#client.messages.create(this.#body(), { signal });
    for await (const event of events) {
      if (event.type.startsWith('content_block')) deadline.touch();
      for (const chunk of reply.take(event)) this.emit(chunk);
    }
    if (!reply.finished) throw this.truncated();
  }

  #body(): Anthropic.MessageCreateParamsStreaming {
    const { model, maxTokens } = this.#options;
    const { system, messages, usedTools } = toAnthropic(this.chatCtx.items);
    const tools = toolsOf(this.toolCtx, usedTools);
    const hasOwnTools = Object.keys(this.toolCtx?.functionTools ?? {}).length > 0;
    const choice = choiceOf(this.#request, hasOwnTools);
    return {
      model,
      max_tokens: maxTokens,
      stream: true,
      messages,
      ...(system.length > 0 && { system }),
      ...(tools.length > 0 && { tools }),
      ...(tools.length > 0 && choice && { tool_choice: choice }),
    };
  }
}

class Claude extends Mind {
  readonly #client: Anthropic;
  readonly #options: Settled;

  constructor({ apiKey, baseUrl = ANTHROPIC_URL, ...options }: ClaudeOptions) {
    super();
    const defaults = { maxTokens: 600, firstTokenWithinMs: 8000, idleWithinMs: 6000, attempts: 2 };
    this.#options = { ...defaults, apiKey, ...options };
    this.#client = new Anthropic({
      apiKey,
      authToken: null,
      baseURL: baseUrl,
      maxRetries: 0,
      // The SDK would print what it cannot parse, which is what somebody said.
      logLevel: 'off',
      fetchOptions: keepAliveOptions(),
    });
  }

  override label(): string {
    return 'Claude';
  }

  override get model(): string {
    return this.#options.model;
  }

  override get provider(): string {
    return 'anthropic';
  }

  override chat(request: ChatRequest): MindStream {
    return new ClaudeStream(this, { client: this.#client, options: this.#options, request });
  }

  /** Opens the connection with a request that costs nothing. */
  protected override async _prewarmImpl(signal: AbortSignal): Promise<void> {
    await this.#client.models.list({ limit: 1 }, { signal });
  }
}

/** Claude as a LiveKit LLM; see `MindStream` for how it fails. */
export const createClaude = (options: ClaudeOptions): Mind => new Claude(options);
