/** Who is meant by a name that was heard: servers compare letters, people do not. */
import { nearestName, plainName } from '../core/sounds.ts';
import type { Mail } from './mailbox.ts';

const letters: Record<string, string> = {
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
};

/** "Bjørn" as "bjorn". */
const plain = (name: string): string =>
  plainName(name.toLowerCase().replace(/[øæœłđðþ]/g, (letter) => letters[letter] ?? letter));

const addressWords = (address: string): string => plain(address.replace(/[@._-]+/g, ' '));

/** The mails of senders that the name is a part of; else of the one whose name sounds like it. */
export const sentBy = (mails: readonly Mail[], heard: string): Mail[] => {
  const wanted = plain(heard);
  const exact = mails.filter(
    ({ from: { name, address } }) =>
      plain(name).includes(wanted) ||
      addressWords(address).includes(wanted) ||
      address.toLowerCase().includes(heard.toLowerCase()),
  );
  if (exact.length > 0 || wanted.length < 3) return exact;
  const names = mails.flatMap(({ from: { name, address } }) => {
    const whole = plain(name) || addressWords(address);
    return [whole, ...whole.split(' ').filter((word) => word.length > 2)];
  });
  const near = nearestName(wanted, new Set(names), (name) => name);
  if (near === undefined) return [];
  return mails.filter(({ from: { name, address } }) =>
    ` ${plain(name) || addressWords(address)} `.includes(` ${near} `),
  );
};
