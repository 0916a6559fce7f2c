/** Titles and places to be read aloud: other people's words, cut and without markup. Pure. */

const titleMax = 60;
const placeMax = 50;

/** One line of plain words, at most `max` characters, cut between words. */
export const plainText = (text: string, max: number): string => {
  const line = text
    .slice(0, 2_000)
    .normalize('NFC')
    .replace(/<[^>]{0,200}>/g, ' ')
    .replace(/\b(?:https?:\/\/|www\.)\S+/gi, ' ')
    // Controls, marks that turn the direction of text, and pictures are not words.
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Extended_Pictographic}]/gu, ' ')
    .replace(/[*_#`~|<>[\]{}\\^=]+/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s\p{P}]+|[\s,;:–—-]+$/gu, '');
  if (line.length <= max) return line;
  const cut = line.slice(0, max);
  const end = cut.lastIndexOf(' ');
  return (end > max / 2 ? cut.slice(0, end) : cut).replace(/[\s\p{P}]+$/u, '');
};

export const spokenTitle = (title: string): string => plainText(title, titleMax);

/** Links and names of programs are no places. */
const isOnline =
  /^(microsoft teams|teams|zoom|google meet|webex|skype|online|virtual|phone|telefon|call)\b/i;

/** A place as it is said: its first part, without the rest of the address. */
export const spokenPlace = (place: string | undefined): string | undefined => {
  const plain = plainText(place ?? '', 200);
  if (plain === '' || isOnline.test(plain)) return undefined;
  const [first = ''] = plain.split(/[,;]|\s[-–—]\s/);
  return plainText(first, placeMax) || undefined;
};
