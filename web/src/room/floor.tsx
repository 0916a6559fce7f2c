/** Who has the floor: a brass push whose rings grow with the voice that is heard. */
import { useEffect, useRef } from 'react';
import type { ShownState } from './view.ts';

interface FloorProps {
  state: ShownState;
  /** Beside the clock instead of in the middle. */
  small: boolean;
  levels(): { person: number; butler: number };
}

const quietDecibels = -50;
const rangeDecibels = 40;
const calmEveryMs = 400;
const restRadius = 54;

/** Level 0..1 as the ear grades it, 0..1. */
function heard(level: number): number {
  if (level <= 0) return 0;
  const decibels = 20 * Math.log10(level);
  return Math.max(0, Math.min(1, (decibels - quietDecibels) / rangeDecibels));
}

export function Floor({ state, small, levels }: FloorProps) {
  const person = useRef<SVGCircleElement>(null);
  const butler = useRef<SVGCircleElement>(null);
  const live = state === 'listening' || state === 'speaking';
  useEffect(() => {
    if (!live) return;
    let request = 0;
    let drawnAt = 0;
    const shown = { person: 0, butler: 0 };
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const draw = (now: number) => {
      request = requestAnimationFrame(draw);
      if (calm && now - drawnAt < calmEveryMs) return;
      drawnAt = now;
      const next = levels();
      shown.person = Math.max(heard(next.person), shown.person * 0.86);
      shown.butler = Math.max(heard(next.butler), shown.butler * 0.86);
      person.current?.setAttribute('r', String(restRadius + 40 * shown.person));
      butler.current?.setAttribute('r', String(restRadius + 40 * shown.butler));
    };
    request = requestAnimationFrame(draw);
    const rings = [person.current, butler.current];
    return () => {
      cancelAnimationFrame(request);
      for (const ring of rings) ring?.setAttribute('r', String(restRadius));
    };
  }, [live, levels]);
  return (
    <svg
      viewBox="0 0 200 200"
      aria-hidden="true"
      focusable="false"
      className={`shrink-0 ${small ? 'size-24' : 'size-[clamp(7rem,20vh,14rem)]'}`}
    >
      <circle ref={person} cx="100" cy="100" r={restRadius} className="fill-link/25" />
      <circle ref={butler} cx="100" cy="100" r={restRadius} className="fill-brass/40" />
      <circle cx="100" cy="100" r="52" className="fill-door" />
      <circle cx="100" cy="100" r="37" className="fill-door-deep" />
      <circle
        cx="100"
        cy="100"
        r="27"
        className={state === 'speaking' ? 'fill-brass-light' : 'fill-brass'}
      />
      {(state === 'thinking' || state === 'asking') && (
        <circle
          cx="100"
          cy="100"
          r="62"
          pathLength={100}
          strokeDasharray="25 75"
          strokeLinecap="round"
          className="origin-center animate-spin fill-none stroke-brass stroke-[5]"
        />
      )}
    </svg>
  );
}
