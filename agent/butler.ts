/** One turn, top to bottom: LiveKit calls these methods in this order. */
import { type llm, type stt, tts, voice } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';
import type { Kokoro, KokoroStream } from '../tts/kokoro.ts';
import { hasWords } from '../tts/speakable.ts';
import type { Caller } from './caller.ts';
import type { Clocks } from './clocks.ts';
import type { TurnEvents } from './events.ts';
import { faultOfVoice } from './faults.ts';
import type { Engines, House } from './house.ts';
import type { Keeping } from './keeping.ts';
import { takeBackName } from './offering.ts';
import { read } from './reading.ts';
import { lastWords } from './spoken-words.ts';
import type { Listener } from './stt/listen.ts';
import { takesBack } from './taking-back.ts';
import { bridge, type MindTurn, type Said, think } from './thinking.ts';
import { toolsFor } from './tools-for.ts';
import { isFiller } from './words.ts';

export interface ButlerParts extends Keeping {
  /** The turn that is open, if one is. */
  openTurn: () => string | undefined;
  /** The turn that is open, or was last. */
  turnId: () => string;
  house: House;
  caller: Caller;
  listener: Listener | undefined;
  engines: Engines;
  clocks: Clocks;
  events: TurnEvents;
  /** Takes what Butler has to tell unasked. */
  report: (say: string) => void;
  /** What was to be told and has no other way to this person than the next answer. */
  meanwhile: () => string[];
  /** Words by milliseconds played, for an answer that is interrupted. */
  onVoice: ((spokenText: (playedMs: number) => string) => void) | undefined;
}

type Audio = ReadableStream<AudioFrame> | AsyncIterable<AudioFrame>;
type Text = ReadableStream<string> | AsyncIterable<string>;

export class Butler extends voice.Agent {
  readonly #parts: ButlerParts;
  #answers = 0;
  #shown: { id: string; turnId?: string } = { id: 'butler-0' };

  constructor(parts: ButlerParts) {
    super({ instructions: parts.remembering.instructions(), tools: toolsFor(parts) });
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
    const { toolChoice } = settings;
    return leavable((left) => this.#answer({ context, tools, toolChoice, left }));
  }

  // 3. Speak: words become sound, clause by clause.
  override async ttsNode(text: Text): Promise<ReadableStream<AudioFrame>> {
    const engine = this.#parts.engines.voice();
    if (engine !== undefined) return ReadableStream.from(this.#speak(engine, text));
    this.#parts.events.emit({ type: 'error', ...faultOfVoice(this.#parts) });
    // Not null: LiveKit would close its streams twice, and what that throws can end the process.
    return unspoken(text);
  }

  // 4. Show: the same words on the page, as they are spoken.
  override async transcriptionNode(
    text: ReadableStream<string | voice.TimedString> | AsyncIterable<string | voice.TimedString>,
  ): Promise<ReadableStream<string | voice.TimedString>> {
    return ReadableStream.from(this.#show(text));
  }

  async *#answer(turn: Omit<MindTurn, 'mind' | 'remembered' | 'tainted'>): AsyncGenerator<Said> {
    const { house, caller, deeds, engines, meanwhile, purse } = this.#parts;
    const { context, left } = turn;
    // What a tool said for itself, or the gate's question: the mind is not asked again.
    const ready = deeds.answer(context);
    if (ready !== undefined) {
      yield ready;
      return;
    }
    const last = context.items.at(-1);
    if (last?.type === 'message' && last.role === 'user') {
      for (const report of meanwhile()) yield `${report} `;
      const known = this.#known(context) ?? (await this.#understood(context, left));
      this.#parts.clocks.begin(known ? 'fast' : 'mind');
      if (known !== undefined) {
        yield known;
        if (typeof known !== 'string') yield* bridge(this.#parts, callsOf(known), left);
        return;
      }
    }
    const words = house.words(caller.language);
    const usual = engines.mind();
    if (usual === undefined) {
      yield words.notUnderstoodWithoutMind(house.threeExamples(caller.language));
      return;
    }
    const capped = purse.refusesTurn();
    const mind = capped === undefined ? usual : engines.freeMind();
    if (mind === undefined) {
      if (capped !== undefined) yield words.mindCapped(capped);
      return;
    }
    const { context: remembered, tainted } = await read(this.#parts, context);
    if (left.aborted) return;
    yield* think(this.#parts, { ...turn, mind, remembered, tainted });
  }

  /** What needs no mind: an answer to the gate's question, or a sentence that a tool declares. */
  #known(context: llm.ChatContext): Said | undefined {
    const { house, caller, confirmation, deeds } = this.#parts;
    const words = lastWords(context);
    const reply = confirmation.replyTo(words.at(-1) ?? '');
    if (reply?.means === 'no') return house.words(caller.language).leftAlone();
    if (reply !== undefined) return deeds.confirm(reply);
    const back = this.#takesBack(words.at(-1) ?? '');
    if (back) return back;
    // The last words alone, or together with the half that came before them.
    const alone = house.fastPath.match(words.at(-1) ?? '', caller.language);
    const match = alone ?? house.fastPath.match(words.join(' '), caller.language);
    return match && deeds.call(match);
  }

  /** Words that take back what was done; others only where they name something that was. */
  #takesBack(words: string): llm.ChatChunk | undefined {
    const { caller, deeds, takingBack } = this.#parts;
    const request = takesBack(words, caller.language);
    if (!request) return undefined;
    const call = deeds.call({ tool: takeBackName, input: { what: words } });
    if (takingBack.pressed(words, call.id)) return call;
    const plain = request.which !== 'named' || request.plain;
    return !plain && 'none' in takingBack.choose(request) ? undefined : call;
  }

  /** What a service knows of itself, such as Home Assistant: its call goes the same way. */
  async #understood(context: llm.ChatContext, signal: AbortSignal): Promise<Said | undefined> {
    const { house, caller, deeds } = this.#parts;
    const { language } = caller;
    const words = lastWords(context).at(-1) ?? '';
    const match = await house.toolbox.understand(words, { language, signal });
    return match && deeds.call(match);
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
        if (!sounded) this.#sounds(stream);
        sounded = true;
        yield piece.frame;
      }
    } finally {
      stream.close();
    }
    if (sounded || !hasWords(words)) return;
    this.#parts.events.emit({ type: 'error', ...faultOfVoice(this.#parts) });
  }

