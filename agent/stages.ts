/** A turn as stages, one beside the other: what a trace and the page draw. */
import type { TurnClocks } from './events.ts';

const stageNames = [
  'hear',
  'decide',
  'think',
  'clause',
  'speak',
  'send',
  'carry',
  'filler',
] as const;

export interface Stage {
  name: (typeof stageNames)[number];
  /** Milliseconds since the last sample of speech. */
  fromMs: number;
  toMs: number;
}

/**
 * Stages overlap where Butler thinks before the turn is committed; what a turn did not have is
 * left out. The sound may be ready before the commit: then it waits for it.
 */
export const stagesOf = (clocks: TurnClocks): Stage[] => {
  const { transcriptMs, commitMs, firstTokenMs, firstClauseMs, firstSoundMs } = clocks;
  const { firstSentMs, firstHeardMs, answerHeardMs } = clocks;
  const heardMs = transcriptMs ?? 0;
  const spans: [Stage['name'], number | undefined, number | undefined][] = [
    ['hear', 0, transcriptMs],
    ['decide', transcriptMs, commitMs],
    ['think', heardMs, firstTokenMs],
    ['clause', firstTokenMs ?? heardMs, firstClauseMs],
    ['speak', firstClauseMs, firstSoundMs],
    ['send', Math.max(firstSoundMs ?? 0, commitMs ?? 0), firstSentMs],
    ['carry', firstSentMs, firstHeardMs],
    ['filler', firstHeardMs, answerHeardMs],
  ];
  return spans.flatMap(([name, fromMs, toMs]) =>
    fromMs === undefined || toMs === undefined || toMs <= fromMs ? [] : [{ name, fromMs, toMs }],
  );
};

/** When the last thing that is known of happened, milliseconds since the last sample. */
export const endOf = (clocks: TurnClocks): number =>
  Math.max(0, ...stagesOf(clocks).map(({ toMs }) => toMs));
