/** How this device stands in its room: kept here, for each device is another. */
import { Store } from '../talk/view.ts';

export interface RoomSettings {
  /** An id of the trained words; empty: the person's own, else the first one. */
  word: string;
  /** 0..1. */
  sensitivity: number;
  /** Sounds when Butler begins and ends listening. */
  chime: boolean;
  /** Somebody has read what stays on the device. */
  explained: boolean;
}

export const firstSettings: RoomSettings = {
  word: '',
  sensitivity: 0.5,
  chime: true,
  explained: false,
};

const keptAs = 'butler.room';

/** What was kept, as far as it makes sense. */
export function readSettings(json: string | null): RoomSettings {
  const kept = parse(json);
  const { word, sensitivity, chime, explained } = kept;
  return {
    word: typeof word === 'string' ? word : firstSettings.word,
    sensitivity:
      typeof sensitivity === 'number' && sensitivity >= 0 && sensitivity <= 1
        ? sensitivity
        : firstSettings.sensitivity,
    chime: typeof chime === 'boolean' ? chime : firstSettings.chime,
    explained: explained === true,
  };
}

function parse(json: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json ?? 'null');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** The settings of this device, watched by whoever shows or obeys them. */
export function openSettings(): Store<RoomSettings> {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(keptAs);
  } catch {
    // A browser that keeps nothing begins with the first ones each time.
  }
  const store = new Store(readSettings(kept));
  store.watch(() => {
    try {
      localStorage.setItem(keptAs, JSON.stringify(store.get()));
    } catch {
      // They hold until the page is closed.
    }
  });
  return store;
}

/** Of those that are there: the device's, else the person's, else the first. */
export function wordOf(
  settings: RoomSettings,
  { own, trained }: { own: string | null | undefined; trained: readonly { id: string }[] },
): string {
  const known = (id: string | null | undefined) => trained.find((one) => one.id === id)?.id;
  return known(settings.word) ?? known(own) ?? trained[0]?.id ?? '';
}
