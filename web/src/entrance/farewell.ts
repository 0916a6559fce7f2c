/** What is still said to somebody who is out already: the page they were on is gone. */
import { useSyncExternalStore } from 'react';

export interface Farewell {
  tone: 'wait' | 'good' | 'alert';
  sentences: readonly string[];
}

let said: Farewell | undefined;
const listeners = new Set<() => void>();

/** Undefined: nothing is said any more. */
export function bidFarewell(farewell: Farewell | undefined): void {
  said = farewell;
  for (const listener of listeners) listener();
}

export function useFarewell(): Farewell | undefined {
  return useSyncExternalStore(listen, () => said);
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
