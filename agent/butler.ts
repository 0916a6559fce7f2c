/** One turn, top to bottom: LiveKit calls these methods in this order. */
import { APIConnectionError, type APIError, type llm, type stt, tts, voice } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';
import type { Kokoro } from '../tts/kokoro.ts';
import { hasWords } from '../tts/speakable.ts';
import type { Caller } from './caller.ts';
import type { Clocks } from './clocks.ts';
import type { TurnEvents } from './events.ts';
import type { FastMatch } from './fastpath.ts';
import { faultOfMind, faultOfVoice } from './faults.ts';
import type { Engines, House } from './house.ts';
import { prompt } from './prompt.ts';
import type { Listener } from './stt/listen.ts';
import { type SpokenResults, toolsFor } from './tools-for.ts';

export interface ButlerParts {
  house: House;
  caller: Caller;
  listener: Listener | undefined;
  engines: Engines;
  clocks: Clocks;
  events: TurnEvents;
  spoken: SpokenResults;
  /** Words by milliseconds played, for an answer that is interrupted. */
  onVoice: ((spokenText: (playedMs: number) => string) => void) | undefined;
}

/** Without a first token for this long, Butler says that the mind is slow. */
const slowMindMs = 2_500;

type Audio = ReadableStream<AudioFrame> | AsyncIterable<AudioFrame>;
type Text = ReadableStream<string> | AsyncIterable<string>;
type Said = llm.ChatChunk | string;

export class Butler extends voice.Agent {
  readonly #parts: ButlerParts;
  #answers = 0;

  constructor(parts: ButlerParts) {
    const { house, caller } = parts;
    const facts = { caller, timeZone: house.settings.BUTLER_TIMEZONE, today: house.clock() };
    super({ instructions: prompt(facts), tools: toolsFor(parts) });
    this.#parts = parts;
  }

  // 1. Hear: sound becomes words, and silence the end of a turn.
  override async sttNode(audio: Audio): Promise<ReadableStream<stt.SpeechEvent> | null> {
    const { listener } = this.#parts;
    if (listener === undefined) return null;
    return listener.hear(audio instanceof ReadableStream ? audio : ReadableStream.from(audio));
  }

  // 2. Think: a sentence that a tool declares runs without the mind; the rest is the mind's.
  //    LiveKit calls this early, on a guess; tools wait for the commit, and so does speech.
  override async llmNode(
    context: llm.ChatContext,
    tools: llm.ToolContext,
    settings: voice.ModelSettings,
  ): Promise<ReadableStream<Said>> {
    return ReadableStream.from(this.#answer(context, tools, settings));
  }

  // 3. Speak: words become sound, clause by clause.
  override async ttsNode(text: Text): Promise<ReadableStream<AudioFrame> | null> {
    const engine = this.#parts.engines.voice();
    if (engine !== undefined) return ReadableStream.from(this.#speak(engine, text));
    this.#parts.events.emit({ type: 'error', ...faultOfVoice(this.#parts) });
    return null;
  }

  // 4. Show: the same words on the page, as they are spoken.
  override async transcriptionNode(
    text: ReadableStream<string | voice.TimedString> | AsyncIterable<string | voice.TimedString>,
  ): Promise<ReadableStream<string | voice.TimedString>> {
    return ReadableStream.from(this.#show(text));
  }

  async *#answer(
    context: llm.ChatContext,
    tools: llm.ToolContext,
    settings: voice.ModelSettings,
  ): AsyncGenerator<Said> {
    const { house, caller, clocks, spoken, engines } = this.#parts;
    const last = context.items.at(-1);
    const ready = last?.type === 'function_call_output' ? spoken.take(last.callId) : undefined;
    if (ready !== undefined) {
      yield ready;
      return;
    }
    if (last?.type === 'message' && last.role === 'user') {
      const match = this.#match(context);
      clocks.begin(match ? 'fast' : 'mind');
      if (match !== undefined) {
        yield spoken.call(match);
        return;
      }
    }
    const mind = engines.mind();
    if (mind === undefined) {
      yield house
        .words(caller.language)
        .notUnderstoodWithoutMind(house.threeExamples(caller.language));
      return;
    }
    yield* this.#think(mind, { context, tools, settings });
  }

  /** The last words alone, or together with the half that came before them. */
  #match(context: llm.ChatContext): FastMatch | undefined {
    const { house, caller } = this.#parts;
    const words = lastWords(context);
    const alone = house.fastPath.match(words.at(-1) ?? '', caller.language);
    return alone ?? house.fastPath.match(words.join(' '), caller.language);
  }

  async *#think(
    mind: llm.LLM,
    turn: { context: llm.ChatContext; tools: llm.ToolContext; settings: voice.ModelSettings },
  ): AsyncGenerator<Said> {
    const { clocks, house, caller } = this.#parts;
    let failure: Error | undefined;
    const onError = (event: { error: Error; recoverable: boolean }): void => {
      if (!event.recoverable) failure = event.error;
    };
    mind.on('error', onError);
    const stream = mind.chat({
      chatCtx: turn.context,
      toolCtx: turn.tools,
      ...(turn.settings.toolChoice ? { toolChoice: turn.settings.toolChoice } : {}),
      connOptions: { maxRetry: 1, retryIntervalMs: 250, timeoutMs: 8_000 },
    });
    let answered = false;
    try {
      for await (const chunk of withSlowWord(stream, slowMindMs)) {
        if (chunk === 'slow') {
          yield `${house.words(caller.language).mindSlow()} `;
          continue;
        }
        if (chunk.delta) clocks.mark('firstToken');
        answered ||= Boolean(chunk.delta?.content || chunk.delta?.toolCalls?.length);
        if (chunk.usage) clocks.note(usageOf(chunk.usage));
        yield chunk;
      }
    } finally {
      mind.off('error', onError);
      stream.close();
    }
    if (failure === undefined && answered) return;
    const fault = faultOfMind(this.#parts, failure ?? nothingSaid(), answered);
    this.#parts.events.emit({ type: 'error', ...fault });
    yield ` ${fault.detail}`;
  }

  async *#speak(engine: Kokoro, text: Text): AsyncGenerator<AudioFrame> {
    const stream = engine.stream();
    let words = '';
    const heard = async function* (): AsyncGenerator<string> {
      for await (const piece of text) {
        words += piece;
        yield piece;
      }
    };
    stream.updateInputStream(ReadableStream.from(heard()));
    let sounded = false;
    try {
      for await (const piece of stream) {
        if (piece === tts.SynthesizeStream.END_OF_STREAM) break;
        if (!sounded) this.#sounds(engine);
        sounded = true;
        yield piece.frame;
      }
    } finally {
      stream.close();
    }
    if (sounded || !hasWords(words)) return;
    this.#parts.events.emit({ type: 'error', ...faultOfVoice(this.#parts) });
  }

