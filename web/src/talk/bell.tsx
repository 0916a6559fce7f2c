/** The bell push: hold it and speak; its rings show who is being heard. */
import { useRef } from 'react';
import '../style/bell.css';
import { talkWords as words } from '../words/talk.ts';
import { useHold } from './hold.ts';
import { useMeter } from './meter.ts';
import type { ShownState } from './view.ts';

interface BellProps {
  state: ShownState;
  talking: boolean;
  holding: boolean;
  press(at: number): void;
  release(): void;
  levels(): { person: number; butler: number };
}

export function Bell({ state, talking, holding, press, release, levels }: BellProps) {
  const button = useRef<HTMLButtonElement>(null);
  const handlers = useHold(button, { press, release });
  useMeter(button, talking || state === 'speaking', levels);
  return (
    <button
      type="button"
      className={
        'bell relative grid size-34 touch-none place-items-center rounded-full ' +
        'beside:size-[clamp(6rem,29vh,15.5rem)] max-[380px]:size-28'
      }
      data-testid="hold"
      data-state={state}
      aria-pressed={holding}
      aria-label={words.hold}
      aria-describedby="bell-hint"
      ref={button}
      {...handlers}
    >
      <Rings />
      <span className="bell-plate" aria-hidden="true">
        <span className="bell-push">{holding ? words.speakEngraved : words.holdEngraved}</span>
      </span>
    </button>
  );
}

/** Two half rings rise from the foot of the bell, one on each side. */
function Rings() {
  const halves = ['M100 194A94 94 0 0 1 100 6', 'M100 194A94 94 0 0 0 100 6'];
  return (
    <svg className="bell-rings" viewBox="0 0 200 200" aria-hidden="true" focusable="false">
      <circle className="ring ring-track" cx="100" cy="100" r="94" />
      <circle className="ring ring-thinking" cx="100" cy="100" r="94" pathLength={100} />
      {halves.map((half) => (
        <g key={half}>
          <path className="ring ring-butler" d={half} pathLength={100} />
          <path className="ring ring-person" d={half} pathLength={100} />
        </g>
      ))}
    </svg>
  );
}
