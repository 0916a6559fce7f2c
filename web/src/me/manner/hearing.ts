/** A sample read aloud: in Butler's voice, or the browser's where the house has none. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { call, callForJson, Problem } from '../../api/calls.ts';
import { sentenceOf } from '../../app/questions.ts';
import { useSession } from '../../app/session.tsx';
import { useTell } from '../../ui/toasts.tsx';
import { browserReader } from '../../voice/browser-voice.ts';
import { commonWords } from '../../words/everywhere.ts';
import { language } from '../../words/language.ts';
import type { patchOf } from './souls.ts';

type Sample = Partial<ReturnType<typeof patchOf>>;

export interface Hearing {
  /** Which sample is fetched or sounds now, by the name it was asked with. */
  of: string | undefined;
  /** What the last sample says. */
  sentence: string;
  hear(of: string, sample: Sample): Promise<void>;
  stop(): void;
}

/** @param personId to whom Butler speaks; with their soul where the sample says nothing. */
export function useHearing(personId: string): Hearing {
  const { token } = useSession();
  const tell = useTell();
  const [of, setOf] = useState<string>();
  const [sentence, setSentence] = useState('');
  const quiet = useRef<() => void>(() => {});
  const stop = useCallback(() => {
    quiet.current();
    quiet.current = () => {};
    setOf(undefined);
  }, []);
  // Who leaves the page has heard enough.
  useEffect(() => () => quiet.current(), []);

  const hear = useCallback(
    async (name: string, sample: Sample) => {
      quiet.current();
      const asking = new AbortController();
      // While the press is being handled: later a browser may refuse to sound.
      const context = new AudioContext();
      quiet.current = () => {
        asking.abort();
        void context.close();
      };
      setOf(name);
      try {
        const about = { personId, sample, token, signal: asking.signal };
        setSentence(await wordsOf(about));
        await sound(context, about);
      } catch (error) {
        if (asking.signal.aborted) return;
        tell({ tone: 'alert', sentence: sentenceOf(error, commonWords.failed) });
      } finally {
        if (!asking.signal.aborted) stop();
      }
    },
    [personId, token, tell, stop],
  );
  return { of, sentence, hear, stop };
}

interface Asked {
  personId: string;
  sample: Sample;
  token: string;
  signal: AbortSignal;
}

const pathOf = (personId: string): string =>
  `/api/v1/users/${encodeURIComponent(personId)}/soul/preview`;

// By its path: the route answers in two kinds, which its type does not keep apart.
async function wordsOf({ personId, sample, token, signal }: Asked): Promise<string> {
  const request = { body: sample, token, signal };
  return (await callForJson<{ sentence: string }>(pathOf(personId), request)).sentence;
}

/** Resolves when it has been heard out. */
async function sound(context: AudioContext, asked: Asked): Promise<void> {
  const { personId, sample, token, signal } = asked;
  try {
    const answer = await call(pathOf(personId), {
      body: sample,
      accept: 'audio/wav',
      token,
      signal,
    });
    await play(context, await context.decodeAudioData(await answer.arrayBuffer()));
  } catch (error) {
    if (!(error instanceof Problem && error.code === 'voice-off')) throw error;
    await readWithBrowser(await wordsOf(asked), signal);
  }
}

function play(context: AudioContext, buffer: AudioBuffer): Promise<void> {
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.connect(context.destination);
  return new Promise((resolve) => {
    source.onended = () => resolve();
    source.start();
  });
}

const stillSpeaksEveryMs = 200;

/** Resolves when it has been read out; browsers tell the end of an utterance unreliably. */
async function readWithBrowser(text: string, signal: AbortSignal): Promise<void> {
  const reader = browserReader(language);
  if (!reader) return;
  signal.addEventListener('abort', () => reader.cancel(), { once: true });
  reader.speak(text);
  do await new Promise((resolve) => setTimeout(resolve, stillSpeaksEveryMs));
  while (speechSynthesis.speaking && !signal.aborted);
}
