/** What the file tools do: find, list what is new, read piece by piece, share and unshare. */
import { ToolError, type ToolResult } from '../core/define.ts';
import { filesCard } from './card.ts';
import { type Entry, isKind, type Kind, nameOf, newestFirst } from './entry.ts';
import type { Cloud } from './nextcloud.ts';
import { endOf, isReadOnly, readShare, type Share, share, unshare } from './ocs.ts';
import {
  type Context,
  found,
  lookFor,
  type Place,
  placeNamed,
  placesFor,
  readPart,
} from './places.ts';
import { isReadable, pieceOf, readMaxBytes } from './text.ts';
import { fileWords, heard } from './words.ts';

const foundMax = 20;
const heardMax = 3;
const shownMaxCharacters = 1_200;

const shown = (entries: readonly Entry[]) => {
  let left = shownMaxCharacters;
  return entries.slice(0, foundMax).flatMap(({ file, bytes, changedAt }) => {
    left -= file.length + 50;
    if (left < 0) return [];
    const kB = bytes === undefined ? undefined : Math.ceil(bytes / 1024);
    const changed = changedAt?.toISOString().slice(0, 10);
    return [{ file, ...(changed && { changed }), ...(kB !== undefined && { kB }) }];
  });
};

const named = (entries: readonly Entry[], { words, language }: Context): string => {
  const names = entries.slice(0, heardMax).map(({ file }) => heard(nameOf(file)));
  const more = entries.length - names.length;
  return more > 0 ? fileWords(language).more(names.join(', '), more) : words.list(names);
};

const dateOf = ({ changedAt }: Entry, { words, timeZone }: Context): string =>
  changedAt ? words.date(changedAt, timeZone) : '';

export const findFiles = async (
  wanted: { words: string; kind?: Kind | undefined },
  context: Context,
): Promise<ToolResult> => {
  const said = fileWords(context.language);
  const { entries, cut } = await found(wanted, context);
  const [first] = entries;
  const note = cut ? said.cut : '';
  if (!first) return { say: said.none(heard(wanted.words)) + note, show: [] };
  const folder = heard(first.file.slice(0, -nameOf(first.file).length).replace(/\/$/, ''), 60);
  const say =
    entries.length === 1
      ? said.one(heard(nameOf(first.file)), folder, dateOf(first, context))
      : said.many(String(entries.length), named(entries, context));
  return { say: say + note, show: shown(entries), card: filesCard(entries) };
};

const dayMs = 86_400_000;

export const recentFiles = async (
  { days, kind }: { days: number; kind?: Kind | undefined },
  context: Context,
): Promise<ToolResult> => {
  const said = fileWords(context.language);
  const since = new Date(context.now().getTime() - days * dayMs);
  const { entries, cut } = await lookFor({ since }, context);
  const changed = entries
    .filter(({ changedAt, file }) => changedAt && changedAt >= since && isKind(file, kind))
    .sort(newestFirst);
  const note = cut ? said.cut : '';
  if (changed.length === 0) return { say: said.noneRecent + note, show: [] };
  const say = said.recent(named(changed, context)) + note;
  return { say, show: shown(changed), card: filesCard(changed) };
};

interface Meant extends Place {
  /** As `files_find` has it. */
  file: string;
}

/** The one file that is meant, by its path or by words of its name. @throws {ToolError} */
const meant = async (file: string, context: Context): Promise<Meant> => {
  const said = fileWords(context.language);
  const exact = await placeNamed(file, context);
  if (exact) return { ...exact, file };
  const { entries } = await found({ words: file }, context);
  const [first, ...others] = entries;
  if (!first) throw new ToolError(said.none(heard(file)), 'not-found', true);
  const same = entries.filter((one) => nameOf(one.file).toLowerCase() === file.toLowerCase());
  const only = others.length === 0 ? first : same.length === 1 ? same[0] : undefined;
  if (!only) throw new ToolError(said.which(named(entries, context)), 'which-one', true);
  const place = await placeNamed(only.file, context);
  if (!place) throw new ToolError(said.gone, 'not-found', true);
  return { ...place, file: only.file };
};

const heardTextMax = 200;

