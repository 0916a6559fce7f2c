/** The audit log: filtered, page after page, proven, and taken home. */
import { useState } from 'react';
import { useAnswer } from '../app/questions.ts';
import { Button } from '../ui/button.tsx';
import { Choice, TextField } from '../ui/field.tsx';
import { Badge, Page, Section, type Tone } from '../ui/page.tsx';
import { Answered, Empty } from '../ui/states.tsx';
import { Switch } from '../ui/switch.tsx';
import { auditWords as words } from '../words/audit.ts';
import { commonWords } from '../words/everywhere.ts';
import { houseWords } from '../words/house.ts';
import { AuditFile } from './audit-file.tsx';
import { Holds } from './audit-holds.tsx';
import {
  type AuditLine,
  type AuditQuery,
  deedOf,
  detailOf,
  isRoutine,
  type Kind,
  kinds,
  nameIn,
  startOfDay,
} from './audit-lines.ts';
import { momentOf } from './formats.ts';
import { useNames } from './names.ts';

const pageSize = 100;
const tones: Record<AuditLine['outcome'], Tone> = { done: 'plain', refused: 'wait', failed: 'bad' };
const kindNames = Object.keys(kinds) as Kind[];

interface Chosen {
  actor: string;
  kind: Kind;
  from: string;
  to: string;
  routine: boolean;
}

const everything: Chosen = { actor: '', kind: 'all', from: '', to: '', routine: false };

const queryOf = ({ actor, kind, from, to }: Chosen): AuditQuery => ({
  ...{ actor: actor || undefined, what: kinds[kind] || undefined },
  ...{ from: startOfDay(from), to: startOfDay(to, 1) },
});

export default function Audit() {
  const [chosen, setChosen] = useState(everything);
  const query = queryOf(chosen);
  return (
    <Page title={words.title} about={words.about} actions={<AuditFile query={query} />}>
      <Holds />
      <Section title={words.list}>
        <Filters chosen={chosen} change={setChosen} />
        <Lines key={JSON.stringify(query)} query={query} routine={chosen.routine} />
      </Section>
    </Page>
  );
}

function Filters({ chosen, change }: { chosen: Chosen; change(chosen: Chosen): void }) {
  const { people } = useNames();
  const everybody = { value: '', name: houseWords.everybody };
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Choice
        label={words.person}
        value={chosen.actor}
        options={[everybody, ...people.map(({ id, name }) => ({ value: id, name }))]}
        onChange={({ target }) => change({ ...chosen, actor: target.value })}
      />
      <Choice
        label={words.kind}
        value={chosen.kind}
        options={kindNames.map((value) => ({ value, name: words.kinds[value] }))}
        onChange={({ target }) => change({ ...chosen, kind: target.value as Kind })}
      />
      <TextField
        type="date"
        label={words.from}
        value={chosen.from}
        onChange={({ target }) => change({ ...chosen, from: target.value })}
      />
      <TextField
        type="date"
        label={words.to}
        value={chosen.to}
        onChange={({ target }) => change({ ...chosen, to: target.value })}
      />
      <Switch
        label={words.routine}
        hint={words.routineHint}
        on={chosen.routine}
        change={(on) => change({ ...chosen, routine: on })}
      />
    </div>
  );
}

interface LinesProps {
  query: AuditQuery;
  /** Whether routine is shown. */
  routine: boolean;
}

function Lines({ query, routine }: LinesProps) {
  /** The last number before each page; the first page has none before it. */
  const [pages, setPages] = useState<readonly (number | undefined)[]>([undefined]);
  const last = pages.at(-1);
  return (
    <div className="grid gap-3">
      {pages.map((before) => (
        <LinePage
          key={before ?? 0}
          query={query}
          routine={routine}
          before={before}
          {...(before === last && {
            more: (next: number) => setPages((shown) => [...shown, next]),
          })}
        />
      ))}
    </div>
  );
}

interface LinePageProps extends LinesProps {
  before: number | undefined;
  /** Of the last page alone. */
  more?: (before: number) => void;
}

function LinePage({ query, routine, before, more }: LinePageProps) {
  const answer = useAnswer('get /api/v1/audit', { query: { ...query, before, limit: pageSize } });
  return (
    <Answered of={answer}>
      {({ lines }) => {
        const next = lines.at(-1)?.number;
        if (lines.length === 0) {
          return before === undefined && <Empty title={words.none}>{words.noneText}</Empty>;
        }
        const shown = lines.filter((line) => routine || !isRoutine(line));
        const hidden = lines.length - shown.length;
        return (
          <>
            {hidden > 0 && <p className="text-sm text-soft">{words.onlyRoutine(hidden)}</p>}
            <ol className="divide-y divide-rule">
              {shown.map((line) => (
                <OneLine key={line.number} line={line} />
              ))}
            </ol>
            {more && next !== undefined && lines.length === pageSize && (
              <Button onClick={() => more(next)}>{commonWords.more}</Button>
            )}
          </>
        );
      }}
    </Answered>
  );
}

function OneLine({ line }: { line: AuditLine }) {
  const { number, at, actor, what, target, outcome } = line;
  const facts = [
    momentOf(at),
    ...(target && 'name' in target ? [words.concerning(target.name)] : []),
    words.number(number),
  ];
  const detail = detailOf(line);
  return (
    <li className="grid gap-0.5 py-3" data-testid="audit-line" data-number={number}>
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <p>
          <strong className="font-semibold">{nameIn(actor)}</strong>
          {` · ${deedOf(what)}`}
        </p>
        <Badge tone={tones[outcome]}>{words.outcomes[outcome]}</Badge>
      </div>
      <p className="text-sm text-soft tabular-nums">{facts.join(' · ')}</p>
      <p className="text-sm text-soft">
        <code>{what}</code>
        {detail && ` · ${detail}`}
      </p>
    </li>
  );
}
