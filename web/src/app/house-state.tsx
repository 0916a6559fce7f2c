/** How the house is, for every page below: asked once, shown where it matters. */
import { createContext, type ReactNode, useContext } from 'react';
import type { HouseState } from '../api/health.ts';

const Current = createContext<HouseState | undefined>(undefined);

export function HouseStateProvider({
  state,
  children,
}: {
  state: HouseState;
  children: ReactNode;
}) {
  return <Current value={state}>{children}</Current>;
}

export function useHouseState(): HouseState {
  const state = useContext(Current);
  if (!state) throw new Error('useHouseState stands outside of a HouseStateProvider.');
  return state;
}
