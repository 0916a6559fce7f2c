/** Turns of the house: how fast they were, what they cost, and each of them as a waterfall. */
import { useCallback, useMemo, useState } from 'react';
import { useAnswer, useAskAgain } from '../app/questions.ts';
import { useIsOwner } from '../app/session.tsx';
import { useHouseLine } from '../chat/house-line.ts';
import { Button } from '../ui/button.tsx';
import { Choice } from '../ui/field.tsx';
import { Badge, Page, Section } from '../ui/page.tsx';
import { Answered, Empty } from '../ui/states.tsx';
import { commonWords } from '../words/everywhere.ts';
import { houseWords } from '../words/house.ts';
import { turnsWords as words } from '../words/turns.ts';
import { speedColumns } from './charts.ts';
import { ColumnChart } from './column-chart.tsx';
import { localDay, millisecondsOf } from './formats.ts';
import { useNames } from './names.ts';
import { Spending } from './spending.tsx';
import { Legend, TurnList } from './turn-list.tsx';
import { type Filter, filters, fitting, type Turn, turnRows, type Wanted } from './turns.ts';

/** As many as the house keeps at hand. */
const keptMax = 200;
const pageSize = 25;
const askEveryMs = 5_000;
const askEveryMsLive = 60_000;
const everything: Wanted = { personId: '', door: '', filter: 'all' };

export default function Turns() {
  const again = useAskAgain();
  const look = useCallback(() => void again('get /api/v1/turns'), [again]);
  const live = useHouseLine(['turns'], look, { onBack: look });
  const everyMs = live ? askEveryMsLive : askEveryMs;
  const answer = useAnswer('get /api/v1/turns', { query: { limit: keptMax } }, { everyMs });
  return (
    <Page
      title={words.title}
      about={words.about}
      actions={<Badge tone={live ? 'good' : 'plain'}>{live ? words.live : words.notLive}</Badge>}
    >
      <Answered of={answer}>
        {({ turns }) =>
          turns.length === 0 ? (
            <Empty title={words.none}>{words.noneText}</Empty>
          ) : (
            <>
              <Speed turns={turns} />
              <LastTurns turns={turns} />
            </>
          )
        }
      </Answered>
      <Spending />
    </Page>
  );
}

function Speed({ turns }: { turns: readonly Turn[] }) {
  const columns = useMemo(() => speedColumns(turns, localDay(new Date())), [turns]);
  if (columns.length === 0) return null;
  return (
    <Section title={words.speed} about={words.speedAbout(turns.length)}>
      <ColumnChart
        title={words.speed}
        columns={columns}
        value={{ name: words.median, of: millisecondsOf }}
        mark={words.slowest}
      />
      <p className="text-sm text-soft">{words.slowTick}</p>
    </Section>
  );
}

function LastTurns({ turns }: { turns: readonly Turn[] }) {
  const { nameOf } = useNames();
  const isOwner = useIsOwner();
  const [wanted, setWanted] = useState(everything);
  const [shown, setShown] = useState(pageSize);
  const found = useMemo(() => fitting(turns, wanted), [turns, wanted]);
  const rows = useMemo(() => turnRows(found.slice(0, shown)), [found, shown]);
  return (
    <Section title={words.list} about={words.listAbout}>
      <Filters turns={turns} wanted={wanted} change={setWanted} />
      <p role="status" className="text-sm text-soft">
        {words.shown(found.length)}
      </p>
      {rows.length === 0 ? (
        <Empty title={words.noneFit} />
      ) : (
        <>
          <Legend />
          <TurnList rows={rows} nameOf={(id) => (isOwner ? nameOf(id) : undefined)} />
        </>
      )}
      {found.length > shown && (
        <Button onClick={() => setShown(shown + pageSize)}>{commonWords.more}</Button>
      )}
    </Section>
  );
}

interface FiltersProps {
  turns: readonly Turn[];
  wanted: Wanted;
  change(wanted: Wanted): void;
}

function Filters({ turns, wanted, change }: FiltersProps) {
  const { nameOf } = useNames();
  const everybody = { value: '', name: houseWords.everybody };
  const people = [...new Set(turns.map(({ personId }) => personId))];
  const doors = [...new Set(turns.map(({ door }) => door))];
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      {people.length > 1 && (
        <Choice
          label={words.person}
          value={wanted.personId}
          options={[everybody, ...people.map((id) => ({ value: id, name: nameOf(id) }))]}
          onChange={({ target }) => change({ ...wanted, personId: target.value })}
        />
      )}
      <Choice
        label={words.door}
        value={wanted.door}
        options={[
          { value: '', name: words.allDoors },
          ...doors.map((door) => ({ value: door, name: houseWords.doors[door] })),
        ]}
        onChange={({ target }) => change({ ...wanted, door: target.value })}
      />
      <Choice
        label={words.filter}
        value={wanted.filter}
        options={filters.map((value) => ({ value, name: words.filters[value] }))}
        onChange={({ target }) => change({ ...wanted, filter: target.value as Filter })}
      />
    </div>
  );
}
