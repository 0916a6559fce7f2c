/** The room view: a device that is left somewhere, waits for its word, and talks. */
import { useMemo, useState, useSyncExternalStore } from 'react';
import { wakeWords } from '../wake/words.ts';
import { useDoors } from './device.ts';
import { FirstUse } from './first-use.tsx';
import { Kiosk } from './kiosk.tsx';
import { openSettings, wordOf } from './settings.ts';
import { useStanding } from './use-standing.ts';

export default function Room() {
  const [store] = useState(openSettings);
  const settings = useSyncExternalStore(store.watch, store.get);
  const { word: own, followUp } = useDoors();
  const word = wordOf(settings, { own, trained: wakeWords });
  const { sensitivity, chime, explained } = settings;
  const wishes = useMemo(
    () => ({ word, sensitivity, chime, followUp }),
    [word, sensitivity, chime, followUp],
  );
  const standing = useStanding({ wishes, on: explained });
  if (!explained) {
    return <FirstUse begin={() => store.change((all) => ({ ...all, explained: true }))} />;
  }
  return <Kiosk standing={standing} store={store} settings={settings} word={word} />;
}
