/** What Butler knows about a person: found while one types, corrected in place, forgotten. */
import { useState } from 'react';
import { sentenceOf } from '../app/questions.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { AddIcon } from '../ui/icons.tsx';
import { Page, Section } from '../ui/page.tsx';
import { Empty, Loading, Trouble } from '../ui/states.tsx';
import { commonWords } from '../words/everywhere.ts';
import { memoryWords as words } from '../words/memory.ts';
import { FactForm } from './facts/fact-form.tsx';
import { FactRow } from './facts/fact-row.tsx';
import { type Fact, groupsOf } from './facts/facts.ts';
import { ForgetEverything } from './facts/forget-everything.tsx';
import { ForgetFound } from './facts/forget-found.tsx';
import { useFactOrders, useFoundFacts } from './facts/use-facts.ts';

const queryMax = 400;

export default function Memory() {
  const [typed, setTyped] = useState('');
  const [adding, setAdding] = useState(false);
  const { answer, found } = useFoundFacts(typed);
  const orders = useFactOrders();
  const add = async (told: Parameters<typeof orders.add>[0]) => {
    const done = await orders.add(told);
    if (done) setAdding(false);
    return done;
  };
  return (
    <Page
      title={words.title}
      about={words.about}
      actions={
        !adding && (
          <Button kind="primary" data-testid="fact-add" onClick={() => setAdding(true)}>
            <AddIcon className="size-5" aria-hidden="true" />
            {words.add}
          </Button>
        )
      }
    >
      {adding && (
        <Section title={words.addTitle}>
          <FactForm save={add} cancel={() => setAdding(false)} />
        </Section>
      )}
      <search>
        <TextField
          label={words.search}
          type="search"
          maxLength={queryMax}
          placeholder={words.searchExample}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </search>
      {answer.error && (
        <Trouble
          sentence={sentenceOf(answer.error, commonWords.failed)}
          again={() => void answer.refetch()}
        />
      )}
      {found ? <Found {...found} orders={orders} /> : !answer.error && <Loading rows={4} />}
      <ForgetEverything />
    </Page>
  );
}

interface FoundProps {
  query: string;
  facts: readonly Fact[];
  orders: ReturnType<typeof useFactOrders>;
}

function Found({ query, facts, orders }: FoundProps) {
  return (
    <>
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-2">
        <p role="status" className="text-soft" data-testid="fact-count">
          {facts.length > 0 ? words.count(facts.length) : query && words.noneFound(query)}
        </p>
        {query !== '' && facts.length > 0 && (
          <ForgetFound query={query} facts={facts} forget={orders.forget} />
        )}
      </div>
      {facts.length === 0 && query === '' && (
        <Empty title={words.noneTitle}>{words.noneText}</Empty>
      )}
      {groupsOf(facts).map(({ category, title, facts: own }) => (
        <Section key={category} title={title}>
          <ul className="-my-3 divide-y divide-rule">
            {own.map((fact) => (
              <FactRow
                key={fact.id}
                fact={fact}
                edit={(change) => orders.edit(fact.id, change)}
                forget={() => void orders.forget([fact.id])}
              />
            ))}
          </ul>
        </Section>
      ))}
    </>
  );
}