  #sounds(reply: KokoroStream): void {
    const { clocks, caller } = this.#parts;
    clocks.sounds(() => reply.startOf((text) => !isFiller(text, caller.language)));
    this.#parts.onVoice?.((playedMs) => reply.spokenText(playedMs));
  }

  async *#show(
    text: ReadableStream<string | voice.TimedString> | AsyncIterable<string | voice.TimedString>,
  ): AsyncGenerator<string | voice.TimedString> {
    this.#answers += 1;
    const id = `butler-${this.#answers}`;
    const turnId = this.#parts.openTurn();
    const answer = { id, ...(turnId !== undefined && { turnId }) };
    this.#shown = answer;
    let shown = '';
    for await (const piece of text) {
      shown += typeof piece === 'string' ? piece : piece.text;
      const said = shown.trimStart();
      const transcript = { type: 'transcript', who: 'butler', text: said, final: false } as const;
      this.#parts.events.emit({ ...transcript, ...answer });
      yield piece;
    }
  }

  /** The answer that is being shown: its id, and of which turn it is. */
  get shown(): { id: string; turnId?: string } {
    return this.#shown;
  }
}

/** The words pass, and nothing sounds: they are shown by the way beside this one. */
const unspoken = (text: Text): ReadableStream<AudioFrame> => {
  const words: ReadableStream<string> =
    text instanceof ReadableStream ? text : ReadableStream.from(text);
  return words.pipeThrough(new TransformStream({ transform: () => undefined }));
};

const callsOf = ({ delta }: llm.ChatChunk): llm.FunctionCall[] => delta?.toolCalls ?? [];

/**
 * A stream that can be left while it waits: an answer that nobody wants any more ends at once, also
 * in the middle of a wait for a tool.
 */
const leavable = <T>(answer: (left: AbortSignal) => AsyncGenerator<T>): ReadableStream<T> => {
  const left = new AbortController();
  const iterator = answer(left.signal);
  return new ReadableStream<T>(
    {
      pull: async (controller) => {
        const { done, value } = await iterator.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: async () => {
        left.abort();
        await iterator.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
};
