/** Where the milliseconds of a turn went, from the last sample of speech to the first one heard. */
import type { ToolMark, TurnClocks, TurnCost } from './events.ts';
import { groqCostUsd, mindCostUsd, type Tokens } from './prices.ts';

type AnswerMark = 'firstToken' | 'firstClause' | 'firstSound' | 'firstSent';
type Mark = 'transcript' | 'commit' | AnswerMark | 'firstHeard' | 'answerHeard';

const answerMarks = ['firstToken', 'firstClause', 'firstSound', 'firstSent'] as const;
const heardMarks = ['firstHeard', 'answerHeard'] as const;

/** One or more requests to speech to text for the same sound. */
export interface Transcription {
  /** Charged by the table; undefined: the house's own, free. */
  groqModel: string | undefined;
  audioMs: number;
  requests: number;
}

/** A sum that is no longer known once one of its parts is not. */
class Sum {
  #usd: number | undefined = 0;

  add(usd: number | undefined): void {
    this.#usd = usd === undefined || this.#usd === undefined ? undefined : this.#usd + usd;
  }

  get usd(): number | undefined {
    return this.#usd;
  }
}

/** An answer in the making, before or after its turn is committed. */
class Draft {
  readonly marks = new Map<Mark, number>();
  readonly facts: Partial<TurnClocks> = {};
  readonly tools: ToolMark[] = [];
  readonly mind = new Sum();
  tokens: Tokens | undefined;
  answers = 0;
  lastSampleAtMs: number | undefined;
  input: TurnClocks['input'] = 'text';
  hearing: { usd: number | undefined; made: number; thrownAway: number } | undefined;
  answersThrownAway = 0;
}

/** What is sounding: where in it the answer begins, known only as it is made. */
interface Sounding {
  answerFromMs: () => number | undefined;
  startedAtMs: number | undefined;
}

/** Times come from `now`: milliseconds, monotonic. */
export class Clocks {
  readonly #now: () => number;
  #turn = new Draft();
  /** Thinks on a guess: its marks become the turn's when the guess is committed. */
  #draft: Draft | undefined;
  #guessing = false;
  #thrownAway = 0;
  #transcriptions = { cost: new Sum(), made: 0 };
  /** Made, and not yet on its way: an early answer waits for its turn. */
  #made: Sounding | undefined;
  #sounding: Sounding | undefined;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Words of an utterance that may not be over: what begins now belongs to it, if it is used. */
  guessed(): void {
    this.#guessing = true;
  }

  /** The mind (or the fast path) starts on a person's words, perhaps before the commit. */
  begin(path: 'fast' | 'mind'): void {
    if (this.#guessing) {
      this.#thrownAway += this.#draft?.answers ?? 0;
      this.#draft = new Draft();
    }
    const answer = this.#answer;
    for (const mark of answerMarks) answer.marks.delete(mark);
    answer.facts.path = path;
    answer.answers += 1;
  }

