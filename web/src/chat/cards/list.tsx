/** A list of the household: ticking off works at once, and is put back where the house refuses. */
import { useId } from 'react';
import { cardWords as words } from '../../words/cards.ts';
import type { CardOf } from '../card.ts';
import { CheckIcon } from '../icons.ts';
import { Frame, Outside } from './frame.tsx';
import { filledIn, Said, useOptimistic } from './ordering.tsx';

type ListCard = CardOf<'list'>;

export function List({ card: { list, items, tick } }: { card: ListCard }) {
  return (
    <Frame kind="list" title={words.list(list)} empty={items.length === 0 && words.listEmpty}>
      <ul className="grid grid-cols-1">
        {items.map((item) => (
          <ListItem key={item.text} item={item} tick={tick} />
        ))}
      </ul>
    </Frame>
  );
}

const box =
  'grid size-6 shrink-0 place-items-center rounded-lg border border-rule-strong ' +
  'text-transparent peer-checked:border-door peer-checked:bg-door peer-checked:text-door-ink ' +
  'peer-focus-visible:outline-3 peer-focus-visible:outline-offset-2 ' +
  'peer-focus-visible:outline-focus';

interface ListItemProps {
  item: ListCard['items'][number];
  tick: ListCard['tick'];
}

function ListItem({ item, tick }: ListItemProps) {
  const { shown, order, said } = useOptimistic({ done: item.done });
  const off = (): void => {
    if (!tick) return;
    const input = filledIn(tick.input, '{text}', item.text);
    void order({ change: { done: true }, tool: tick.tool, input });
  };
  const id = useId();
  return (
    <li>
      <label htmlFor={id} className="flex min-h-11 cursor-pointer items-center gap-3">
        <input
          id={id}
          type="checkbox"
          checked={shown.done}
          aria-label={words.tickOff(item.text)}
          className="peer sr-only"
          disabled={shown.done || !tick}
          onChange={off}
        />
        <span aria-hidden="true" className={box}>
          <CheckIcon className="size-4" />
        </span>
        <span className="peer-checked:text-soft peer-checked:line-through">
          <Outside>{item.text}</Outside>
        </span>
      </label>
      <Said said={said} />
    </li>
  );
}
