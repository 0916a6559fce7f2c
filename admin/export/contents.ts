/** The files of an export: each table of the person as JSON and as CSV, and what lies elsewhere. */
import type { Belongings } from '../../agent/belongings.ts';
import type { Sql } from '../../memory/database.ts';
import type { Audit } from '../audit.ts';
import type { AuditLine } from '../audit-lines.ts';
import type { ArchiveFile } from './archive.ts';
import { csvLine } from './csv.ts';
import { readme } from './readme.ts';
import { personTables, rowsOf } from './tables.ts';

interface Sources {
  sql: Sql;
  audit: Pick<Audit, 'list'>;
  belongings: Pick<Belongings, 'of'>;
}

export interface Exported {
  id: string;
  name: string;
  language: string;
}

async function* jsonOf(rows: AsyncIterable<unknown>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const row of rows) {
    yield before + JSON.stringify(row);
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

async function* csvOf(
  columns: readonly string[],
  rows: AsyncIterable<Record<string, unknown>>,
): AsyncGenerator<string> {
  yield csvLine(columns);
  for await (const row of rows) yield csvLine(columns.map((column) => row[column]));
}

const pageLines = 500;

async function* linesAbout({ audit }: Sources, personId: string): AsyncGenerator<AuditLine> {
  let before: number | undefined;
  for (;;) {
    const lines = await audit.list({ limit: pageLines, before, concerning: personId });
    yield* lines;
    before = lines.at(-1)?.number;
    if (lines.length < pageLines) return;
  }
}

/** Read as they are asked for: a page of rows lies in memory, never a table. */
export async function* contentsOf(
  sources: Sources,
  { id, name, language }: Exported,
  at: Date,
): AsyncGenerator<ArchiveFile> {
  const { sql, belongings } = sources;
  const tables = await personTables(sql);
  const files = tables.map(({ table }) => `${table}.json, ${table}.csv`);
  yield { name: 'README.txt', text: [readme(language, { name, at, files })] };
  for (const table of tables) {
    yield { name: `${table.table}.json`, text: jsonOf(rowsOf(sql, table, id)) };
    yield { name: `${table.table}.csv`, text: csvOf(table.columns, rowsOf(sql, table, id)) };
  }
  yield { name: 'audit.json', text: jsonOf(linesAbout(sources, id)) };
  const { pin, timers, turns } = await belongings.of(id);
  yield { name: 'turns.json', text: jsonOf(turns) };
  yield { name: 'timers.json', text: [`${JSON.stringify(timers, null, 2)}\n`] };
  yield { name: 'pin.json', text: [`${JSON.stringify({ pin })}\n`] };
}
