/** Lines of the audit log as people read them, and as a file for a spreadsheet. */
import type { AnswerOf } from '../api/ask.ts';
import { auditWords as words } from '../words/audit.ts';
import { titleOf } from './formats.ts';

export type AuditLine = AnswerOf<'get /api/v1/audit'>['lines'][number];

/** As the route takes it. */
export interface AuditQuery {
  actor: string | undefined;
  what: string | undefined;
  from: string | undefined;
  to: string | undefined;
}

/** How lines of a kind begin. */
export const kinds = {
  all: '',
  tools: 'tool ',
  entering: 'post /api/v1/auth/',
  changes: 'patch ',
  deletions: 'delete ',
  looks: 'get ',
} as const;
export type Kind = keyof typeof kinds;

/** What devices do all day long without anybody deciding it. */
const routine: ReadonlySet<string> = new Set([
  ...['post /api/v1/auth/token', 'post /api/v1/auth/rotate', 'post /api/v1/ws/ticket'],
  ...['post /api/v1/voice/session', 'post /api/v1/voice/dispatch', 'post /api/v1/chat'],
  ...['post /api/v1/conversation', 'post /api/v1/owntracks', 'post /mcp', 'get /api/v1/audit'],
]);
/** Refused or failed it is no routine any more. */
export const isRoutine = ({ what, outcome }: Pick<AuditLine, 'what' | 'outcome'>): boolean =>
  outcome === 'done' && routine.has(what);

const deeds: Readonly<Record<string, string>> = words.deeds;
const parts: Readonly<Record<string, string>> = words.parts;

/** What was done, in words where there are some. */
export function deedOf(what: string): string {
  const tool = /^tool (.+)$/.exec(what)?.[1];
  return deeds[what] ?? (tool === undefined ? what : titleOf(tool));
}

/** A person, a part of Butler, or an alias of somebody who is gone. */
export function nameIn(named: AuditLine['actor']): string {
  if ('name' in named) return named.name;
  return parts[named.id] ?? (/^[\w-]{20,}$/.test(named.id) ? words.gone : titleOf(named.id));
}

const isTelling = ([name, value]: [string, unknown]): boolean =>
  value !== null && !(name === 'status' && Number(value) < 400);

/** Codes and counts that say more than the outcome does. */
export const detailOf = ({ detail }: AuditLine): string =>
  Object.entries(detail)
    .filter(isTelling)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ');

/** A cell; what a spreadsheet would run as a formula stays text. */
const cell = (text: string): string => {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
};

/** RFC 4180, with the codes as they are kept beside the words. */
export function csvOf(lines: readonly AuditLine[]): string {
  const rows = lines.map((line) => {
    const { number, at, actor, what, target, outcome } = line;
    const about = target ? nameIn(target) : '';
    return [String(number), at, nameIn(actor), what, about, outcome, detailOf(line)]
      .map(cell)
      .join(',');
  });
  return `${[words.columns, ...rows].join('\r\n')}\r\n`;
}

/** The first moment of a day where the person is, or of the next one. */
export function startOfDay(day: string, plusDays = 0): string | undefined {
  if (day === '') return undefined;
  const at = new Date(`${day}T00:00`);
  if (Number.isNaN(at.getTime())) return undefined;
  at.setDate(at.getDate() + plusDays);
  return at.toISOString();
}