export const readFile = async (
  { file, offset }: { file: string; offset: number },
  context: Context,
): Promise<ToolResult> => {
  const said = fileWords(context.language);
  const one = await meant(file, context);
  const name = heard(nameOf(one.file));
  if (!isReadable(one.file)) throw new ToolError(said.unreadable(name), 'kind-unreadable');
  const { bytes, size } = await readPart(one, { offset, length: readMaxBytes }, context);
  const show = { file: one.file, offset, size };
  if (bytes.length === 0) {
    const say = offset === 0 && size === 0 ? said.isEmpty(name) : said.ended(name);
    return { say, show: { ...show, text: '' } };
  }
  const piece = pieceOf(bytes, { offset, size });
  if (!piece) throw new ToolError(said.unreadable(name), 'kind-unreadable');
  const text = heard(piece.text, heardTextMax)
    .replace(/ ([.,;:!?])/g, '$1')
    .replace(/(?<![.!?…])$/, '.');
  return {
    say: (offset === 0 ? said.begins : said.goesOn)(name, text),
    show: { ...show, text: piece.text, ...(piece.next !== undefined && { next: piece.next }) },
  };
};

interface Sharing {
  file: string;
  days: number;
}

/** The day of the household on which a link ends, `YYYY-MM-DD`. */
const lastDay = (days: number, { now, timeZone }: Context): { date: string; at: Date } => {
  const at = new Date(now().getTime() + days * dayMs);
  return { date: new Intl.DateTimeFormat('en-CA', { timeZone }).format(at), at };
};

const inCloud = async (file: string, context: Context): Promise<Meant & { place: Cloud }> => {
  const one = await meant(file, context);
  if (!('folder' in one.place)) return { ...one, place: one.place };
  throw new ToolError(fileWords(context.language).notCloud, 'not-in-nextcloud');
};

/** What a yes would make public. @throws {ToolError} */
export const touchedBySharing = async ({ file, days }: Sharing, context: Context) => {
  const one = await inCloud(file, context);
  const { at } = lastDay(days, context);
  const date = context.words.date(at, context.timeZone);
  const what = fileWords(context.language).shareWhat(heard(one.parts.join(', '), 90), date);
  return { effect: 'write' as const, what };
};

export const shareFile = async ({ file, days }: Sharing, context: Context): Promise<ToolResult> => {
  const { signal, language, words, timeZone } = context;
  const asking = { signal, language };
  const said = fileWords(language);
  const { place, parts, file: name } = await inCloud(file, context);
  const { date, at } = lastDay(days, context);
  const made = await share(place, { path: `/${parts.join('/')}`, until: date }, asking);
  const now = await readShare(place, made.id, asking);
  if (!now) return { say: said.notMade, receipt: { confirmed: 0, missed: [name] } };
  if (!isReadOnly(now) || endOf(now) === undefined || (endOf(now) ?? '') > date) {
    // More than was asked for is taken back at once.
    await unshare(place, made.id, asking);
    throw new ToolError(said.notReadOnly, 'link-too-open');
  }
  return {
    say: said.shared(heard(nameOf(name)), words.date(at, timeZone)),
    show: { file: name, link: now.url, until: endOf(now) },
    receipt: receiptOf(now),
    undo: { tool: 'files_unshare', input: { place: place.name, id: made.id } },
  };
};

const receiptOf = ({ id, url, permissions, expiration }: Share) => ({
  ...{ id, link: url, permissions, until: expiration },
});

export const unshareFile = async (
  { place: name, id }: { place: string; id: string },
  context: Context,
): Promise<ToolResult> => {
  const { signal, language } = context;
  const said = fileWords(language);
  const { clouds } = await placesFor(context);
  const cloud = clouds.find((one) => one.name === name);
  if (!cloud) throw new ToolError(said.noAccount, 'no-account');
  await unshare(cloud, id, { signal, language });
  const left = await readShare(cloud, id, { signal, language });
  if (left) return { say: said.stillShared, receipt: { confirmed: 0, missed: [left.url] } };
  return { say: said.unshared, receipt: { confirmed: 1, missed: [], state: { id, link: 'gone' } } };
};
