/** The conversation as lines on the page: messages in, lines out, nothing else. */
import type { ServerMessage, Transcript } from '../voice/messages.ts';
import { type Extra, extraFrom, withAsked, withExtra, withUndone } from './extras.ts';

export interface Line {
  key: number;
  who: 'person' | 'butler';
  text: string;
  final: boolean;
  /** Butler was interrupted here: the line shows as much as was said. */
  cut: boolean;
  /** Typed on this page and not yet repeated by the server. */
  typed: boolean;
  id?: string;
  turnId?: string;
}

export interface Lines {
  list: readonly Line[];
  /** Cards, receipts and questions; `placed` says under which line. */
  extras: readonly Extra[];
  /** The tools that are running, in words: "looking at your calendar". */
  running: readonly { id: string; doing: string }[];
  /** What lines and extras have in common: a later one has a greater key. */
  nextKey: number;
}

export const noLines: Lines = { list: [], extras: [], running: [], nextKey: 1 };

/** Older lines stay on the server; the page keeps what one can scroll through. */
const linesMax = 200;

export function withMessage(lines: Lines, message: ServerMessage): Lines {
  switch (message.type) {
    case 'clear':
      return withCut(lines);
    case 'transcript':
      return withTranscript(lines, message);
    case 'tool-start': {
      const { id, doing } = message;
      return {
        ...lines,
        running: [...lines.running.filter((one) => one.id !== id), { id, doing }],
      };
    }
    case 'tool-end':
      return { ...lines, running: lines.running.filter(({ id }) => id !== message.id) };
    case 'turn':
    case 'error':
      return withNothingRunning(lines);
    case 'card':
    case 'deed':
    case 'ask': {
      const extras = withExtra(lines.extras, extraFrom(message, lines.nextKey));
      return { ...lines, extras, nextKey: lines.nextKey + 1 };
    }
    case 'asked':
      return { ...lines, extras: withAsked(lines.extras, message) };
    case 'undone':
      return { ...lines, extras: withUndone(lines.extras, message) };
    default:
      return lines;
  }
}

/** What Butler is doing at this moment, in words; '' where no tool says. */
export function activityOf(lines: Lines): string {
  return lines.running.findLast(({ doing }) => doing !== '')?.doing ?? '';
}

function withNothingRunning(lines: Lines): Lines {
  return lines.running.length === 0 ? lines : { ...lines, running: [] };
}

/** Shows at once what the person typed; the server's own transcript of it is then recognised. */
export function withTyped(lines: Lines, text: string): Lines {
  return append(lines, { who: 'person', text, final: true, cut: false, typed: true });
}

/** The connection is gone: what was running will not go on. */
export function withAllFinal(lines: Lines): Lines {
  const list = lines.list
    .filter((line) => line.final || line.text !== '')
    .map((line) => (line.final ? line : { ...line, final: true, cut: line.who === 'butler' }));
  return { ...withNothingRunning(lines), list };
}

export function withCut(lines: Lines): Lines {
  return mapLine(lines, running(lines, 'butler'), (line) => ({ ...line, cut: true }));
}

function withTranscript(lines: Lines, said: Transcript): Lines {
  const same = findLine(lines, said);
  const text = said.text.trim();
  if (!same) {
    if (text === '') return lines;
    return append(lines, {
      who: said.who,
      text,
      final: said.final,
      cut: false,
      typed: false,
      ...namesOf(said),
    });
  }
  if (text === '' && said.final) {
    return { ...lines, list: lines.list.filter((line) => line !== same) };
  }
  return mapLine(lines, same, (line) => ({
    ...line,
    text: text === '' ? line.text : text,
    final: said.final,
    typed: false,
    ...namesOf(said),
  }));
}

function namesOf({ id, turnId }: Transcript): Pick<Line, 'id' | 'turnId'> {
  return { ...(id !== undefined && { id }), ...(turnId !== undefined && { turnId }) };
}

function findLine(lines: Lines, said: Transcript): Line | undefined {
  const text = said.text.trim();
  if (said.id !== undefined) {
    const known = lines.list.findLast((line) => line.who === said.who && line.id === said.id);
    if (known) return known;
  }
  if (said.who === 'person') {
    const typed = lines.list.findLast((line) => line.typed && line.text === text);
    if (typed) return typed;
  }
  const open = running(lines, said.who);
  if (open?.id !== undefined && said.id !== undefined) return undefined;
  // After an interruption only the shortened end of the same answer belongs to the old line.
  if (open?.cut && !(said.final && open.text.startsWith(text))) return undefined;
  return open;
}

function running(lines: Lines, who: Line['who']): Line | undefined {
  return lines.list.findLast((line) => line.who === who && !line.final);
}

function mapLine(lines: Lines, line: Line | undefined, change: (line: Line) => Line): Lines {
  if (!line) return lines;
  return { ...lines, list: lines.list.map((one) => (one === line ? change(one) : one)) };
}

function append(lines: Lines, line: Omit<Line, 'key'>): Lines {
  // A new line of the same speaker means that the one before will not be completed any more.
  const before = lines.list.map((one) =>
    one.who === line.who && !one.final ? { ...one, final: true } : one,
  );
  const list = [...before, { ...line, key: lines.nextKey }].slice(-linesMax);
  const oldest = list[0]?.key ?? 0;
  const extras =
    list.length < linesMax ? lines.extras : lines.extras.filter(({ key }) => key >= oldest);
  return { ...lines, list, extras, nextKey: lines.nextKey + 1 };
}
