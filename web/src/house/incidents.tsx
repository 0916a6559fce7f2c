/** What was down, as a line through time: newest first, page after page. */
import { useState } from 'react';
import type { AnswerOf } from '../api/ask.ts';
import { useAnswer } from '../app/questions.ts';
import { Button } from '../ui/button.tsx';
import { Badge, Section } from '../ui/page.tsx';
import { Answered, Empty } from '../ui/states.tsx';
import { commonWords } from '../words/everywhere.ts';
import { statusWords as words } from '../words/status.ts';
import { momentOf, spanOf, titleOf } from './formats.ts';

type Incident = AnswerOf<'get /api/v1/incidents'>['incidents'][number];

const pageSize = 20;
const askEveryMs = 30_000;

export function Incidents() {
  /** The last id before each page; the first page has none before it. */
  const [pages, setPages] = useState<readonly (string | undefined)[]>([undefined]);
  const last = pages.at(-1);
  return (
    <Section title={words.incidents} about={words.incidentsAbout}>
      <div>
        {pages.map((before) => (
          <IncidentPage
            key={before ?? ''}
            before={before}
            {...(before === last && {
              more: (next: string) => setPages((shown) => [...shown, next]),
            })}
          />
        ))}
      </div>
    </Section>
  );
}

interface IncidentPageProps {
  before: string | undefined;
  /** Of the last page alone. */
  more?: (before: string) => void;
}

function IncidentPage({ before, more }: IncidentPageProps) {
  const answer = useAnswer(
    'get /api/v1/incidents',
    { query: { limit: pageSize, before } },
    { ...(before === undefined && { everyMs: askEveryMs }) },
  );
  return (
    <Answered of={answer}>
      {({ incidents }) => {
        const next = incidents.at(-1)?.id;
        if (incidents.length === 0 && before === undefined) {
          return <Empty title={words.noIncidents}>{words.noIncidentsText}</Empty>;
        }
        return (
          <>
            <ol>
              {incidents.map((incident) => (
                <OneIncident key={incident.id ?? incident.part} incident={incident} />
              ))}
            </ol>
            {more && next && incidents.length === pageSize && (
              <Button onClick={() => more(next)}>{commonWords.more}</Button>
            )}
          </>
        );
      }}
    </Answered>
  );
}

function OneIncident({ incident }: { incident: Incident }) {
  const { part, openedAt, closedAt, failures, sentence, mend } = incident;
  const from = momentOf(openedAt);
  const span = spanOf((closedAt ? Date.parse(closedAt) : Date.now()) - Date.parse(openedAt));
  return (
    <li
      data-testid="incident"
      className="relative grid gap-1 border-s-2 border-rule-strong ps-6 pb-6"
    >
      <span
        aria-hidden="true"
        className={`absolute -start-[0.4375rem] top-1.5 size-3 rounded-full border-2 ${
          closedAt ? 'border-rule-strong bg-raised' : 'border-alert bg-alert'
        }`}
      />
      <div className="flex flex-wrap items-center gap-2">
        <p className="font-medium">{titleOf(part)}</p>
        {!closedAt && <Badge tone="bad">{words.lasting}</Badge>}
      </div>
      <p className="text-sm text-soft tabular-nums">
        {closedAt ? words.fromTo(from, momentOf(closedAt), span) : words.sinceThen(from, span)}
        {` · ${words.failures(failures)}`}
      </p>
      {sentence && (
        <p lang="en" className="text-sm">
          {sentence}
        </p>
      )}
      {mend && (
        <p className="text-sm">
          <strong className="font-semibold">{words.mend}: </strong>
          <span lang="en">{mend}</span>
        </p>
      )}
    </li>
  );
}
