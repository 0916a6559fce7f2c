/** Backups of the house: what there is, one more now, taking one home, and the way back. */
import { useEffect, useRef } from 'react';
import type { AnswerOf } from '../api/ask.ts';
import { useAnswer, useOrder } from '../app/questions.ts';
import { said, useDo } from '../me/doing.ts';
import { Button } from '../ui/button.tsx';
import { useCopy } from '../ui/copying.ts';
import { Page, Rows, Section } from '../ui/page.tsx';
import { Answered, Empty, Trouble } from '../ui/states.tsx';
import { useTell } from '../ui/toasts.tsx';
import { backupsWords as words } from '../words/backups.ts';
import { commonWords } from '../words/everywhere.ts';
import { BackupRow } from './backup-row.tsx';
import { momentOf, spanOf } from './formats.ts';

type Answer = AnswerOf<'get /api/v1/backups'>;
type State = Answer['state'];

const askEveryMs = 2_000;

export default function Backups() {
  const answer = useAnswer('get /api/v1/backups', {}, { everyMs: askEveryMs });
  const make = useOrder('post /api/v1/backups', { changes: ['get /api/v1/backups'] });
  const run = useDo();
  const running = answer.data?.state.running ?? null;
  useToldWhenMade(answer.data?.state);
  return (
    <Page
      title={words.title}
      about={words.about}
      actions={
        <Button
          kind="primary"
          busy={make.isPending || running !== null}
          onClick={() => said(run(() => make.mutateAsync({})))}
          data-testid="make-backup"
        >
          {words.make}
        </Button>
      }
    >
      <Answered of={answer}>
        {({ backups, state }) => (
          <>
            <HowItIs {...state} />
            <Section title={words.list} about={words.secretHint}>
              {backups.length === 0 ? (
                <Empty title={words.none}>{words.noneText}</Empty>
              ) : (
                <Rows label={words.list}>
                  {backups.map((backup) => (
                    <BackupRow key={backup.name} backup={backup} />
                  ))}
                </Rows>
              )}
            </Section>
            <GoingBack file={`${state.folder}/${backups[0]?.name ?? 'FILE'}`} />
          </>
        )}
      </Answered>
    </Page>
  );
}

/** Says when the one that was being made is there. */
function useToldWhenMade(state: State | undefined): void {
  const tell = useTell();
  const before = useRef<State>(undefined);
  useEffect(() => {
    const was = before.current;
    before.current = state;
    if (!was?.running || !state || state.running) return;
    if (state.lastSuccessAt !== was.lastSuccessAt) tell({ sentence: words.made });
    else if (state.failure) tell({ tone: 'alert', sentence: state.failure.sentence });
  }, [state, tell]);
}

function HowItIs({ running, lastSuccessAt, failure, nextAt, folder }: State) {
  const facts = [
    [words.last, lastSuccessAt ? momentOf(lastSuccessAt) : words.never],
    [words.next, momentOf(nextAt)],
    [words.folder, folder],
  ];
  return (
    <div className="grid gap-4">
      {running && (
        <div role="status" className="grid gap-1 rounded-2xl bg-wait-room p-4 text-wait">
          <p className="font-medium">
            {words.making}, {words.started(spanOf(Date.now() - Date.parse(running.since)))}
          </p>
          {running.table && <p className="text-sm">{words.at(running.table, running.rows)}</p>}
        </div>
      )}
      {failure && (
        <Trouble sentence={`${words.failed(momentOf(failure.at))} ${failure.sentence}`} />
      )}
      <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[max-content_1fr]">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-soft">{name}</dt>
            <dd className="tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function GoingBack({ file }: { file: string }) {
  const name = file.split('/').at(-1) ?? file;
  const compose = 'docker compose run --rm butler node agent/setup/restore.ts';
  return (
    <Section title={words.restore} about={words.restoreAbout}>
      <ol className="grid list-decimal gap-3 ps-5">
        <li>{words.steps.end}</li>
        <li>
          <div className="grid gap-2">
            {words.steps.run}
            <Command line={`npm run restore -- ${file}`} />
            {words.steps.compose}
            <Command line={`${compose} /data/backups/${name} --replace`} />
          </div>
        </li>
        <li>{words.steps.start}</li>
      </ol>
      <p className="text-sm text-soft">{words.after}</p>
    </Section>
  );
}

function Command({ line }: { line: string }) {
  const copy = useCopy();
  return (
    <div className="flex items-center gap-2 rounded-2xl bg-tint p-2 ps-4">
      <code className="min-w-0 grow text-sm">{line}</code>
      <Button kind="quiet" onClick={() => void copy(line)}>
        {commonWords.copy}
      </Button>
    </div>
  );
}
