/** How many things one person, and everybody together, may have open at once. */

export interface Slots {
  /** Takes a slot and gives the function that frees it, or undefined when all are taken. */
  take(personId: string): (() => void) | undefined;
}

export const createSlots = ({
  perPersonMax,
  overallMax,
}: {
  perPersonMax: number;
  overallMax: number;
}): Slots => {
  const taken = new Map<string, number>();
  let overall = 0;
  return {
    take: (personId) => {
      const own = taken.get(personId) ?? 0;
      if (own >= perPersonMax || overall >= overallMax) return undefined;
      taken.set(personId, own + 1);
      overall += 1;
      let free = false;
      return () => {
        if (free) return;
        free = true;
        overall -= 1;
        const left = (taken.get(personId) ?? 1) - 1;
        if (left === 0) taken.delete(personId);
        else taken.set(personId, left);
      };
    },
  };
};
