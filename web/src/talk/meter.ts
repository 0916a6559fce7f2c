/** Moves the level rings without asking React sixty times a second. */
import { useEffect } from 'react';

/** Quieter than this is shown as silence; speech at a desk reaches about -15 dB. */
const floorDecibels = -52;
const topDecibels = -12;
const calmEveryMs = 300;

/** 0..1 on the scale ears use. */
function meterPosition(level: number): number {
  if (level <= 0) return 0;
  const decibels = 20 * Math.log10(level);
  const position = (decibels - floorDecibels) / (topDecibels - floorDecibels);
  return Math.max(0, Math.min(1, position));
}

export function useMeter(
  place: React.RefObject<HTMLElement | null>,
  active: boolean,
  levels: () => { person: number; butler: number },
): void {
  useEffect(() => {
    const style = place.current?.style;
    if (!active || !style) return;
    let shown = { person: 0, butler: 0 };
    let request = 0;
    // Those who want less motion still see the level, a few times a second.
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    let drawnAt = 0;
    const draw = (now: number) => {
      request = requestAnimationFrame(draw);
      if (calm && now - drawnAt < calmEveryMs) return;
      drawnAt = now;
      const next = levels();
      shown = {
        person: follow(shown.person, meterPosition(next.person)),
        butler: follow(shown.butler, meterPosition(next.butler)),
      };
      style.setProperty('--person-level', shown.person.toFixed(3));
      style.setProperty('--butler-level', shown.butler.toFixed(3));
    };
    request = requestAnimationFrame(draw);
    return () => {
      cancelAnimationFrame(request);
      style.setProperty('--person-level', '0');
      style.setProperty('--butler-level', '0');
    };
  }, [place, active, levels]);
}

/** Up at once, down slowly: a needle that can be read. */
function follow(shown: number, next: number): number {
  return next > shown ? next : shown + (next - shown) * 0.18;
}
