/** The ear of the app: while the page is open, the person's word begins a conversation. */
import { useEffect, useState } from 'react';
import { useEar } from '../room/ear.ts';
import { openSettings, wordOf } from '../room/settings.ts';
import { wakeWords } from '../wake/words.ts';
import { useConversation } from './talk-provider.tsx';

/** @param own the word that the person set; null: the household's. */
export default function AppEar({ own }: { own: string | null }) {
  const conversation = useConversation();
  const { calls } = conversation;
  const [settings] = useState(() => openSettings().get());
  const word = wordOf(settings, { own, trained: wakeWords });
  const spoken = wakeWords.find(({ id }) => id === word)?.spoken ?? '';
  const state = useEar({
    on: true,
    microphone: calls.microphone,
    word,
    sensitivity: settings.sensitivity,
    onHeard: ({ preroll }) => calls.called(preroll),
    butlerLevel: () => conversation.levels().butler,
  });
  useEffect(() => {
    void calls.lend();
    return () => calls.takeBack();
  }, [calls]);
  useEffect(() => {
    calls.earIs(state === 'ready' ? spoken : '');
  }, [calls, state, spoken]);
  return null;
}
