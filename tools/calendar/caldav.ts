/** A CalDAV server (RFC 4791), read-only, kept up to date by ctag and sync token (RFC 6578). */
import { calendarMultiGet, calendarQuery, createAccount, propfind, syncCollection } from 'tsdav';
import { ToolError } from '../core/tool-error.ts';
import { type DavAccess, davFault, davFetch } from './dav-fetch.ts';
import { readIcs } from './ics.ts';
import type { CalendarCopy, Series } from './model.ts';
import type { CaldavAccount } from './settings.ts';
import { type CalendarSource, chosen, keptBackMs, type Refreshing, wantedNames } from './source.ts';
import { calendarWords } from './words.ts';

type Account = CaldavAccount;
type DavAnswer = Awaited<ReturnType<typeof propfind>>[number];

const listProps = {
  'd:displayname': {},
  'd:resourcetype': {},
  'd:sync-token': {},
  'cs:getctag': {},
  'c:supported-calendar-component-set': {},
};
const etagProps = { 'd:getetag': {} };
const objectProps = { 'd:getetag': {}, 'c:calendar-data': {} };
const multigetMax = 100;

/** Where the account's calendars are, found once. */
interface Home {
  url: string;
  rootUrl: string;
  /** Addresses of the owner, lower case. */
  mine: ReadonlySet<string>;
}

interface Listed {
  url: string;
  name: string;
  /** Changes with whatever is in it. */
  mark: string;
  syncToken?: string | undefined;
}

interface KnownCalendar extends Listed {
  /** Of its files. */
  paths: readonly string[];
  copy: CalendarCopy;
}

const plain = (value: unknown): string | undefined => {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  const cdata = (value as { _cdata?: unknown } | undefined)?._cdata;
  return typeof cdata === 'string' ? cdata : undefined;
};

const pathOf = (href: string | undefined, base: string): string =>
  href === undefined ? '' : decodeURIComponent(new URL(href, base).pathname);

const componentsOf = (props: DavAnswer['props']): string[] =>
  [props?.supportedCalendarComponentSet?.comp ?? []]
    .flat()
    .map((one: { _attributes?: { name?: string } }) => one._attributes?.name ?? '');

/** Calendars for appointments; lists of tasks, inboxes and address books are none. */
const isCalendar = ({ props }: DavAnswer): boolean => {
  const components = componentsOf(props);
  const holdsEvents = components.length === 0 || components.includes('VEVENT');
  return 'calendar' in (props?.resourcetype ?? {}) && holdsEvents;
};

const isGone = ({ status }: DavAnswer): boolean => status === 404 || status === 410;

const icalStamp = (atMs: number): string => new Date(atMs).toISOString().replace(/[-:]|\.\d+/g, '');

class CaldavCalendars implements CalendarSource {
  readonly label: string;
  readonly person: string | undefined;
  readonly #account: Account;
  readonly #wanted: readonly string[];
  #home: Home | undefined;
  #known = new Map<string, KnownCalendar>();
  /** By path: what was read of each file, and of which version. */
  readonly #files = new Map<string, { etag: string | undefined; series: readonly Series[] }>();
  #copies: readonly CalendarCopy[] = [];

  constructor(account: Account) {
    this.#account = account;
    this.person = account.person;
    this.label = new URL(account.url).hostname;
    this.#wanted = wantedNames(account.calendars);
  }

