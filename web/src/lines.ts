/** The conversation as lines on the page: messages in, lines out, nothing else. */
import type { ServerMessage } from './voice/messages.ts';

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
}

export interface Lines {
  list: readonly Line[];
  nextKey: number;
}

export const noLines: Lines = { list: [], nextKey: 1 };

/** Older lines stay on the server; the page keeps what one can scroll through. */
const linesMax = 200;

type Transcript = Extract<ServerMessage, { type: 'transcript' }>;

export function withMessage(lines: Lines, message: ServerMessage): Lines {
  if (message.type === 'clear') return withCut(lines);
  return message.type === 'transcript' ? withTranscript(lines, message) : lines;
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
  return { ...lines, list };
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
      ...(said.id === undefined ? {} : { id: said.id }),
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
    ...(said.id === undefined ? {} : { id: said.id }),
  }));
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
  return { list, nextKey: lines.nextKey + 1 };
}
