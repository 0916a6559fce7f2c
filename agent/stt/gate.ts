/** What counts as somebody speaking: pure, so that silence, noise and a cough give no turn. */

/** How loud an utterance is; levels in dB below full scale (0 is the loudest sample possible). */
export interface Loudness {
  durationMs: number;
  /** How long 20 ms windows were louder than a quiet room. */
  loudMs: number;
  /** The level that a tenth of the windows reach: speech has pauses, so no mean. */
  levelDb: number;
}

/** One segment of Whisper's verbose_json; every measure may be missing. */
export interface Segment {
  text: string;
  noSpeechProb?: number | undefined;
  avgLogprob?: number | undefined;
  compressionRatio?: number | undefined;
}

export interface Heard {
  text: string;
  segments: Segment[];
}

/** Why nothing is left of an answer. */
export type Dropped = 'no-speech' | 'unsure' | 'repetition' | 'hallucination' | 'prompt-echo';

export interface Judgement {
  /** Empty when it was no speech. */
  text: string;
  /** 0 to 1: the mean probability of a token, 1 where the service does not say. */
  confidence: number;
  dropped?: Dropped;
}

const WINDOW_MS = 20;
const FULL_SCALE = 32_768;
/** A quiet room with a phone's microphone lies near -60 dB, whispering above -48 dB. */
const QUIET_DB = -52;
/** Speech of a normal voice comes in above this; below it, Whisper likes to invent politeness. */
const FAINT_DB = -42;
/** "No" takes about 150 ms; a click or a bump takes less than this. */
const SHORTEST_SPEECH_MS = 80;
const NO_SPEECH_PROB_MAX = 0.5;
const AVG_LOGPROB_MIN = -0.8;
/** Whisper's own limit for text that repeats itself. */
const COMPRESSION_RATIO_MAX = 2.4;
/** Below this a suspicious text is not believed. */
const SURE_LOGPROB = -0.4;
const SURE_NO_SPEECH_PROB = 0.2;

const decibels = (power: number): number => 10 * Math.log10(Math.max(power, 1e-10));

/** Measures 16-bit mono samples in windows of 20 ms. */
export function measure(samples: Int16Array, sampleRateHz: number): Loudness {
  const windowSamples = Math.round((sampleRateHz * WINDOW_MS) / 1000);
  const levels: number[] = [];
  for (let from = 0; from + windowSamples <= samples.length; from += windowSamples) {
    let power = 0;
    for (let at = from; at < from + windowSamples; at++) power += (samples[at] ?? 0) ** 2;
    levels.push(decibels(power / windowSamples / FULL_SCALE ** 2));
  }
  levels.sort((left, right) => right - left);
  return {
    durationMs: (samples.length / sampleRateHz) * 1000,
    loudMs: levels.filter((level) => level > QUIET_DB).length * WINDOW_MS,
    levelDb: levels[Math.floor(levels.length / 10)] ?? Number.NEGATIVE_INFINITY,
  };
}

/** Too quiet or too short for any word: asking the service would only invite an invention. */
export const worthAsking = ({ loudMs }: Loudness): boolean => loudMs >= SHORTEST_SPEECH_MS;

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** What Whisper writes for near-silence, but people also say: believed only with evidence. */
const politeInventions = new Set([
  'thank you',
  'thank you very much',
  'thank you so much',
  'thanks',
  'you',
  'bye',
  'bye bye',
  'so',
  'oh',
  'hmm',
  'vielen dank',
  'danke',
  'das war s',
  'tschüss',
]);

/** Captions that Whisper learned from videos; nobody says them to a butler. */
const captions = [
  /^thanks? (you )?(so much )?for (watching|listening)/,
  /^(please |don t forget to )?(like and )?subscribe/,
  /^see you (in the )?next (time|video)/,
  /^(subtitles|captions|transcribed|transcription) by/,
  /^(untertitel|untertitelung)\b/,
  /^vielen dank fürs? (zuschauen|zuhören)/,
  /^(music|musik|applause|silence|blank audio|foreign)$/,
];

/** Only the prompt's own names: the prompt was read back instead of the sound. */
function echoes(text: string, names: readonly string[]): boolean {
  const known = new Set(names.flatMap((name) => plain(name).split(' ')));
  const words = plain(text).split(' ');
  return known.size > 0 && words.every((word) => known.has(word) || /^(and|und)$/.test(word));
}

const isSure = ({ noSpeechProb, avgLogprob }: Segment): boolean =>
  (noSpeechProb ?? 0) <= SURE_NO_SPEECH_PROB && (avgLogprob ?? 0) >= SURE_LOGPROB;

/** Why one segment is not believed; undefined when it is. */
function segmentFault(segment: Segment): Dropped | undefined {
  if ((segment.noSpeechProb ?? 0) > NO_SPEECH_PROB_MAX) return 'no-speech';
  if ((segment.avgLogprob ?? 0) < AVG_LOGPROB_MIN) return 'unsure';
  if ((segment.compressionRatio ?? 0) > COMPRESSION_RATIO_MAX) return 'repetition';
  return undefined;
}

export interface Evidence {
  loudness: Loudness;
  /** The names that were in the prompt. */
  names: readonly string[];
  /** The prompt itself. */
  prompt: string;
}

function inventionIn(text: string, kept: Segment[], evidence: Evidence): Dropped | undefined {
  const { loudness, names, prompt } = evidence;
  const said = plain(text);
  if (captions.some((caption) => caption.test(said))) return 'hallucination';
  if (said.length > 0 && said === plain(prompt)) return 'prompt-echo';
  const measured = kept.some(({ avgLogprob }) => avgLogprob !== undefined);
  const faint = loudness.levelDb < FAINT_DB || loudness.loudMs < 2 * SHORTEST_SPEECH_MS;
  const believed = kept.every(isSure) && (measured || !faint);
  if (believed && !(faint && said === 'you')) return undefined;
  if (politeInventions.has(said)) return 'hallucination';
  return echoes(text, names) ? 'prompt-echo' : undefined;
}

/** What is left of an answer: the believable segments, joined; empty when nothing is. */
export function judge(heard: Heard, evidence: Evidence): Judgement {
  const parts = heard.segments.length > 0 ? heard.segments : [{ text: heard.text }];
  const kept = parts.filter((part) => segmentFault(part) === undefined && plain(part.text) !== '');
  const text = (
    kept.length === parts.length && heard.text.trim()
      ? heard.text
      : kept.map((part) => part.text.trim()).join(' ')
  ).trim();
  const fault = kept.length > 0 ? inventionIn(text, kept, evidence) : segmentFaultOf(parts);
  if (fault || kept.length === 0) {
    return { text: '', confidence: 0, dropped: fault ?? 'no-speech' };
  }
  const logprobs = kept.map(({ avgLogprob = 0 }) => avgLogprob);
  const mean = logprobs.reduce((sum, logprob) => sum + logprob, 0) / logprobs.length;
  return { text, confidence: Math.min(1, Math.exp(mean)) };
}

const segmentFaultOf = (parts: Segment[]): Dropped | undefined =>
  parts.map(segmentFault).find((fault) => fault !== undefined);
