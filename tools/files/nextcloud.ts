/** Nextcloud's files over WebDAV (RFC 4918, SEARCH of RFC 5323): found, listed, read in part. */
import { type HttpClient, type HttpRequest, httpClient } from '../core/http.ts';
import { stemOf } from '../core/stems.ts';
import { ToolError } from '../core/tool-error.ts';
import type { Entry } from './entry.ts';
import type { Slice, Walk } from './local.ts';
import { isPlainPart } from './paths.ts';
import { fileWords } from './words.ts';

export interface Account {
  url: string;
  username: string;
  password: string;
  person?: string | undefined;
}

export interface Cloud {
  /** As it is heard, and what its files begin with. */
  name: string;
  /** Username of whose it is; undefined: the household's. */
  person: string | undefined;
  username: string;
  http: HttpClient;
}

/** Who asks, and in which language it is told when it fails. */
export type Asking = Pick<HttpRequest, 'signal' | 'language'>;

export const renewNextcloud =
  'In Nextcloud, open Settings, Security, make a new app password, and set NEXTCLOUD_PASSWORD ' +
  'to it (NEXTCLOUD_USERNAME is the name you log in with).';

export const connectCloud = (account: Account, name: string): Cloud => {
  const login = Buffer.from(`${account.username}:${account.password}`).toString('base64');
  const http = httpClient({
    ...{ service: { en: 'Nextcloud', de: 'Nextcloud' }, base: account.url },
    headers: () => ({ authorization: `Basic ${login}`, 'OCS-APIRequest': 'true' }),
    renew: renewNextcloud,
  });
  return { name, person: account.person, username: account.username, http };
};

const escaped = (parts: readonly string[]): string => parts.map(encodeURIComponent).join('/');

const baseOf = ({ username }: Cloud): string => `remote.php/dav/files/${escaped([username])}`;

const wanted = '<d:prop><d:getlastmodified/><d:getcontentlength/><d:resourcetype/></d:prop>';
const propfind = `<?xml version="1.0"?><d:propfind xmlns:d="DAV:">${wanted}</d:propfind>`;

interface Found {
  /** Parts below the account's own folder. */
  parts: string[];
  folder: boolean;
  entry: Entry;
}

interface Properties {
  getlastmodified?: unknown;
  getcontentlength?: unknown;
  resourcetype?: unknown;
}

const garbage = ({ language }: Asking): ToolError =>
  new ToolError(fileWords(language).garbage, 'service-garbage', {
    mend: 'Check that NEXTCLOUD_URL is the address of a Nextcloud, such as https://cloud.example.',
  });

/** What lies below the account's folder; an address that leads elsewhere is passed over. */
const below = (href: string, { username }: Cloud): string[] | undefined => {
  try {
    const { pathname } = new URL(href, 'http://x');
    const all = pathname.split('/').filter(Boolean).map(decodeURIComponent);
    const from = all.indexOf('remote.php');
    const own = ['dav', 'files', username].every((part, at) => all[from + 1 + at] === part);
    const rest = all.slice(from + 4);
    return from >= 0 && own && rest.length > 0 && rest.every(isPlainPart) ? rest : undefined;
  } catch {
    return undefined;
  }
};

const entryOf = (
  { href, propstat }: { href: string; propstat?: { prop?: Properties } | undefined },
  cloud: Cloud,
): Found[] => {
  const parts = below(String(href), cloud);
  if (!parts) return [];
  const { getlastmodified, getcontentlength, resourcetype } = propstat?.prop ?? {};
  const at = Date.parse(String(getlastmodified));
  const bytes = Number(getcontentlength);
  const entry: Entry = {
    file: [cloud.name, ...parts].join('/'),
    ...(Number.isFinite(at) && { changedAt: new Date(at) }),
    ...(Number.isFinite(bytes) && { bytes }),
  };
  const folder = typeof resourcetype === 'object' && resourcetype !== null;
  return [{ parts, folder, entry }];
};

const multistatus = async (text: string, cloud: Cloud, asking: Asking): Promise<Found[]> => {
  // Large, and needed by Nextcloud alone.
  const { parseXML } = await import('webdav');
  const read = await parseXML(text).catch(() => {
    throw garbage(asking);
  });
  return read.multistatus.response.flatMap((response) => entryOf(response, cloud));
};

const ask = async (
  cloud: Cloud,
  { path, method, depth, body }: { path: string; method: string; depth?: string; body: string },
  asking: Asking,
): Promise<Found[] | undefined> => {
  const { status, bytes } = await cloud.http.request(path, {
    ...{ ...asking, method, body },
    headers: { 'content-type': 'text/xml; charset=utf-8', ...(depth && { depth }) },
    // A WebDAV server that cannot search says so in one of these ways.
    allow: method === 'SEARCH' ? [400, 404, 405, 415, 501] : [404],
  });
  if (status === 404 && method === 'PROPFIND') return [];
  if (status >= 400) return undefined;
  // A page for a browser is no answer, whatever its status says.
  if (status !== 207) throw garbage(asking);
  return await multistatus(new TextDecoder().decode(bytes), cloud, asking);
};