  #sounds(engine: Kokoro): void {
    this.#parts.clocks.mark('firstSound');
    this.#parts.onVoice?.((playedMs) => engine.spokenText(playedMs));
  }

  async *#show(
    text: ReadableStream<string | voice.TimedString> | AsyncIterable<string | voice.TimedString>,
  ): AsyncGenerator<string | voice.TimedString> {
    this.#answers += 1;
    const id = `butler-${this.#answers}`;
    let shown = '';
    for await (const piece of text) {
      shown += typeof piece === 'string' ? piece : piece.text;
      const said = shown.trimStart();
      this.#parts.events.emit({ type: 'transcript', who: 'butler', id, text: said, final: false });
      yield piece;
    }
  }

  /** The id of the answer that is being shown. */
  get answerId(): string {
    return `butler-${this.#answers}`;
  }
}

const nothingSaid = (): APIError => new APIConnectionError({ message: 'the mind said nothing' });

const usageOf = (usage: llm.CompletionUsage) => ({
  promptTokens: usage.promptTokens,
  cachedTokens: usage.promptCachedTokens,
  completionTokens: usage.completionTokens,
});

/** What the person said since Butler was last heard, oldest first. */
const lastWords = (context: llm.ChatContext): string[] => {
  const words: string[] = [];
  for (const item of context.items.toReversed()) {
    if (item.type !== 'message' || item.role !== 'user') break;
    words.unshift(item.textContent ?? '');
  }
  return words;
};

/** Passes chunks on; says `slow` once when the first takes longer than `slowMs`. */
async function* withSlowWord<T>(
  source: AsyncIterable<T>,
  slowMs: number,
): AsyncGenerator<T | 'slow'> {
  const iterator = source[Symbol.asyncIterator]();
  let timer: NodeJS.Timeout | undefined;
  const slow = new Promise<'slow'>((resolve) => {
    timer = setTimeout(() => resolve('slow'), slowMs);
  });
  try {
    const first = iterator.next();
    const winner = await Promise.race([first, slow]);
    if (winner === 'slow') yield 'slow';
    for (let next = await first; !next.done; next = await iterator.next()) yield next.value;
  } finally {
    clearTimeout(timer);
    await iterator.return?.();
  }
}
