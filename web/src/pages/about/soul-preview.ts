/** A soul read aloud: in Butler's voice, or the browser's where the house has none. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { Problem } from '../../api.ts';
import type { Soul } from '../../memory-api.ts';
import { browserReader } from '../../voice/browser-voice.ts';
import type { Desk } from './desk.ts';

export function usePreview({ api, attempt }: Desk, personId: string) {
  const [sentence, setSentence] = useState('');
  const [busy, setBusy] = useState(false);
  const playing = useRef<() => void>(() => {});
  // Who closes the drawer has heard enough.
  useEffect(() => () => playing.current(), []);
  const hear = useCallback(
    async (soul: Soul) => {
      playing.current();
      setBusy(true);
      await attempt(async () => {
        const text = await api.preview(personId, soul);
        setSentence(text);
        try {
          playing.current = await play(await api.previewSound(personId, soul));
        } catch (error) {
          if (!(error instanceof Problem && error.code === 'voice-off')) throw error;
          playing.current = readWithBrowser(text);
        }
      });
      setBusy(false);
    },
    [api, attempt, personId],
  );
  return { sentence, busy, hear };
}

/** Gives what silences it. */
async function play(wav: Blob): Promise<() => void> {
  const url = URL.createObjectURL(wav);
  const sound = new Audio(url);
  const end = () => {
    sound.pause();
    URL.revokeObjectURL(url);
  };
  sound.onended = end;
  await sound.play();
  return end;
}

function readWithBrowser(text: string): () => void {
  const reader = browserReader(navigator.language);
  reader?.speak(text);
  return () => reader?.cancel();
}