const foldersMax = 400;
const foldersAtOnce = 4;
const entriesMax = 100_000;

/** Folder by folder, as far as `withinMs` goes. @throws {ToolError} */
export const walkCloud = async (
  cloud: Cloud,
  asking: Asking & { withinMs: number },
): Promise<Walk> => {
  const { signal, language, withinMs } = asking;
  const endAtMs = performance.now() + withinMs;
  const entries: Entry[] = [];
  const folders: string[][] = [[]];
  const seen = new Set(['']);
  const look = async (parts: string[]): Promise<void> => {
    const path = [baseOf(cloud), ...parts.map(encodeURIComponent)].join('/');
    const question = { path, method: 'PROPFIND', depth: '1', body: propfind };
    for (const found of (await ask(cloud, question, { signal, language })) ?? []) {
      const name = found.parts.join('/');
      if (!found.folder) entries.push(found.entry);
      else if (!seen.has(name)) folders.push(found.parts);
      seen.add(name);
    }
  };
  while (folders.length > 0) {
    const over = performance.now() > endAtMs || seen.size > entriesMax;
    if (over || seen.size - entries.length > foldersMax + folders.length) {
      return { entries, cut: true };
    }
    await Promise.all(folders.splice(0, foldersAtOnce).map(look));
  }
  return { entries, cut: false };
};

const searchMax = 200;

/** Letters and digits alone; any other character is one that may be anything. */
const pattern = (word: string): string => {
  const stem = stemOf(word);
  // The beginning of the word that all of its forms share.
  const shared = word.startsWith(stem) ? stem : word;
  return `%${shared.replace(/[^a-z0-9]/gi, '_')}%`;
};

const condition = (words: readonly string[], since: Date | undefined): string => {
  const names = words.map(
    (word) =>
      '<d:like><d:prop><d:displayname/></d:prop>' +
      `<d:literal>${pattern(word)}</d:literal></d:like>`,
  );
  if (since === undefined)
    return names.length > 1 ? `<d:or>${names.join('')}</d:or>` : `${names[0]}`;
  return (
    '<d:gt><d:prop><d:getlastmodified/></d:prop>' +
    `<d:literal>${since.toISOString()}</d:literal></d:gt>`
  );
};

/**
 * What Nextcloud itself finds by the words of a name, or as changed since then, newest first.
 * @returns undefined where this server cannot search.
 * @throws {ToolError}
 */
export const searchCloud = async (
  cloud: Cloud,
  { words, since }: { words: readonly string[]; since?: Date | undefined },
  asking: Asking,
): Promise<Entry[] | undefined> => {
  const scope = `/files/${escaped([cloud.username])}`;
  const body =
    '<?xml version="1.0"?><d:searchrequest xmlns:d="DAV:"><d:basicsearch>' +
    `<d:select>${wanted}</d:select>` +
    `<d:from><d:scope><d:href>${scope}</d:href><d:depth>infinity</d:depth></d:scope></d:from>` +
    `<d:where>${condition(words, since)}</d:where>` +
    '<d:orderby><d:order><d:prop><d:getlastmodified/></d:prop><d:descending/></d:order>' +
    '</d:orderby>' +
    `<d:limit><d:nresults>${searchMax}</d:nresults></d:limit></d:basicsearch></d:searchrequest>`;
  const found = await ask(cloud, { path: 'remote.php/dav/', method: 'SEARCH', body }, asking);
  return found?.flatMap(({ folder, entry }) => (folder ? [] : [entry]));
};

/** Some bytes of a file; a server that ignores the range sends it whole, within the limit. */
export const readCloud = async (
  cloud: Cloud,
  parts: readonly string[],
  { offset, length, ...asking }: Asking & { offset: number; length: number },
): Promise<Slice | undefined> => {
  const { status, headers, bytes } = await cloud.http.request(
    [baseOf(cloud), ...parts.map(encodeURIComponent)].join('/'),
    {
      ...asking,
      headers: { range: `bytes=${offset}-${offset + length - 1}` },
      allow: [404, 416],
    },
  );
  if (status === 404) return undefined;
  if (status === 416) return { bytes: new Uint8Array(), size: offset };
  if (status !== 206) return { bytes: bytes.subarray(offset, offset + length), size: bytes.length };
  const total = Number(/\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1]);
  return { bytes, size: Number.isFinite(total) ? total : offset + bytes.length };
};
