/** Whether the audit log holds: all of it, or as far as a sum that was kept elsewhere. */
import { type SubmitEvent, useState } from 'react';
import type { AnswerOf } from '../api/ask.ts';
import { sentenceOf, useOrder } from '../app/questions.ts';
import { Button } from '../ui/button.tsx';
import { useCopy } from '../ui/copying.ts';
import { TextField } from '../ui/field.tsx';
import { Section } from '../ui/page.tsx';
import { Trouble } from '../ui/states.tsx';
import { auditWords as words } from '../words/audit.ts';
import { commonWords } from '../words/everywhere.ts';
import { countOf } from './formats.ts';

type Verified = AnswerOf<'get /api/v1/audit/verify'>;

export function Holds() {
  const verify = useOrder('get /api/v1/audit/verify');
  const [open, setOpen] = useState(false);
  const compare = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const entered = new FormData(event.currentTarget);
    const hash = String(entered.get('hash')).trim().toLowerCase();
    verify.mutate({ query: { number: String(entered.get('number')), hash } });
  };
  return (
    <Section
      title={words.verify}
      about={words.verifyAbout}
      actions={
        <Button
          busy={verify.isPending}
          onClick={() => verify.mutate({})}
          data-testid="verify-audit"
        >
          {words.verifyNow}
        </Button>
      }
    >
      <div role="status" className="grid gap-3 empty:hidden">
        {verify.data && <Result {...verify.data} />}
      </div>
      {verify.error && <Trouble sentence={sentenceOf(verify.error, commonWords.failed)} />}
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="inline-flex min-h-11 items-center text-link">{words.anchor}</summary>
        {open && (
          <form onSubmit={compare} className="grid items-end gap-3 sm:grid-cols-[8rem_1fr_auto]">
            <TextField
              name="number"
              inputMode="numeric"
              pattern="[0-9]+"
              label={words.anchorNumber}
              required
            />
            <TextField
              name="hash"
              pattern="\s*[0-9a-fA-F]{64}\s*"
              autoComplete="off"
              spellCheck={false}
              label={words.anchorHash}
              required
            />
            <Button type="submit" busy={verify.isPending}>
              {words.compare}
            </Button>
          </form>
        )}
      </details>
    </Section>
  );
}

function Result({ ok, entries, brokenAt, newest }: Verified) {
  const copy = useCopy();
  if (!ok) {
    const sentence = brokenAt === undefined ? words.brokenSomewhere : words.broken(brokenAt);
    return <Trouble sentence={sentence} />;
  }
  return (
    <>
      <p className="rounded-2xl bg-good-room p-4 text-good" data-testid="audit-holds">
        {words.holds(countOf(entries))}
      </p>
      {newest && (
        <div className="grid gap-1 text-sm">
          <p className="text-soft">{words.newest(newest.number)}</p>
          <div className="flex items-center gap-2 rounded-2xl bg-tint p-2 ps-4">
            <code className="min-w-0 grow">{newest.hash}</code>
            <Button kind="quiet" onClick={() => void copy(`${newest.number} ${newest.hash}`)}>
              {commonWords.copy}
            </Button>
          </div>
        </div>
      )}
    </>
  );
}