  /** A spoken turn is committed. */
  committed(turn: { lastSampleAtMs: number; transcriptAtMs: number; hold: boolean }): void {
    const answer = this.#open(this.#draft ?? new Draft());
    answer.lastSampleAtMs = turn.lastSampleAtMs;
    answer.input = turn.hold ? 'hold' : 'voice';
    answer.marks.set('transcript', turn.transcriptAtMs);
    answer.marks.set('commit', this.#now());
  }

  /** A spoken turn ended without words, because they could not be had. */
  unheard(turn: { lastSampleAtMs: number }): void {
    const answer = this.#open(new Draft());
    answer.lastSampleAtMs = turn.lastSampleAtMs;
    answer.input = 'voice';
  }

  /** A typed turn begins now. */
  typed(): void {
    this.#open(new Draft()).lastSampleAtMs = this.#now();
  }

  /** Only the first time counts. */
  mark(mark: 'firstToken' | 'firstClause'): void {
    this.#mark(this.#answer, mark);
  }

  /** The voice has begun; `answerFromMs`: where in this sound the first clause but fillers is. */
  sounds(answerFromMs: () => number | undefined): void {
    this.#mark(this.#answer, 'firstSound');
    this.#made = { answerFromMs, startedAtMs: undefined };
  }

  /** The sound that the voice made last is on its way to the listener. */
  sent(): void {
    const startedAtMs = this.#now();
    this.#mark(this.#turn, 'firstSent', startedAtMs);
    if (this.#made) this.#sounding = { ...this.#made, startedAtMs };
    this.#made = undefined;
  }

  /** The client: so much of what sounds has left the loudspeaker by now. */
  heard(playedMs: number): void {
    const { marks } = this.#turn;
    const sentAtMs = marks.get('firstSent');
    if (sentAtMs === undefined || marks.has('answerHeard')) return;
    const began = Math.max(sentAtMs, this.#now() - playedMs);
    this.#mark(this.#turn, 'firstHeard', began);
    const fromMs = this.#sounding?.answerFromMs();
    if (fromMs === undefined || playedMs < fromMs) return;
    const earliest = (this.#answerSentAtMs() ?? sentAtMs) + this.#wayMs();
    this.#mark(this.#turn, 'answerHeard', Math.max(earliest, this.#now() - playedMs + fromMs));
  }

  used(model: string, usage: Tokens): void {
    const answer = this.#answer;
    answer.mind.add(mindCostUsd(model, usage));
    const before = answer.tokens ?? {
      promptTokens: 0,
      cachedTokens: 0,
      cacheWriteTokens: 0,
      completionTokens: 0,
    };
    answer.tokens = {
      promptTokens: before.promptTokens + usage.promptTokens,
      cachedTokens: before.cachedTokens + usage.cachedTokens,
      cacheWriteTokens: before.cacheWriteTokens + usage.cacheWriteTokens,
      completionTokens: before.completionTokens + usage.completionTokens,
    };
  }

  transcribed({ groqModel, audioMs, requests }: Transcription): void {
    if (requests === 0) return;
    this.#transcriptions.made += requests;
    const free = groqModel === undefined;
    this.#transcriptions.cost.add(free ? 0 : groqCostUsd(groqModel, { audioMs, requests }));
  }

  tool(mark: ToolMark): void {
    this.#turn.tools.push(mark);
  }

  interrupted(): void {
    this.#turn.facts.interrupted = true;
  }

  /** How long ago the last sample of speech was; 0 when nobody has spoken yet. */
  get sinceLastSampleMs(): number {
    return this.#now() - (this.#turn.lastSampleAtMs ?? this.#now());
  }

  /** The clocks of the turn so far; empty of times when nobody has spoken yet. */
  read(): TurnClocks {
    const turn = this.#turn;
    const clocks: TurnClocks = { input: turn.input, ...turn.facts, ...tokensOf(turn) };
    if (turn.hearing) {
      clocks.transcriptions = turn.hearing.made;
      clocks.transcriptionsThrownAway = turn.hearing.thrownAway;
    }
    if (turn.answers > 0) {
      clocks.answers = turn.answers + turn.answersThrownAway;
      clocks.answersThrownAway = clocks.answers - 1;
    }
    if (turn.answers > 0 || turn.hearing) clocks.cost = costOf(turn);
    if (turn.tools.length > 0) clocks.tools = [...turn.tools];
    if (turn.lastSampleAtMs === undefined) return clocks;
    this.#inferAnswerHeard();
    for (const [mark, at] of turn.marks) {
      clocks[`${mark}Ms`] = Math.round(at - turn.lastSampleAtMs);
    }
    return clocks;
  }

  /** The answer that is being made: of a guess, else of the turn. */
  get #answer(): Draft {
    return this.#draft ?? this.#turn;
  }

  #open(turn: Draft): Draft {
    // What a guess was answered with is unheard until the turn is committed.
    for (const mark of [...heardMarks, 'firstSent'] as const) turn.marks.delete(mark);
    if (this.#draft !== turn) this.#thrownAway += this.#draft?.answers ?? 0;
    turn.answersThrownAway = this.#thrownAway;
    const { made, cost } = this.#transcriptions;
    const thrownAway = Math.max(0, made - 1);
    if (made > 0) turn.hearing = { usd: cost.usd, made, thrownAway };
    this.#transcriptions = { cost: new Sum(), made: 0 };
    this.#thrownAway = 0;
    this.#draft = undefined;
    this.#guessing = false;
    this.#turn = turn;
    return turn;
  }

  #mark(answer: Draft, mark: Mark, atMs = this.#now()): void {
    if (!answer.marks.has(mark)) answer.marks.set(mark, atMs);
  }

  /** When the first sample that is no filler was on its way. */
  #answerSentAtMs(): number | undefined {
    const { startedAtMs, answerFromMs } = this.#sounding ?? {};
    const fromMs = answerFromMs?.();
    return startedAtMs === undefined || fromMs === undefined ? undefined : startedAtMs + fromMs;
  }

  /** From here to the loudspeaker, as the first sound of the turn showed it. */
  #wayMs(): number {
    const { marks } = this.#turn;
    const sentAtMs = marks.get('firstSent');
    return Math.max(0, (marks.get('firstHeard') ?? 0) - (sentAtMs ?? 0));
  }

  /** A client that reports only the first sound: the answer after a filler took the same way. */
  #inferAnswerHeard(): void {
    const { marks, facts } = this.#turn;
    const sentAtMs = this.#answerSentAtMs();
    if (!marks.has('firstHeard') || facts.interrupted || sentAtMs === undefined) return;
    this.#mark(this.#turn, 'answerHeard', sentAtMs + this.#wayMs());
  }
}

const tokensOf = ({ tokens }: Draft): Partial<TurnClocks> => {
  if (tokens === undefined) return {};
  const { promptTokens, cachedTokens, completionTokens } = tokens;
  const uncachedTokens = promptTokens - cachedTokens;
  return { promptTokens, cachedTokens, uncachedTokens, completionTokens };
};

/** The voice is the house's own and costs nothing. */
const costOf = ({ mind, hearing, marks, tokens }: Draft): TurnCost => {
  // A mind that spoke and was cut off never said what it used.
  const untold = marks.has('firstToken') && tokens === undefined;
  const mindUsd = untold ? undefined : mind.usd;
  const hearingUsd = hearing ? hearing.usd : 0;
  const known = mindUsd !== undefined && hearingUsd !== undefined;
  return {
    ...(mindUsd === undefined ? {} : { mindUsd }),
    ...(hearingUsd === undefined ? {} : { hearingUsd }),
    voiceUsd: 0,
    ...(known ? { totalUsd: mindUsd + hearingUsd } : {}),
  };
};