  async refresh(refreshing: Refreshing): Promise<readonly CalendarCopy[]> {
    const request = { fetch: davFetch(this.#account satisfies DavAccess, refreshing) };
    try {
      this.#home ??= await this.#discover(request);
      const listed = await this.#list(this.#home, request, refreshing);
      const now = new Map<string, KnownCalendar>();
      for (const one of listed) now.set(one.url, await this.#update(one, request, refreshing));
      const same =
        now.size === this.#known.size && [...now].every(([k, v]) => this.#known.get(k) === v);
      this.#known = now;
      if (!same) this.#copies = [...now.values()].map(({ copy }) => copy);
      return this.#copies;
    } catch (error) {
      if (error instanceof ToolError) {
        // What was found may have moved: look for it anew the next time.
        if (error.code === 'not-found') this.#home = undefined;
        throw error;
      }
      // The library could not make sense of an answer.
      throw davFault('service-garbage', refreshing.language);
    }
  }

  async #discover(request: Request): Promise<Home> {
    const { username, url } = this.#account;
    const account = await createAccount({
      account: { serverUrl: url, accountType: 'caldav' },
      ...request,
    });
    const addresses = await propfind({
      ...{ url: account.principalUrl ?? url, depth: '0', ...request },
      props: { 'c:calendar-user-address-set': {} },
    }).catch(() => []);
    const hrefs = [addresses[0]?.props?.calendarUserAddressSet?.href ?? []].flat();
    const mine = [...hrefs.map(plain), username]
      .map((one) => one?.toLowerCase().replace(/^mailto:/, '') ?? '')
      .filter((one) => one.includes('@'));
    const rootUrl = account.rootUrl ?? url;
    return { url: account.homeUrl ?? url, rootUrl, mine: new Set(mine) };
  }

  /** One small request: the calendars, each with the mark that shows whether it changed. */
  async #list(home: Home, request: Request, { language }: Refreshing): Promise<Listed[]> {
    const answers = await propfind({ url: home.url, props: listProps, depth: '1', ...request });
    const all = answers.filter(isCalendar).map(({ href, props }) => ({
      url: new URL(href ?? '', home.rootUrl).href,
      name: plain(props?.displayname) ?? pathOf(href, home.rootUrl),
      mark: `${plain(props?.getctag) ?? ''} ${plain(props?.syncToken) ?? ''}`,
      syncToken: plain(props?.syncToken),
    }));
    if (this.#wanted.length === 0) return all;
    const { found, unknown } = chosen(all, this.#wanted, ({ name, url }) => [name, url]);
    if (unknown.length === 0) return found;
    const say = calendarWords(language).noSuchCalendar(unknown.join(', '), 'CALDAV_CALENDARS');
    throw new ToolError(say, 'calendar-unknown', { mend: say });
  }

  async #update(listed: Listed, request: Request, refreshing: Refreshing): Promise<KnownCalendar> {
    const before = this.#known.get(listed.url);
    const unmarked = listed.mark.trim() === '';
    if (before && !unmarked && before.mark === listed.mark && before.name === listed.name) {
      return before;
    }
    const changes = before?.syncToken ? await this.#changed(before, request) : undefined;
    const reading = { listed, request, refreshing };
    const paths = changes
      ? await this.#merged(before?.paths ?? [], changes, reading)
      : await this.#fetched(await this.#all(reading), reading);
    const series = paths.flatMap((path) => this.#files.get(path)?.series ?? []);
    return { ...listed, paths, copy: { name: listed.name, series } };
  }

  async #merged(
    before: readonly string[],
    changes: readonly DavAnswer[],
    reading: Reading,
  ): Promise<string[]> {
    const gone = new Set(
      changes.filter(isGone).map(({ href }) => pathOf(href, reading.listed.url)),
    );
    for (const path of gone) this.#files.delete(path);
    const changed = await this.#fetched(
      changes.filter((one) => !isGone(one)),
      reading,
    );
    return [...new Set([...before, ...changed])].filter((path) => !gone.has(path));
  }

  /** Which events there are since a year ago, without their text. */
  #all({ listed, request, refreshing }: Reading): Promise<DavAnswer[]> {
    const range = { _attributes: { start: icalStamp(refreshing.nowMs - keptBackMs) } };
    const event = { _attributes: { name: 'VEVENT' }, 'time-range': range };
    return calendarQuery({
      ...{ url: listed.url, props: etagProps, depth: '1', ...request },
      filters: { 'comp-filter': { _attributes: { name: 'VCALENDAR' }, 'comp-filter': event } },
    });
  }

  /**
   * Fetches the text of what is not here already, by and by: what was read stays, so that a big
   * calendar on a slow server is complete after a few tries.
   * @returns the paths of all of them.
   */
  async #fetched(
    answers: readonly DavAnswer[],
    { listed: { url }, request, refreshing }: Reading,
  ): Promise<string[]> {
    const own = new URL(url).pathname;
    const found = answers
      .filter(({ href, props }) => href && props)
      .map(({ href = '', props }) => {
        const etag = plain(props?.getetag);
        return { href: new URL(href, url).pathname, path: pathOf(href, url), etag };
      })
      .filter(({ href }) => href !== own);
    const isNew = ({ path, etag }: { path: string; etag?: string | undefined }): boolean =>
      etag === undefined || this.#files.get(path)?.etag !== etag;
    const hrefs = found.filter(isNew).map(({ href }) => href);
    for (let at = 0; at < hrefs.length; at += multigetMax) {
      const objectUrls = hrefs.slice(at, at + multigetMax);
      const ask = { url, props: objectProps, objectUrls, depth: '1' as const, ...request };
      for (const answer of await calendarMultiGet(ask)) this.#take(answer, url, refreshing);
    }
    return found.map(({ path }) => path);
  }

  #take({ href, props }: DavAnswer, base: string, { household }: Refreshing): void {
    const ics = plain(props?.calendarData);
    if (ics === undefined) return;
    const [path, etag] = [pathOf(href, base), plain(props?.getetag)];
    const mine = this.#home?.mine ?? new Set<string>();
    try {
      this.#files.set(path, { etag, series: readIcs(ics, { household, mine }) });
    } catch {
      // One event that nobody can read must not hide the others.
      this.#files.set(path, { etag, series: [] });
    }
  }

  /** @returns undefined where the server no longer knows the token: then everything is listed. */
  async #changed(
    { url, syncToken = '' }: Listed,
    request: Request,
  ): Promise<DavAnswer[] | undefined> {
    const ask = { url, props: etagProps, syncLevel: 1, syncToken, ...request };
    const answers = await syncCollection(ask);
    const isRefused = ({ status, href }: DavAnswer) => status >= 400 && (!href || href === url);
    return answers.some(isRefused) ? undefined : answers;
  }
}

interface Request {
  fetch: typeof fetch;
}

interface Reading {
  listed: Listed;
  request: Request;
  refreshing: Refreshing;
}

/** The calendars of one account; nothing is asked before the first refresh. */
export const caldavCalendars = (account: Account): CalendarSource => new CaldavCalendars(account);
