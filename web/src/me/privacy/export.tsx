/** Everything of a person as one file: made while it is fetched, and counted on its way. */
import { useEffect, useRef, useState } from 'react';
import { Problem } from '../../api/calls.ts';
import { sentenceOf } from '../../app/questions.ts';
import { useSession } from '../../app/session.tsx';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/page.tsx';
import { Trouble } from '../../ui/states.tsx';
import { useTell } from '../../ui/toasts.tsx';
import { commonWords } from '../../words/everywhere.ts';
import { privacyWords as words } from '../../words/privacy.ts';
import { fetchFile, save, sizeText } from './download.ts';

export function Export() {
  const { bytes, trouble, start, stop } = useExport();
  return (
    <Section title={words.export} about={words.exportHint}>
      {trouble && <Trouble sentence={trouble} />}
      {bytes === undefined ? (
        <div>
          <Button kind="primary" data-testid="export" onClick={() => void start()}>
            {words.exportStart}
          </Button>
        </div>
      ) : (
        <div className="flex flex-wrap items-center gap-4">
          {/* How much it will be nobody knows before it is made. */}
          <progress className="sr-only" aria-label={words.export} />
          <p className="tabular-nums">{words.exporting(sizeText(bytes))}</p>
          <Button onClick={stop}>{words.exportStop}</Button>
        </div>
      )}
    </Section>
  );
}

/** `bytes`: undefined while nothing is fetched. Leaving the page ends it. */
function useExport() {
  const { token, signedOut } = useSession();
  const tell = useTell();
  const [bytes, setBytes] = useState<number>();
  const [trouble, setTrouble] = useState('');
  const fetching = useRef<AbortController>(undefined);
  useEffect(() => () => fetching.current?.abort(), []);
  const start = async () => {
    const ending = new AbortController();
    fetching.current = ending;
    setBytes(0);
    setTrouble('');
    try {
      const asked = { path: '/api/v1/export', token, signal: ending.signal, onBytes: setBytes };
      const got = await fetchFile(asked);
      save(got.file, got.name);
      tell({ sentence: words.exported(got.name, sizeText(got.bytes)) });
    } catch (error) {
      if (error instanceof Problem && error.status === 401) signedOut();
      if (!ending.signal.aborted) setTrouble(sentenceOf(error, commonWords.failed));
    }
    setBytes(undefined);
  };
  return { bytes, trouble, start, stop: () => fetching.current?.abort() };
}
