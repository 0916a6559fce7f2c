/** What was spent, by day, person, door and cause, and how far the limits are used up. */
import { useMemo, useState } from 'react';
import type { AnswerOf } from '../api/ask.ts';
import { useAnswer } from '../app/questions.ts';
import { useIsOwner } from '../app/session.tsx';
import { Choice } from '../ui/field.tsx';
import { Badge, Section } from '../ui/page.tsx';
import { Answered, Empty } from '../ui/states.tsx';
import { houseWords } from '../words/house.ts';
import { turnsWords as words } from '../words/turns.ts';
import { costColumns } from './charts.ts';
import { ColumnChart } from './column-chart.tsx';
import { dollarsOf, momentOf } from './formats.ts';
import { useNames } from './names.ts';

type Spent = AnswerOf<'get /api/v1/spending'>;
type Group = Spent['groups'][number];
type Cap = Spent['caps'][number];

const periods = [7, 30, 90] as const;
const bys = ['person', 'door', 'trigger'] as const;
type By = (typeof bys)[number];
const dayMs = 86_400_000;
/** What a turn cost is written down a moment after it. */
const askEveryMs = 5_000;

const doors: Readonly<Record<string, string>> = houseWords.doors;
const triggers: Readonly<Record<string, string>> = words.triggers;

/** The first of so many days, by a clock that may be a day off the house's: it is a filter. */
const firstOf = (days: number): string =>
  new Date(Date.now() - (days - 1) * dayMs).toISOString().slice(0, 10);

export function Spending() {
  const [days, setDays] = useState<number>(30);
  const from = firstOf(days);
  const answer = useAnswer(
    'get /api/v1/spending',
    { query: { by: 'day', from } },
    { everyMs: askEveryMs },
  );
  return (
    <Section title={words.cost} about={words.costAbout}>
      <div className="max-w-60">
        <Choice
          label={words.period}
          value={String(days)}
          options={periods.map((count) => ({
            value: String(count),
            name: words.lastDays(count),
          }))}
          onChange={({ target }) => setDays(Number(target.value))}
        />
      </div>
      <Answered of={answer}>
        {(spent) => (
          <>
            <Spent {...spent} />
            {spent.turns > 0 && <Groups from={from} />}
            <Caps caps={spent.caps} />
          </>
        )}
      </Answered>
    </Section>
  );
}

function Spent(spent: Spent) {
  const columns = useMemo(() => costColumns(spent), [spent]);
  if (spent.turns === 0) {
    return <Empty title={words.nothingSpent}>{words.nothingSpentText}</Empty>;
  }
  return (
    <>
      <p className="font-serif text-2xl" data-testid="spent">
        {words.sum(dollarsOf(spent.usd), spent.turns)}
      </p>
      {spent.unpriced > 0 && <p className="text-sm text-soft">{words.unpriced(spent.unpriced)}</p>}
      <ColumnChart
        title={words.cost}
        columns={columns}
        value={{ name: words.dollars, of: dollarsOf }}
      />
    </>
  );
}

function Groups({ from }: { from: string }) {
  const [by, setBy] = useState<By>('door');
  const { nameOf } = useNames();
  const isOwner = useIsOwner();
  const answer = useAnswer('get /api/v1/spending', { query: { by, from } });
  const names: Record<By, (key: string) => string> = {
    person: nameOf,
    door: (key) => doors[key] ?? key,
    trigger: (key) => triggers[key] ?? key,
  };
  const options = bys.filter((one) => isOwner || one !== 'person');
  return (
    <div className="grid gap-3">
      <div className="max-w-60">
        <Choice
          label={words.by}
          value={by}
          options={options.map((value) => ({ value, name: words.bys[value] }))}
          onChange={({ target }) => setBy(target.value as By)}
        />
      </div>
      <Answered of={answer} rows={2}>
        {({ groups, usd }) => (
          <ul aria-label={words.bys[by]} className="grid gap-3">
            {groups
              .toSorted((a, b) => b.usd - a.usd)
              .map((group) => (
                <GroupRow key={group.key} name={names[by](group.key)} group={group} whole={usd} />
              ))}
          </ul>
        )}
      </Answered>
    </div>
  );
}

function GroupRow({ name, group, whole }: { name: string; group: Group; whole: number }) {
  const share = whole > 0 ? group.usd / whole : 0;
  return (
    <li className="grid gap-1">
      <div className="flex flex-wrap justify-between gap-2">
        <span>{name}</span>
        <span className="text-soft tabular-nums">
          {words.sum(dollarsOf(group.usd), group.turns)}
        </span>
      </div>
      <Gauge share={share} />
    </li>
  );
}

/** A bar; the numbers beside it say the same. */
function Gauge({ share, full = false }: { share: number; full?: boolean }) {
  const width = `${Math.min(100, 100 * share)}%`;
  return (
    <div aria-hidden="true" className="h-2 overflow-hidden rounded-full bg-tint">
      <div
        className={`h-full rounded-full ${full ? 'bg-alert' : 'bg-door-rule dark:bg-link'}`}
        style={{ width }}
      />
    </div>
  );
}

function Caps({ caps }: { caps: readonly Cap[] }) {
  const { nameOf } = useNames();
  const whichOf = ({ whose, which }: Cap): string => {
    if (whose === 'household') return words.whose.household;
    const names = { person: nameOf, door: (key: string) => doors[key] ?? key };
    const name = whose === 'trigger' ? (triggers[which] ?? which) : names[whose](which);
    return `${words.whose[whose]}: ${name}`;
  };
  return (
    <div className="grid gap-3">
      <h3 className="text-lg">{words.caps}</h3>
      {caps.length === 0 && <p className="text-sm text-soft">{words.noCaps}</p>}
      <ul className="grid gap-4">
        {caps.map((cap) => {
          const { whose, which, period, limitUsd, spentUsd, until } = cap;
          const full = spentUsd >= limitUsd;
          return (
            <li key={`${whose} ${which} ${period}`} className="grid gap-1" data-testid="cap">
              <div className="flex flex-wrap items-center justify-between gap-2">
                <span>
                  {whichOf(cap)}, {words.periods[period]}
                </span>
                {full && <Badge tone="bad">{words.reached}</Badge>}
                <span className="tabular-nums">
                  {words.spentOf(dollarsOf(spentUsd), dollarsOf(limitUsd))}
                </span>
              </div>
              <Gauge share={limitUsd > 0 ? spentUsd / limitUsd : 1} full={full} />
              <span className="text-sm text-soft">{words.anew(momentOf(until))}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
