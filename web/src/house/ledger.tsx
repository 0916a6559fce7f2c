/** What is planned: the timers that run, counting down, and calling one off. */
import { useEffect, useState } from 'react';
import type { AnswerOf } from '../api/ask.ts';
import { useAnswer, useOrder } from '../app/questions.ts';
import { useDo } from '../me/doing.ts';
import { Button } from '../ui/button.tsx';
import { Sure } from '../ui/dialog.tsx';
import { Page, Row, Rows, Section } from '../ui/page.tsx';
import { Answered, Empty } from '../ui/states.tsx';
import { ledgerWords as words } from '../words/ledger.ts';
import { spanOf, timeOf } from './formats.ts';
import { useNames } from './names.ts';

type Entry = AnswerOf<'get /api/v1/schedule'>['entries'][number];

const askEveryMs = 5_000;
const tickMs = 1_000;

export default function Ledger() {
  const answer = useAnswer('get /api/v1/schedule', {}, { everyMs: askEveryMs });
  const nowMs = useNow();
  return (
    <Page title={words.title} about={words.about}>
      <Section title={words.list}>
        <Answered of={answer}>
          {({ entries }) =>
            entries.length === 0 ? (
              <Empty title={words.none}>{words.noneText}</Empty>
            ) : (
              <Rows label={words.list}>
                {entries.map((entry) => (
                  <EntryRow key={entry.id} entry={entry} nowMs={nowMs} />
                ))}
              </Rows>
            )
          }
        </Answered>
      </Section>
    </Page>
  );
}

/** The time, once a second. */
function useNow(): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
}

function EntryRow({ entry, nowMs }: { entry: Entry; nowMs: number }) {
  const { people } = useNames();
  const { ownerId, owner, isYours, name, dueAt, lengthMs } = entry;
  const isChilds = people.some(({ id, role }) => id === ownerId && role === 'child');
  const mayCancel = isYours || isChilds;
  const length = spanOf(lengthMs);
  const unnamed = mayCancel ? words.unnamed(length) : words.private(length);
  const title = name ?? unnamed;
  const leftMs = Date.parse(dueAt) - nowMs;
  const facts = [words.due(timeOf(dueAt)), ...(isYours ? [] : [words.of(owner)])];
  return (
    <Row>
      <div className="grid gap-0.5" data-testid="planned">
        <p className="font-medium">{title}</p>
        <p className="text-sm text-soft tabular-nums">{facts.join(' · ')}</p>
      </div>
      <p className="ms-auto font-serif text-xl tabular-nums">
        {leftMs > 0 ? words.left(spanOf(leftMs)) : words.ringing}
      </p>
      {mayCancel && <Cancel entry={entry} title={title} />}
    </Row>
  );
}

function Cancel({ entry, title }: { entry: Entry; title: string }) {
  const [open, setOpen] = useState(false);
  const order = useOrder('delete /api/v1/schedule/:id', { changes: ['get /api/v1/schedule'] });
  const run = useDo();
  return (
    <>
      <Button aria-label={words.cancelOf(title)} onClick={() => setOpen(true)}>
        {words.cancel}
      </Button>
      <Sure
        title={words.cancelTitle}
        about={words.cancelAbout(title)}
        act={words.cancel}
        open={open}
        close={() => setOpen(false)}
        confirm={() =>
          run(() => order.mutateAsync({ param: { id: entry.id } }), words.cancelled(title))
        }
      />
    </>
  );
}
