/** What one can say, for whoever asks what Butler can do or was not understood. */
import type { AnyTool } from '../../tools/core/define.ts';
import { tongueOf } from './sentence.ts';

/** @returns up to `count` sentences one can say, from as many different tools as possible. */
export const examplesOf = (
  tools: Iterable<Pick<AnyTool, 'examples'>>,
  language: string,
  count = 3,
): string[] => {
  const tongue = tongueOf(language);
  return [...tools]
    .flatMap(
      ({ examples }) => examples?.find((one) => tongueOf(one.language ?? 'en') === tongue) ?? [],
    )
    .slice(0, count)
    .map(({ says }) => says);
};
