/** The calendar alone in a toolbox, asked as a person would ask it, and events to put into one. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HealthLine, loadTools, type Toolbox } from '../../tools/core/load.ts';
import type { ToolOutcome } from '../../tools/core/outcome.ts';
import { runTool } from '../../tools/core/run.ts';
import { portsInProcess } from '../fakes/ports.ts';

const calendar = new URL('../../tools/calendar/index.ts', import.meta.url).href;

/** Loads from a folder of tools that holds the calendar only. */
const loadCalendar = async (environment: Record<string, string>) => {
  const folder = mkdtempSync(join(tmpdir(), 'butler-calendar-'));
  mkdirSync(join(folder, 'calendar'));
  const text = `export { default } from ${JSON.stringify(calendar)};\n`;
  writeFileSync(join(folder, 'calendar', 'index.ts'), text);
  try {
    return await loadTools({ folder, environment });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

export interface Asked {
  /** Person id, which is also the user name; default `anna`. */
  person?: string;
  language?: string;
  signal?: AbortSignal;
}

export interface CalendarHouse {
  toolbox: Toolbox;
  /** Milliseconds since 1970 that the tools take for now. */
  clock: { nowMs: number };
  ask(tool: string, input: Record<string, unknown>, asked?: Asked): Promise<ToolOutcome>;
  /** What doctor shows. */
  health(): Promise<HealthLine | undefined>;
}

/** @param settings environment variables, as in .env. */
export const calendarHouse = async (
  settings: Record<string, string>,
  clock: { nowMs: number },
): Promise<CalendarHouse> => {
  const { toolbox, mistakes } = await loadCalendar(settings);
  if (mistakes.length > 0) throw new Error(mistakes.join(' '));
  const ports = portsInProcess();
  return {
    ...{ toolbox, clock },
    ask: (tool, input, { person = 'anna', language = 'en', signal } = {}) =>
      runTool({
        ...{ toolbox, name: `calendar_${tool}`, input, timeZone: 'Europe/Brussels', ...ports },
        signal: signal ?? new AbortController().signal,
        caller: { personId: person, name: person, role: 'adult', sure: 1, door: 'app', language },
        now: () => new Date(clock.nowMs),
      }),
    health: async () => (await toolbox.health(AbortSignal.timeout(10_000)))[0],
  };
};

/** The mistakes in settings, as the start lists them. */
export const calendarMistakes = async (settings: Record<string, string>): Promise<string[]> =>
  (await loadCalendar(settings)).mistakes;

/** One event as an iCalendar file. */
const icsOf = (uid: string, lines: readonly string[]): string =>
  [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Butler//Tests//EN', 'BEGIN:VEVENT'],
    ...[`UID:${uid}`, 'DTSTAMP:20261101T000000Z', ...lines, 'END:VEVENT', 'END:VCALENDAR', ''],
  ].join('\r\n');

/** @param span `20261124T090000/20261124T100000` in Brussels, or `20261124/20261125` whole days. */
export const eventOf = (title: string, span: string, more: readonly string[] = []): string => {
  const [from = '', to = ''] = span.split('/');
  const kind = from.includes('T') ? 'TZID=Europe/Brussels' : 'VALUE=DATE';
  return icsOf(title.toLowerCase().replace(/\W+/g, '-'), [
    `SUMMARY:${title}`,
    `DTSTART;${kind}:${from}`,
    `DTEND;${kind}:${to}`,
    ...more,
  ]);
};
