/** Things of the house with live controls: at once on the page, and put back where it failed. */
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Slider, Switch } from '../../ui/switch.tsx';
import { cardWords as words } from '../../words/cards.ts';
import { language } from '../../words/language.ts';
import type { ChatActs } from '../acts.ts';
import type { CardOf } from '../card.ts';
import { LockedIcon, UnlockedIcon } from '../icons.ts';
import { Frame, Outside } from './frame.tsx';
import { filledIn, type Order, Said, useOptimistic } from './ordering.tsx';
import { type Command, changeBy, scales, shownValue, stateText, type Thing } from './things.ts';

export function Things({ card, acts }: { card: CardOf<'things'>; acts: ChatActs }) {
  return (
    <Frame kind="things" title={words.things}>
      <ul className="grid grid-cols-1 divide-y divide-rule">
        {card.things.map((thing) => (
          <OneThing key={thing.entityId} thing={thing} acts={acts} />
        ))}
      </ul>
    </Frame>
  );
}

function OneThing({ thing, acts }: { thing: Thing; acts: ChatActs }) {
  const { shown, order, said, busy } = useOptimistic<Thing>(thing);
  const [asked, setAsked] = useState(false);
  const command = (name: Command['name']) => thing.commands.find((one) => one.name === name);
  const run = async (wanted: Command, value?: number): Promise<boolean> => {
    setAsked(false);
    const input = value === undefined ? wanted.input : filledIn(wanted.input, '{value}', value);
    const change: Order<Thing>['change'] = changeBy(wanted.name, value);
    const { ok, code } = await order({ change, tool: wanted.tool, input });
    if (code !== 'needs-yes') return ok;
    // What needs a yes or a PIN is asked where it can be answered.
    setAsked(true);
    acts.send(words.order(words.command(wanted.name), thing.name));
    return false;
  };
  const [on, off] = [command('on'), command('off')];
  const switched = on && off && shown.on !== undefined;
  const scaled = scales.flatMap((name) => command(name) ?? []);
  const drawn: readonly string[] = [...(switched ? ['on', 'off'] : []), ...scales];
  const buttons = thing.commands.filter(({ name }) => !drawn.includes(name));
  return (
    <li data-testid="thing" data-entity={thing.entityId} className="grid grid-cols-1 gap-2 py-2">
      {switched ? (
        <Switch
          label={thing.name}
          hint={<AboutThing thing={shown} />}
          on={shown.on === true}
          change={(next) => void run(next ? on : off)}
        />
      ) : (
        <div className="flex items-center gap-3">
          {shown.locked !== undefined && <Lock locked={shown.locked} />}
          <div>
            <p className="font-medium">
              <Outside>{thing.name}</Outside>
            </p>
            <p className="text-sm text-soft">
              <AboutThing thing={shown} />
            </p>
          </div>
        </div>
      )}
      {scaled.map((one) => (
        <Scale key={one.name} thing={shown} command={one} run={(value) => run(one, value)} />
      ))}
      {buttons.length > 0 && (
        <div className="flex flex-wrap gap-2">
          {buttons.map((one) => (
            <Button
              key={one.name}
              busy={busy}
              aria-label={words.commandOf(words.command(one.name), thing.name)}
              data-testid={`thing-${one.name}`}
              onClick={() => void run(one)}
            >
              {words.command(one.name)}
            </Button>
          ))}
        </div>
      )}
      <Said said={asked ? { ok: true, sentence: words.asksThere } : said} />
    </li>
  );
}

function Lock({ locked }: { locked: boolean }) {
  const Icon = locked ? LockedIcon : UnlockedIcon;
  const colour = locked ? 'text-good' : 'text-wait';
  return <Icon className={`size-6 shrink-0 ${colour}`} aria-hidden="true" />;
}

/** Where it is and how it is: "Kitchen · on · 60 %". */
function AboutThing({ thing }: { thing: Thing }) {
  return (
    <>
      {thing.area && (
        <>
          <Outside>{thing.area}</Outside>
          {' · '}
        </>
      )}
      <span data-testid="thing-state">{stateText(thing, language)}</span>
    </>
  );
}

interface ScaleProps {
  thing: Thing;
  command: Command;
  /** @returns whether the house has done it. */
  run(value: number): Promise<boolean>;
}

function Scale({ thing, command, run }: ScaleProps) {
  const { min, max, unit } = command.takes ?? { min: 0, max: 100, unit: '%' };
  // While a hand moves it, it is where the hand is.
  const [held, setHeld] = useState<number>();
  // What no card says is what was ordered last.
  const [last, setLast] = useState<number>();
  const value = held ?? shownValue(thing, command.name) ?? last;
  const part = new Intl.NumberFormat(language, { style: 'percent' });
  const shownAs = (number: number) =>
    unit === '%' ? part.format(number / 100) : `${number.toLocaleString(language)} ${unit}`;
  const settle = async (next: number) => {
    setHeld(undefined);
    setLast(next);
    if (!(await run(next))) setLast(undefined);
  };
  return (
    <Slider
      label={words.commandOf(words.command(command.name), thing.name)}
      shown={value === undefined ? '–' : shownAs(value)}
      value={value ?? min}
      range={{ min, max, step: unit === '%' ? 1 : 0.5 }}
      change={setHeld}
      settle={(next) => void settle(next)}
    />
  );
}
