/** Markdown as it would be read aloud: structure becomes pauses, code stays on the screen. */
import type { Language } from './languages.ts';

const TABLE_ROWS_MAX = 4;

/** Makes a pause at the end of a line that is no sentence. */
const asSentence = (text: string): string => (/[.!?:;,…]["')\]]?$/.test(text) ? text : `${text}.`);

const cellsOf = (row: string): string[] =>
  row
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim());

const isTableRow = (line: string): boolean => /^\s*\|.*\|\s*$/.test(line);
const isRuler = (line: string): boolean =>
  /^\s*(?:\|[\s:|-]*-[\s:|-]*|[\s:|-]*-{2,}[\s:|-]*)$/.test(line);

/** Rows as "Name: Ada, Room: kitchen."; only the first rows of a long table. */
function tableText(lines: string[], language: Language): string {
  const ruled = lines.findIndex((line) => isRuler(line));
  const heads = ruled > 0 ? cellsOf(lines[ruled - 1] ?? '') : [];
  const rows = lines.slice(ruled + 1).filter((line) => !isRuler(line));
  const read = rows.slice(0, TABLE_ROWS_MAX).map((row) => {
    const cells = cellsOf(row).map((cell, at) => {
      const head = heads[at];
      return head && cell && at > 0 ? `${head}: ${cell}` : cell;
    });
    return asSentence(cells.filter(Boolean).join(', '));
  });
  const more = rows.length - read.length;
  if (more > 0) read.push(language.moreOnScreen(more));
  return read.length > 0 ? read.join(' ') : asSentence(heads.join(', '));
}

/** What stands at the beginning of a line: headings, lists, quotes, rulers. */
function lineText(line: string): string {
  const trimmed = line.trim();
  if (/^([-*_]\s*){3,}$/.test(trimmed)) return '';
  const heading = /^#{1,6}\s+(.*?)\s*#*$/.exec(trimmed);
  if (heading?.[1]) return asSentence(heading[1]);
  const item = /^(?:[-*+•]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?(.*)$/.exec(trimmed);
  if (item?.[1]) return asSentence(item[1]);
  return trimmed.replace(/^(>\s*)+/, '');
}

/** Emphasis marks, also unpaired ones: a clause may hold only one half of a pair. */
function withoutEmphasis(text: string): string {
  return text
    .replace(/\*\*|__(?=\S)|(?<=\S)__/g, '')
    .replace(/~~/g, '')
    .replace(/(?<![\w*\d])\*(?=\S)|(?<=\S)\*(?![\w*])/g, '')
    .replace(/(?<![\p{L}\p{N}_])_(?=\S)|(?<=\S)_(?![\p{L}\p{N}_])/gu, '');
}

function inlineText(text: string): string {
  return text
    .replace(/!?\[([^\]]*)\]\([^)]*\)?/g, '$1')
    .replace(/\[([^\]]+)\]\[[^\]]*\]/g, '$1')
    .replace(/`+([^`]*)`*/g, '$1');
}

function withoutCode(text: string, language: Language): string {
  let said = false;
  return text.replace(/(```|~~~)[\s\S]*?(\1|$)/g, () => {
    if (said) return '\n';
    said = true;
    return `\n${language.codeOnScreen}\n`;
  });
}

/** Plain text with sentences where the markdown had structure. */
export function withoutMarkdown(text: string, language: Language): string {
  const parts: string[] = [];
  let table: string[] = [];
  const endTable = () => {
    if (table.length > 0) parts.push(tableText(table, language));
    table = [];
  };
  for (const line of withoutCode(text, language).split('\n')) {
    if (isTableRow(line) || (table.length > 0 && isRuler(line))) {
      table.push(line);
      continue;
    }
    endTable();
    parts.push(lineText(line));
  }
  endTable();
  return withoutEmphasis(inlineText(parts.filter(Boolean).join('\n')));
}
