/** Names as speech to text may spell them: how far apart two are, and how they sound. Pure. */

/** Lower case, without accents, apostrophes and doubled blanks. */
export const plainName = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/[.'’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const nameLengthMax = 64;

/** Levenshtein's distance with neighbours swapped as one step (optimal string alignment). */
const editDistance = (a: string, b: string): number => {
  const [left, right] = [a.slice(0, nameLengthMax), b.slice(0, nameLengthMax)];
  let before: number[] = [];
  let above = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row++) {
    const line = [row];
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      let cost = Math.min(
        (above[column] ?? 0) + 1,
        (line[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped =
        row > 1 &&
        column > 1 &&
        left[row - 1] === right[column - 2] &&
        left[row - 2] === right[column - 1];
      if (swapped) cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      line.push(cost);
    }
    before = above;
    above = line;
  }
  return above[right.length] ?? 0;
};

/** Letters that sound alike made one, silent ones and vowels after the first dropped. */
const soundOf = (name: string): string => {
  const even = plainName(name)
    .replaceAll(' ', '')
    .replace(/ph/g, 'f')
    .replace(/sch|sh|ch|tch/g, 'S')
    .replace(/ck|c(?=[^eiyh]|$)|q/g, 'k')
    .replace(/c|z|x/g, 's')
    .replace(/[td]h/g, 't')
    .replace(/w/g, 'v')
    .replace(/dg|j/g, 'g')
    .replace(/y/g, 'i')
    .replace(/(?<!^)h/g, '');
  const [first = '', ...rest] = even;
  const consonants = rest.filter((letter) => !'aeiou'.includes(letter)).join('');
  return (('aeiou'.includes(first) ? 'a' : first) + consonants).replace(/(.)\1+/g, '$1');
};

const distanceMax = (length: number): number => (length < 4 ? 0 : length < 7 ? 1 : 2);

/**
 * The one candidate that the heard name must mean: as spelled, nearly as spelled, or as it sounds.
 * @returns undefined when none is near, or two are equally near.
 */
export const nearestName = <Candidate>(
  heard: string,
  candidates: Iterable<Candidate>,
  nameOf: (candidate: Candidate) => string,
): Candidate | undefined => {
  const wanted = plainName(heard);
  const sound = soundOf(heard);
  let best: { candidate: Candidate; score: number } | undefined;
  let rival = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const name = plainName(nameOf(candidate));
    if (Math.abs(name.length - wanted.length) > 3) continue;
    const distance = editDistance(wanted, name);
    const near = distance <= distanceMax(Math.min(wanted.length, name.length));
    const close = wanted.length > 3 && distance <= (wanted.length < 9 ? 2 : 3);
    const alike = close && sound.length > 1 && soundOf(name) === sound;
    if (!near && !alike) continue;
    const score = distance - (alike ? 0.5 : 0);
    if (!best || score < best.score) {
      rival = best?.score ?? rival;
      best = { candidate, score };
    } else rival = Math.min(rival, score);
  }
  return best && best.score < rival ? best.candidate : undefined;
};
