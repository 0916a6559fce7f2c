/** Chat completion chunks as LiveKit's chunks: text at once, tool calls when they are whole. */
import { llm } from '@livekit/agents';
import type OpenAI from 'openai';
import { Thinking } from './thinking.ts';
import { soundArguments } from './tool-arguments.ts';

type Chunk = OpenAI.ChatCompletionChunk;
type CallPiece = OpenAI.ChatCompletionChunk.Choice.Delta.ToolCall;

interface OpenCall {
  index: number;
  id: string;
  name: string;
  json: string;
}

/** One answer in the making. */
export class OpenAiReply {
  /** The server said why it stopped. */
  finished = false;
  /** The last chunk held a piece of an answer (thinking included). */
  progressed = false;
  #id = '';
  readonly #calls: OpenCall[] = [];
  readonly #thinking = new Thinking();
  #usage: llm.CompletionUsage | undefined;

  take(chunk: Chunk): llm.ChatChunk[] {
    this.#id = chunk.id || this.#id;
    if (chunk.usage) this.#usage = usageOf(chunk.usage);
    const choice = chunk.choices?.[0];
    const delta = choice?.delta;
    // Reasoning arrives in fields of their own with some servers: it is progress, but not said.
    this.progressed = Object.entries(delta ?? {}).some(([key, value]) => key !== 'role' && value);
    for (const piece of delta?.tool_calls ?? []) this.#collect(piece);
    const made = this.#say(this.#thinking.spoken(delta?.content ?? ''));
    if (!choice?.finish_reason) return made;
    this.finished = true;
    return [...made, ...this.#say(this.#thinking.rest()), ...this.#callsDone()];
  }

  /** What is left once the stream has ended. */
  end(): llm.ChatChunk[] {
    return this.#usage ? [{ id: this.#id, usage: this.#usage }] : [];
  }

  #say(content: string): llm.ChatChunk[] {
    return content ? [{ id: this.#id, delta: { role: 'assistant', content } }] : [];
  }

  /** Pieces belong together by index; some servers number every call 0 but give each an id. */
  #collect({ index = 0, id, function: part }: CallPiece): void {
    const last = this.#calls.findLast((call) => call.index === index);
    const begins = !last || (id && last.id && id !== last.id && part?.name);
    const call = begins ? { index, id: '', name: '', json: '' } : last;
    if (begins) this.#calls.push(call);
    call.id ||= id ?? '';
    call.name ||= part?.name ?? '';
    call.json += part?.arguments ?? '';
  }

  #callsDone(): llm.ChatChunk[] {
    const calls = this.#calls.splice(0).filter(({ name }) => name);
    const toolCalls = calls.map(({ id, name, json }, at) =>
      llm.FunctionCall.create({
        callId: id || `${this.#id || 'call'}_${at}`,
        name,
        args: soundArguments(json),
      }),
    );
    if (toolCalls.length === 0) return [];
    return [{ id: this.#id, delta: { role: 'assistant', toolCalls } }];
  }
}

function usageOf(usage: OpenAI.CompletionUsage): llm.CompletionUsage {
  return {
    promptTokens: usage.prompt_tokens ?? 0,
    promptCachedTokens: usage.prompt_tokens_details?.cached_tokens ?? 0,
    cacheCreationTokens: 0,
    completionTokens: usage.completion_tokens ?? 0,
    totalTokens: usage.total_tokens ?? 0,
  };
}
