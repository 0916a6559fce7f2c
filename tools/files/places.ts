/** Where this caller's files lie: the household's folders, and Nextcloud accounts they may see. */
import path from 'node:path';
import { type Cache, cached } from '../core/cache.ts';
import { type ToolContext, ToolError } from '../core/define.ts';
import { type Entry, isKind, type Kind, ranked, tellingWords } from './entry.ts';
import {
  aboutLocal,
  isThere,
  LocalError,
  type Root,
  readLocal,
  type Slice,
  type Walk,
  walk,
} from './local.ts';
import {
  type Account,
  type Cloud,
  connectCloud,
  readCloud,
  searchCloud,
  walkCloud,
} from './nextcloud.ts';
import { cloudState } from './ocs.ts';
import { partsOf } from './paths.ts';
import { fileWords } from './words.ts';

export interface Places {
  roots: readonly Root[];
  clouds: readonly Cloud[];
  /** Of whole trees, which are looked through again and again while one looks for a file. */
  walks: Cache<Walk>;
}

export type Context = ToolContext<Places>;

const walkTtlMs = 60_000;
const walksMax = 20;
/** An answer is waited for: a bigger tree is looked at in part. */
const walkWithinMs = 5_000;

/** Each with a name of its own: that of its folder, with a number where two are alike. */
const rootsIn = (folders: string | undefined, taken: readonly string[]): Root[] => {
  const names = new Set(taken);
  return (folders ?? '')
    .split(path.delimiter)
    .filter((folder) => folder.trim() !== '')
    .map((folder) => {
      const base = path.basename(path.resolve(folder)).replace(/^\.+/, '') || 'files';
      let name = base;
      for (let count = 2; names.has(name); count++) name = `${base}-${count}`;
      names.add(name);
      return { name, folder: path.resolve(folder) };
    });
};

export const openPlaces = (config: {
  roots?: string | undefined;
  sources: { nextcloud: Account[] };
}): Places => {
  const clouds = config.sources.nextcloud.map((account, index) =>
    connectCloud(account, index === 0 ? 'nextcloud' : `nextcloud-${index + 1}`),
  );
  const taken = clouds.map(({ name }) => name);
  const walks = cached<Walk>({
    ...{ ttlMs: walkTtlMs, max: walksMax, nowMs: () => performance.now() },
  });
  return { roots: rootsIn(config.roots, taken), clouds, walks };
};

/** One line for `doctor`. @throws where something is not as it should be, with how to mend it. */
export const healthOf = async (places: Places, signal: AbortSignal): Promise<string> => {
  const said = fileWords('en');
  const lines: string[] = [];
  for (const cloud of places.clouds) {
    const { version, links } = await cloudState(cloud, { signal, language: 'en' });
    lines.push(`Nextcloud ${version} (${links ? 'with' : 'without'} public links)`);
  }
  for (const root of places.roots) {
    if (await isThere(root)) continue;
    const mend = said.rootGoneMend(root.name);
    throw new ToolError(said.rootGone(root.name), 'root-gone', { mend });
  }
  const { length } = places.roots;
  if (length > 0) lines.push(`${length} local ${length === 1 ? 'folder' : 'folders'}`);
  return `${lines.join(', ')} can be read`;
};

/** @throws {ToolError} where nothing here is this caller's. */
export const placesFor = async (context: Context): Promise<Pick<Places, 'roots' | 'clouds'>> => {
  const { caller, client, people, language } = context;
  const everybody = client.clouds.some(({ person }) => person !== undefined)
    ? await people.all()
    : [];
  const own = everybody.find(({ id }) => id === caller.personId)?.username?.toLowerCase();
  const clouds = client.clouds.filter(
    ({ person }) => person === undefined || person.toLowerCase() === own,
  );
  if (clouds.length > 0 || client.roots.length > 0) return { roots: client.roots, clouds };
  throw new ToolError(fileWords(language).noAccount, 'no-account');
};

/** What went wrong in a folder of this machine, for a person. */
const told = (error: unknown, name: string, language: string): unknown => {
  if (!(error instanceof LocalError)) return error;
  const said = fileWords(language);
  if (error.kind === 'not-allowed') return new ToolError(said.notAllowed, 'path-refused');
  if (error.kind === 'not-found') return new ToolError(said.gone, 'not-found', true);
  return new ToolError(said.rootGone(name), 'root-gone', { mend: said.rootGoneMend(name) });
};

