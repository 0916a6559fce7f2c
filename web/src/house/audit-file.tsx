/** All lines that fit the filters as a file, asked for page by page. */
import { useState } from 'react';
import { ask } from '../api/ask.ts';
import { useSession } from '../app/session.tsx';
import { said, useDo } from '../me/doing.ts';
import { Button } from '../ui/button.tsx';
import { auditWords as words } from '../words/audit.ts';
import { type AuditLine, type AuditQuery, csvOf } from './audit-lines.ts';
import { countOf } from './formats.ts';
import { saveFile } from './saving.ts';

/** As many as the route gives at once. */
const limit = 200;
const bom = '\ufeff';

export function AuditFile({ query }: { query: AuditQuery }) {
  const { token } = useSession();
  const [count, setCount] = useState<number>();
  const run = useDo();
  const take = async () => {
    const all: AuditLine[] = [];
    setCount(0);
    try {
      for (let before: number | undefined; ; before = all.at(-1)?.number) {
        const asked = { ...query, limit, before };
        const { lines } = await ask('get /api/v1/audit', { token, query: asked });
        all.push(...lines);
        setCount(all.length);
        if (lines.length < limit) break;
      }
      // Spreadsheets take a file without this mark for Latin-1.
      const file = new Blob([bom, csvOf(all)], { type: 'text/csv;charset=utf-8' });
      saveFile(file, `butler-audit-${new Date().toISOString().slice(0, 10)}.csv`);
    } finally {
      setCount(undefined);
    }
  };
  return (
    <Button busy={count !== undefined} onClick={() => said(run(take))} data-testid="audit-file">
      {count === undefined ? words.exportAll : words.exporting(countOf(count))}
    </Button>
  );
}
