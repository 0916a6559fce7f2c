/** Anthropic's events as LiveKit's chunks: text at once, tool calls when they are whole. */
import type Anthropic from '@anthropic-ai/sdk';
import { llm } from '@livekit/agents';
import { soundArguments } from './tool-arguments.ts';

type Event = Anthropic.RawMessageStreamEvent;

interface OpenCall {
  id: string;
  name: string;
  json: string;
}

/** One answer in the making. */
export class AnthropicReply {
  /** The service said that the answer is complete. */
  finished = false;
  #id = '';
  #call: OpenCall | undefined;
  #usage = { input: 0, cached: 0, created: 0, output: 0 };

  /** What the event adds for the listener; empty for bookkeeping. */
  take(event: Event): llm.ChatChunk[] {
    switch (event.type) {
      case 'message_start':
        this.#id = event.message.id;
        this.#count(event.message.usage);
        return [];
      case 'content_block_start':
        return this.#open(event.content_block);
      case 'content_block_delta':
        return this.#extend(event.delta);
      case 'content_block_stop':
        return this.#close();
      case 'message_delta':
        this.#count(event.usage);
        return [];
      case 'message_stop':
        this.finished = true;
        return [{ id: this.#id, usage: this.#total() }];
      default:
        return [];
    }
  }

  #open(block: Anthropic.RawContentBlockStartEvent['content_block']): llm.ChatChunk[] {
    if (block.type === 'tool_use') this.#call = { id: block.id, name: block.name, json: '' };
    return block.type === 'text' && block.text ? [this.#say(block.text)] : [];
  }

  #extend(delta: Anthropic.RawContentBlockDelta): llm.ChatChunk[] {
    if (delta.type === 'input_json_delta' && this.#call) this.#call.json += delta.partial_json;
    return delta.type === 'text_delta' && delta.text ? [this.#say(delta.text)] : [];
  }

  #close(): llm.ChatChunk[] {
    const call = this.#call;
    this.#call = undefined;
    if (!call) return [];
    const toolCall = llm.FunctionCall.create({
      callId: call.id,
      name: call.name,
      // An answer that reached max_tokens ends in the middle of its JSON.
      args: soundArguments(call.json),
    });
    return [{ id: this.#id, delta: { role: 'assistant', toolCalls: [toolCall] } }];
  }

  #say(content: string): llm.ChatChunk {
    return { id: this.#id, delta: { role: 'assistant', content } };
  }

  /** The last report of each number holds; a later event may leave numbers out. */
  #count(usage: Partial<Record<keyof Anthropic.Usage, unknown>>): void {
    const latest = (value: unknown, before: number) => (typeof value === 'number' ? value : before);
    const before = this.#usage;
    this.#usage = {
      input: latest(usage.input_tokens, before.input),
      cached: latest(usage.cache_read_input_tokens, before.cached),
      created: latest(usage.cache_creation_input_tokens, before.created),
      output: latest(usage.output_tokens, before.output),
    };
  }

  /** Uncached tokens are `promptTokens - promptCachedTokens - cacheCreationTokens`. */
  #total(): llm.CompletionUsage {
    const { input, cached, created, output } = this.#usage;
    const promptTokens = input + cached + created;
    return {
      promptTokens,
      promptCachedTokens: cached,
      cacheCreationTokens: created,
      completionTokens: output,
      totalTokens: promptTokens + output,
    };
  }
}
