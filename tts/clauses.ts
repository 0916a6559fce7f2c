/** Streamed text in pieces a voice can begin with: the first one early, later ones as sentences. */
import { english, type Language, languageOf } from './languages.ts';

export interface ClauseLimits {
  /** The first piece may end at a comma from this length on; at a sentence end, always. */
  firstCharactersMin: number;
  /** Without any mark, the first piece is cut between words from this length on... */
  unmarkedCharacters: number;
  /** ...once it has waited so long, milliseconds. */
  unmarkedAfterMs: number;
  /** Later pieces are whole sentences up to this length. */
  charactersMax: number;
  /** Later sentences shorter than this wait for company. */
  aloneCharactersMin: number;
  /** A mark at the very end of the text so far counts when nothing follows for this long. */
  graceMs: number;
}

const defaults: ClauseLimits = {
  firstCharactersMin: 12,
  unmarkedCharacters: 50,
  unmarkedAfterMs: 250,
  charactersMax: 160,
  aloneCharactersMin: 20,
  graceMs: 25,
};

interface Cut {
  /** Where the piece ends. */
  at: number;
  kind: 'sentence' | 'clause';
}

const CLOSERS = `["'”’)\\]*_]*`;
const SENTENCE = new RegExp(`[.!?…]+${CLOSERS}`, 'y');
const CLAUSE = new RegExp(`[,;:]${CLOSERS}|[–-](?=\\s)|—`, 'y');
const FENCE = /```|~~~/y;
/** Links and inline code, also while they are still being written. */
const WHOLE = /!?\[[^\]\n]{0,200}(?:\]\([^)\s]{0,500}\)?|$)|`[^`\n]{1,200}(?:`|$)/y;
const wordsIn = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

/** Reads one text from its beginning and finds where it may be cut. */
class Scan {
  readonly #text: string;
  readonly #language: Language;
  /** The text is complete, or has rested: a mark at its end stands. */
  readonly #rested: boolean;
  readonly #ended: boolean;

  constructor(text: string, options: { language: Language; rested: boolean; ended: boolean }) {
    this.#text = text;
    this.#language = options.language;
    this.#rested = options.rested || options.ended;
    this.#ended = options.ended;
  }

  *cuts(): Generator<Cut> {
    for (let at = 0; at < this.#text.length; ) {
      const fence = this.#match(FENCE, at);
      if (fence) {
        const close = this.#text.indexOf(fence, at + fence.length);
        if (close < 0) return;
        at = close + fence.length;
        yield { at, kind: 'sentence' };
        continue;
      }
      const whole = this.#match(WHOLE, at);
      if (whole) {
        at += whole.length;
        continue;
      }
      const cut = this.#cutAt(at);
      if (cut) yield cut;
      at = cut ? cut.at : at + 1;
    }
  }

  #match(pattern: RegExp, at: number): string | undefined {
    pattern.lastIndex = at;
    return pattern.exec(this.#text)?.[0];
  }

