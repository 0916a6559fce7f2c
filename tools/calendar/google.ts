/** Google Calendar, read-only: https://developers.google.com/workspace/calendar/api/guides/sync */
import { type calendar_v3, calendar as calendarApi } from '@googleapis/calendar';
import { googleError, googleRoot, googleStatus } from '../core/google.ts';
import { googleAuth } from '../core/google-client.ts';
import { ToolError } from '../core/tool-error.ts';
import { readGoogleEvents } from './google-events.ts';
import type { CalendarCopy } from './model.ts';
import type { GoogleCalendarAccount } from './settings.ts';
import { type CalendarSource, chosen, keptBackMs, type Refreshing, wantedNames } from './source.ts';
import { calendarWords } from './words.ts';
import { zoneNamed } from './zones.ts';

type Account = GoogleCalendarAccount;

/** New calendars are rare: the list of them is asked for once an hour. */
const listForMs = 3_600_000;
const requestMs = 6_000;
const pagesMax = 40;

const fields =
  'nextPageToken,nextSyncToken,timeZone,items(id,iCalUID,status,summary,location,start,end,' +
  'recurrence,recurringEventId,originalStartTime,transparency,visibility,eventType,' +
  'attendees(self,responseStatus))';

interface KnownCalendar {
  id: string;
  name: string;
  timeZone: string;
  syncToken?: string | undefined;
  events: Map<string, calendar_v3.Schema$Event>;
  copy?: CalendarCopy | undefined;
}

interface Changes {
  items: calendar_v3.Schema$Event[];
  syncToken?: string | undefined;
}

const isShown = ({ selected, primary, deleted, hidden }: calendar_v3.Schema$CalendarListEntry) =>
  !deleted && !hidden && (selected === true || primary === true);

class GoogleCalendars implements CalendarSource {
  readonly label = 'Google';
  readonly person: string | undefined;
  readonly #api: calendar_v3.Calendar;
  readonly #wanted: readonly string[];
  #calendars: KnownCalendar[] = [];
  #listedAtMs = Number.NEGATIVE_INFINITY;
  #copies: readonly CalendarCopy[] = [];

  constructor(account: Account) {
    this.person = account.person;
    this.#wanted = wantedNames(account.calendars);
    const auth = googleAuth(account);
    this.#api = calendarApi({ version: 'v3', auth, ...googleRoot(account) });
  }

  async refresh(refreshing: Refreshing): Promise<readonly CalendarCopy[]> {
    try {
      if (refreshing.nowMs - this.#listedAtMs >= listForMs) await this.#list(refreshing);
      for (const known of this.#calendars) await this.#update(known, refreshing);
    } catch (error) {
      // A calendar may be gone: the next time the list is asked for anew.
      this.#listedAtMs = Number.NEGATIVE_INFINITY;
      throw googleError(error, refreshing.language);
    }
    const copies = this.#calendars.flatMap(({ copy }) => (copy ? [copy] : []));
    const same =
      copies.length === this.#copies.length && copies.every((c, i) => c === this.#copies[i]);
    if (!same) this.#copies = copies;
    return this.#copies;
  }

  async #list(refreshing: Refreshing): Promise<void> {
    const { data } = await this.#api.calendarList.list(
      { maxResults: 250 },
      this.#options(refreshing),
    );
    const entries = (data.items ?? []).filter(({ id }) => id);
    const namesOf = ({ id, summary, summaryOverride }: calendar_v3.Schema$CalendarListEntry) =>
      [id, summary, summaryOverride].filter((name) => typeof name === 'string');
    const { found, unknown } = chosen(entries, this.#wanted, namesOf);
    if (unknown.length > 0) {
      const said = calendarWords(refreshing.language);
      const say = said.noSuchCalendar(unknown.join(', '), 'GOOGLE_CALENDARS');
      throw new ToolError(say, 'calendar-unknown', { mend: say });
    }
    const before = new Map(this.#calendars.map((known) => [known.id, known]));
    this.#calendars = (this.#wanted.length > 0 ? found : entries.filter(isShown)).map((entry) => {
      const id = entry.id ?? '';
      const name = entry.summaryOverride ?? entry.summary ?? id;
      const timeZone = entry.timeZone ?? 'UTC';
      const known = before.get(id);
      const same = known?.name === name && known.timeZone === timeZone;
      return same ? known : { id, name, timeZone, events: new Map() };
    });
    this.#listedAtMs = refreshing.nowMs;
  }

  async #update(known: KnownCalendar, refreshing: Refreshing): Promise<void> {
    const whole = known.syncToken === undefined;
    const changes = await this.#changes(known, refreshing).catch((error: unknown) => {
      // 410: the sync token is too old, and everything has to be read anew.
      if (whole || googleStatus(error) !== 410) throw error;
      known.syncToken = undefined;
      return undefined;
    });
    if (!changes) return this.#update(known, refreshing);
    known.syncToken = changes.syncToken;
    if (!whole && changes.items.length === 0 && known.copy) return;
    if (whole) known.events.clear();
    for (const item of changes.items) this.#take(known, item);
    const { household } = refreshing;
    const zone = zoneNamed(known.timeZone) ?? household;
    const series = readGoogleEvents(known.events.values(), { household, zone });
    known.copy = { name: known.name, series };
  }

  #take(known: KnownCalendar, item: calendar_v3.Schema$Event): void {
    if (!item.id) return;
    // A cancelled exception says which time is off; any other cancelled event is just gone.
    if (item.status === 'cancelled' && !item.recurringEventId) known.events.delete(item.id);
    else known.events.set(item.id, item);
  }

  async #changes({ id, syncToken }: KnownCalendar, refreshing: Refreshing): Promise<Changes> {
    const since = new Date(refreshing.nowMs - keptBackMs).toISOString();
    const from = syncToken === undefined ? { timeMin: since } : { syncToken };
    const items: calendar_v3.Schema$Event[] = [];
    let pageToken: string | undefined;
    for (let page = 0; page < pagesMax; page++) {
      const { data } = await this.#api.events.list(
        {
          ...{ calendarId: id, singleEvents: false, maxResults: 2500, fields, ...from },
          ...(pageToken !== undefined && { pageToken }),
        },
        this.#options(refreshing),
      );
      if (typeof data !== 'object' || data === null || !Array.isArray(data.items ?? [])) {
        throw new SyntaxError('Google Calendar answered without a list of events.');
      }
      items.push(...(data.items ?? []));
      pageToken = data.nextPageToken ?? undefined;
      if (pageToken === undefined) return { items, syncToken: data.nextSyncToken ?? undefined };
    }
    return { items };
  }

  #options({ signal }: Refreshing) {
    // A read is tried a second time where the tool is run; the library must not multiply that.
    return { signal, timeout: requestMs, retry: false };
  }
}

/** The calendars of one Google account; nothing is asked before the first refresh. */
export const googleCalendars = (account: Account): CalendarSource => new GoogleCalendars(account);