const walkOf = (place: Root | Cloud, times: boolean, context: Context): Promise<Walk> => {
  const { client, signal, language } = context;
  const limits = { signal, language, withinMs: walkWithinMs };
  if (!('folder' in place)) return client.walks.get(place.name, () => walkCloud(place, limits));
  const key = `${place.name}${times ? ' with times' : ''}`;
  return client.walks.get(key, () => walk(place, { ...limits, times }));
};

const candidates = async (
  cloud: Cloud,
  wanted: { words: readonly string[]; since?: Date | undefined },
  context: Context,
): Promise<Walk> => {
  const { signal, language } = context;
  const found = await searchCloud(cloud, wanted, { signal, language });
  // By the name of a folder Nextcloud finds no file: then all are looked at.
  const enough = found !== undefined && (found.length > 0 || wanted.since !== undefined);
  return enough ? { entries: found, cut: false } : await walkOf(cloud, true, context);
};

/**
 * Files that may be meant, of all places together. One place that is away does not hide what is
 * found elsewhere.
 * @throws {ToolError} where no place answers.
 */
export const lookFor = async (
  wanted: { words: string } | { since: Date },
  context: Context,
): Promise<Walk> => {
  const { roots, clouds } = await placesFor(context);
  const question =
    'words' in wanted ? { words: tellingWords(wanted.words) } : { words: [], since: wanted.since };
  const settled = await Promise.allSettled([
    ...clouds.map((cloud) => candidates(cloud, question, context)),
    ...roots.map((root) =>
      walkOf(root, 'since' in wanted, context).catch((error: unknown) => {
        throw told(error, root.name, context.language);
      }),
    ),
  ]);
  const found = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failed = settled.find((one) => one.status === 'rejected');
  if (found.length === 0 && failed) throw failed.reason;
  const entries = found.flatMap((one) => one.entries);
  // Nothing found, and one place not asked: whoever says "there is none" would not know.
  const unsure = failed !== undefined && 'words' in wanted;
  if (unsure && (await ranked(entries, wanted.words)).length === 0) throw failed.reason;
  return { entries, cut: found.some(({ cut }) => cut) };
};

/** So many are looked at for their times; more than that nobody can be told of. */
const datedMax = 200;

/** With size and time, also where they were not read yet. */
const dated = async (entry: Entry, context: Context): Promise<Entry> => {
  const [name = '', ...parts] = entry.file.split('/');
  const root = context.client.roots.find((one) => one.name === name);
  if (entry.changedAt || !root) return entry;
  return { ...entry, ...(await aboutLocal(root, parts).catch(() => undefined)) };
};

/** Best first, then newest. @throws {ToolError} */
export const found = async (
  { words, kind }: { words: string; kind?: Kind | undefined },
  context: Context,
): Promise<Walk> => {
  const { entries, cut } = await lookFor({ words }, context);
  const best = await ranked(
    entries.filter(({ file }) => isKind(file, kind)),
    words,
  );
  const first = await Promise.all(best.slice(0, datedMax).map((one) => dated(one, context)));
  return { entries: [...(await ranked(first, words)), ...best.slice(datedMax)], cut };
};

export interface Place {
  place: Root | Cloud;
  parts: string[];
}

/** The place and path that `file` names, where it names one exactly. @throws {ToolError} */
export const placeNamed = async (file: string, context: Context): Promise<Place | undefined> => {
  const { roots, clouds } = await placesFor(context);
  const said = fileWords(context.language);
  const looksLikePath = /[/\\\0]|^\.|%(?:25)*(?:2e|2f|5c|00)/i.test(file);
  if (!looksLikePath) return undefined;
  const at = file.indexOf('/');
  const name = file.slice(0, at);
  const place = [...clouds, ...roots].find((one) => one.name === name);
  const parts = at > 0 ? partsOf(file.slice(at + 1)) : undefined;
  if (!parts) throw new ToolError(said.notAllowed, 'path-refused');
  if (!place) throw new ToolError(said.gone, 'not-found', true);
  return { place, parts };
};

/** @throws {ToolError} */
export const readPart = async (
  { place, parts }: Place,
  range: { offset: number; length: number },
  context: Context,
): Promise<Slice> => {
  const { signal, language } = context;
  if ('folder' in place) {
    return await readLocal(place, parts.join('/'), range).catch((error: unknown) => {
      throw told(error, place.name, language);
    });
  }
  const slice = await readCloud(place, parts, { ...range, signal, language });
  if (!slice) throw new ToolError(fileWords(language).gone, 'not-found', true);
  return slice;
};
