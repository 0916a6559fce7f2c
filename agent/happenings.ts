/** What happens in the house beside its turns, for whoever watches: devices, notices, calendar. */

export const topicNames = ['devices', 'notifications', 'calendar', 'health'] as const;

export interface Happening {
  topic: (typeof topicNames)[number];
  /** For this person alone; unset: for the whole household. */
  personId?: string;
  /** `type` names the event: `device`, `notification`, `calendar`, `incident`. */
  event: { type: string; [field: string]: unknown };
}

export interface Happenings {
  tell(happening: Happening): void;
  /** @returns a function that takes the listener off again. */
  on(listener: (happening: Happening) => void): () => void;
}

export const createHappenings = (): Happenings => {
  const listeners = new Set<(happening: Happening) => void>();
  return {
    tell: (happening) => {
      for (const listener of listeners) {
        try {
          listener(happening);
        } catch {
          // A watcher that has gone must not keep the others from hearing it.
        }
      }
    },
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