  #cutAt(at: number): Cut | undefined {
    if (this.#text[at] === '\n') return this.#lineEnd(at);
    if (this.#isTableRow(at)) return undefined;
    const mark = this.#match(SENTENCE, at);
    if (mark) {
      const end = at + mark.length;
      return this.#stands(end) && this.#endsSentence(at, mark)
        ? { at: end, kind: 'sentence' }
        : undefined;
    }
    const pause = this.#match(CLAUSE, at);
    if (!pause) return undefined;
    const end = at + pause.length;
    const dash = /^[–-]/.test(pause);
    if (dash && !/[^\d\s]\s$/.test(this.#text.slice(0, at))) return undefined;
    return pause === '—' || this.#stands(end) ? { at: end, kind: 'clause' } : undefined;
  }

  /** Space follows, or nothing more comes. */
  #stands(end: number): boolean {
    const next = this.#text[end];
    return next === undefined ? this.#rested : /\s/.test(next);
  }

  #endsSentence(at: number, mark: string): boolean {
    if (!mark.startsWith('.') || mark.startsWith('..')) return true;
    const before = this.#text.slice(0, at);
    // "9." may become "9.30"; a number at the start of a line numbers a list.
    const rest = this.#text.slice(at + mark.length);
    if (/\d$/.test(before)) {
      if (/(^|\n)\s*\d{1,3}$/.test(before)) return false;
      if (this.#language.dottedOrdinals) return this.#ended && rest.trim() === '';
      return rest !== '' || this.#ended;
    }
    const word = /(?:\p{L}\.\s?)*\p{L}+$/u.exec(before)?.[0] ?? '';
    const isInitial = /(^|\.)\s?\p{L}$/u.test(word) && !/^[IA]$/.test(word);
    const name = word.toLowerCase().replace(/\s/g, '');
    const known = name in this.#language.abbreviations || name === 'st' || name === 'no';
    if (!known && !isInitial) return true;
    if (rest.trim() === '') return this.#ended;
    // "etc." and "p.m." end a sentence when a new one begins.
    return /^(etc|usw|[ap]\.m)$/.test(name) && /^\s+\p{Lu}/u.test(rest);
  }

  #isTableRow(at: number): boolean {
    const from = this.#text.lastIndexOf('\n', at - 1) + 1;
    return /^\s*\|/.test(this.#text.slice(from, at));
  }

  /** A line is a piece of its own, except inside a table. */
  #lineEnd(at: number): Cut | undefined {
    if (this.#isTableRow(at)) {
      const next = this.#text[at + 1];
      if (next === '|' || next === ' ' || (next === undefined && !this.#ended)) return undefined;
    }
    return wordsIn(this.#text.slice(0, at)) ? { at: at + 1, kind: 'sentence' } : undefined;
  }
}

export class ClauseCutter {
  readonly #limits: ClauseLimits;
  readonly #language: Language;
  #text = '';
  #first = true;
  /** When the text at hand began, and when it last grew. */
  #sinceMs = 0;
  #grownMs = 0;

  constructor({ language, ...limits }: Partial<ClauseLimits> & { language?: string } = {}) {
    this.#limits = { ...defaults, ...limits };
    this.#language = language ? languageOf(language) : english;
  }

  /** Pieces that are ready with this text; all pieces joined are exactly what was pushed. */
  push(text: string, nowMs: number): string[] {
    if (this.#text === '') this.#sinceMs = nowMs;
    this.#text += text;
    this.#grownMs = nowMs;
    return this.#take({ rested: false, ended: false, nowMs });
  }

  /** Pieces that have become ready by waiting. */
  due(nowMs: number): string[] {
    const rested = nowMs - this.#grownMs >= this.#limits.graceMs;
    return this.#take({ rested, ended: false, nowMs });
  }

  /** When `due` should be asked next; undefined when only more text can help. */
  nextDueMs(nowMs: number): number | undefined {
    if (!wordsIn(this.#text)) return undefined;
    const graceMs = this.#grownMs + this.#limits.graceMs;
    const aloneMs = this.#grownMs + this.#limits.unmarkedAfterMs;
    const unmarkedMs = this.#sinceMs + this.#limits.unmarkedAfterMs;
    const times = [graceMs, aloneMs, unmarkedMs].filter((time) => time > nowMs);
    return times.length > 0 ? Math.min(...times) : undefined;
  }

  /** Everything that is left: no more text comes. */
  flush(nowMs: number): string[] {
    const pieces = this.#take({ rested: true, ended: true, nowMs });
    if (this.#text) pieces.push(this.#text);
    this.#text = '';
    return pieces;
  }

  #take(state: { rested: boolean; ended: boolean; nowMs: number }): string[] {
    const pieces: string[] = [];
    for (;;) {
      const at = this.#first ? this.#firstCut(state) : this.#laterCut(state);
      if (!at) return pieces;
      pieces.push(this.#text.slice(0, at));
      this.#text = this.#text.slice(at);
      this.#sinceMs = state.nowMs;
      this.#first = false;
    }
  }

  #scan(state: { rested: boolean; ended: boolean }): Cut[] {
    return [...new Scan(this.#text, { language: this.#language, ...state }).cuts()];
  }

  #firstCut(state: { rested: boolean; ended: boolean; nowMs: number }): number | undefined {
    const { firstCharactersMin, unmarkedCharacters, unmarkedAfterMs, charactersMax } = this.#limits;
    for (const { at, kind } of this.#scan(state)) {
      const piece = this.#text.slice(0, at);
      if (!wordsIn(piece)) continue;
      if (kind === 'sentence' || piece.trim().length >= firstCharactersMin) return at;
    }
    const waited = state.nowMs - this.#sinceMs >= unmarkedAfterMs;
    const isLong = this.#text.length > charactersMax;
    if (isLong || (waited && this.#text.trim().length >= unmarkedCharacters)) {
      return this.#wordEnd(charactersMax);
    }
    return undefined;
  }

  #laterCut(state: { rested: boolean; ended: boolean; nowMs: number }): number | undefined {
    const { charactersMax, aloneCharactersMin, unmarkedAfterMs } = this.#limits;
    const cuts = this.#scan(state);
    const ends = cuts.filter(
      ({ at, kind }) => kind === 'sentence' && wordsIn(this.#text.slice(0, at)),
    );
    const fitting = ends.filter(({ at }) => at <= charactersMax).at(-1)?.at ?? ends[0]?.at;
    if (fitting !== undefined && (fitting <= charactersMax || this.#isWhole(fitting))) {
      const alone = this.#text.slice(0, fitting).trim().length < aloneCharactersMin;
      const waited = state.ended || state.nowMs - this.#grownMs >= unmarkedAfterMs;
      return alone && !waited ? undefined : fitting;
    }
    if (this.#text.length <= charactersMax || /```|~~~/.test(this.#text)) return undefined;
    const pauses = cuts.filter(({ at }) => at <= charactersMax && at >= aloneCharactersMin);
    return pauses.at(-1)?.at ?? this.#wordEnd(charactersMax);
  }

  /** Code and tables stay in one piece, however long: most of them is not read. */
  #isWhole(at: number): boolean {
    return /```|~~~|\n\s*\|/.test(this.#text.slice(0, at));
  }

  /** Between words, but not between a number and what it counts, nor inside a link. */
  #wordEnd(max: number): number | undefined {
    const head = this.#text.slice(0, max + 1);
    if (/\[[^\]\n]*$|\]\([^)\s]*$|`[^`\n]*$|```/.test(head)) return undefined;
    for (let at = Math.min(max, head.length - 1); at >= this.#limits.firstCharactersMin; at--) {
      if (/\s/.test(head[at] ?? '') && /[\p{L}.,;:!?]/u.test(head[at - 1] ?? '')) return at;
    }
    return undefined;
  }
}
