/** How the house is: asked often while something is starting, seldom when all is well. */
import { useCallback, useEffect, useState } from 'react';
import { voiceWords as words } from '../words/voice.ts';
import { fetchHealth, type Health, Problem } from './api.ts';

const whileStartingMs = 2_000;
const whileAwayMs = 3_000;
const whileQuietMs = 60_000;

export interface HealthView {
  health?: Health;
  /** Why there is no newer answer. */
  away?: string | undefined;
}

/** With a way to ask at once. */
export interface HouseState extends HealthView {
  refresh(): void;
}

export function useHealth(): HouseState {
  const [view, setView] = useState<HealthView>({});
  const [asked, setAsked] = useState(0);
  const refresh = useCallback(() => setAsked((count) => count + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` is what asks again.
  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      const next = await fetchHealth().then(
        (health): HealthView => ({ health }),
        (error: unknown): HealthView => ({ away: awayBecause(error) }),
      );
      if (over) return;
      setView((before) => ({ ...before, ...next, ...(next.health ? { away: undefined } : {}) }));
      timer = setTimeout(() => void ask(), waitMs(next));
    };
    void ask();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [asked]);

  return { ...view, refresh };
}

function waitMs({ health }: HealthView): number {
  if (!health) return whileAwayMs;
  return health.parts.some((part) => part.state === 'starting') ? whileStartingMs : whileQuietMs;
}

function awayBecause(error: unknown): string {
  return error instanceof Problem ? error.detail : words.unreachable;
}
