/** What Butler knows: found while one types, corrected in place, forgotten and taken back. */
import { type SubmitEvent, useCallback, useEffect, useRef, useState } from 'react';
import { type FactGroup, groupsOf, sourceOf } from '../../memory.ts';
import { type Category, categories, type Fact, type Search } from '../../memory-api.ts';
import { memoryWords as words } from '../../memory-words.ts';
import { type Desk, useSearch } from './desk.ts';
import { ForgetEverything } from './forget.tsx';
import { SearchBox } from './search-box.tsx';

export function Facts({ desk }: { desk: Desk }) {
  const { api, tell, attempt } = desk;
  const ask = useCallback((search: Search) => api.facts(search), [api]);
  const { typed, setTyped, found, again } = useSearch(desk, ask);
  const [adding, setAdding] = useState(false);

  const undo = (word: string) =>
    attempt(async () => {
      await api.restore(word);
      again();
      tell({ tone: 'information', sentence: words.restored });
    });
  const forget = (fact: Fact) =>
    attempt(async () => {
      const word = await api.forget(fact.id);
      again();
      const sentence = words.forgotten;
      tell({ tone: 'information', sentence, undo: () => void undo(word) });
    });
  const edit = (fact: Fact, change: FactText) =>
    attempt(async () => {
      await api.edit(fact.id, change);
      again();
      tell({ tone: 'information', sentence: words.edited });
    });
  const add = (told: FactText) =>
    attempt(async () => {
      const { outcome } = await api.add(told);
      setAdding(false);
      again();
      tell({ tone: 'information', sentence: outcomeOf(outcome) });
    });

  return (
    <>
      <SearchBox label={words.searchFacts} typed={typed} type={setTyped} />
      {adding ? (
        <FactForm start={emptyFact} save={add} cancel={() => setAdding(false)} />
      ) : (
        <button
          type="button"
          className="secondary"
          data-testid="fact-add"
          onClick={() => setAdding(true)}
        >
          {words.addFact}
        </button>
      )}
      <p className="about-count" role="status">
        {found === undefined ? words.loading : countOf(found.query, found.rows.length)}
      </p>
      {found &&
        groupsOf(found.rows).map((group) => (
          <Group key={group.category} group={group} edit={edit} forget={forget} />
        ))}
      <ForgetEverything desk={desk} done={again} />
    </>
  );
}

function outcomeOf(outcome: string): string {
  if (outcome === 'known') return words.known;
  return outcome === 'replaced' ? words.replaced : words.added;
}

function countOf(query: string, count: number): string {
  if (count > 0) return words.factsFound(count);
  return query === '' ? words.noFacts : words.noFactsFound(query);
}

interface Acts {
  edit(fact: Fact, change: FactText): Promise<boolean>;
  forget(fact: Fact): Promise<boolean>;
}

function Group({ group, ...acts }: { group: FactGroup } & Acts) {
  const id = `facts-${group.category}`;
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{group.title}</h3>
      <ul>
        {group.facts.map((fact) => (
          <FactItem key={fact.id} fact={fact} {...acts} />
        ))}
      </ul>
    </section>
  );
}

function FactItem({ fact, edit, forget }: { fact: Fact } & Acts) {
  const [editing, setEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  // The form had the focus: it goes back to where it came from.
  useEffect(() => {
    if (wasEditing.current && !editing) button.current?.focus();
    wasEditing.current = editing;
  }, [editing]);
  if (editing) {
    const save = async (change: FactText) => {
      const done = await edit(fact, change);
      if (done) setEditing(false);
      return done;
    };
    return (
      <li data-testid="fact">
        <FactForm start={fact} save={save} cancel={() => setEditing(false)} />
      </li>
    );
  }
  return (
    <li data-testid="fact">
      <div className="fact-said">
        <p className="fact-text">{fact.fact}</p>
        <p className="fact-source">{sourceOf(fact, new Date())}</p>
      </div>
      <div className="fact-acts">
        <button
          ref={button}
          type="button"
          className="quiet"
          aria-label={words.of(words.edit, fact.fact)}
          onClick={() => setEditing(true)}
        >
          {words.edit}
        </button>
        <button
          type="button"
          className="quiet"
          aria-label={words.of(words.forget, fact.fact)}
          onClick={() => void forget(fact)}
        >
          {words.forget}
        </button>
      </div>
      {fact.quote !== null && (
        <details>
          <summary>{words.whereFrom}</summary>
          <p>{words.quote(fact.quote)}</p>
        </details>
      )}
    </li>
  );
}

interface FactText {
  fact: string;
  category: Category;
}

const emptyFact: FactText = { fact: '', category: 'personal' };
const factMax = 500;

interface FactFormProps {
  start: FactText;
  save(fact: FactText): Promise<boolean>;
  cancel(): void;
}

function FactForm({ start, save, cancel }: FactFormProps) {
  const [fact, setFact] = useState(start.fact);
  const [category, setCategory] = useState(start.category);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (fact.trim() === '') return;
    setBusy(true);
    if (!(await save({ fact: fact.trim(), category }))) setBusy(false);
  };
  return (
    <form className="fact-form" onSubmit={(event) => void submit(event)} aria-busy={busy}>
      <label>
        <span>{words.factLabel}</span>
        <textarea
          ref={field}
          required
          rows={2}
          maxLength={factMax}
          placeholder={words.factExample}
          value={fact}
          onChange={(event) => setFact(event.target.value)}
        />
      </label>
      <label>
        <span>{words.categoryLabel}</span>
        <select value={category} onChange={(event) => setCategory(event.target.value as Category)}>
          {categories.map((one) => (
            <option key={one} value={one}>
              {words.categories[one]}
            </option>
          ))}
        </select>
      </label>
      <div className="fact-acts">
        <button type="submit" className="primary" disabled={busy || fact.trim() === ''}>
          {busy ? words.saving : words.save}
        </button>
        <button type="button" className="quiet" onClick={cancel}>
          {words.cancel}
        </button>
      </div>
    </form>
  );
}
