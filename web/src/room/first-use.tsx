/** Before a device listens for the first time: what stays on it, and what does not. */
import { useEffect } from 'react';
import { Button, ButtonLink } from '../ui/button.tsx';
import { commonWords } from '../words/everywhere.ts';
import { roomWords as words } from '../words/room.ts';

export function FirstUse({ begin }: { begin(): void }) {
  useEffect(() => {
    document.title = `${words.title} · ${commonWords.butler}`;
  }, []);
  return (
    <main className="grid min-h-dvh place-items-center px-5 py-10">
      <div className="grid w-full max-w-3xl gap-8">
        <header className="grid gap-2">
          <h1 className="text-4xl sm:text-5xl">{words.firstTitle}</h1>
          <p className="text-lg text-soft">{words.firstText}</p>
        </header>
        <ul className="grid gap-4 sm:grid-cols-2">
          {words.facts.map(({ title, text }) => (
            <li key={title} className="grid content-start gap-1.5 rounded-3xl bg-raised p-5">
              <h2 className="text-xl">{title}</h2>
              <p className="text-soft">{text}</p>
            </li>
          ))}
        </ul>
        <div className="flex flex-wrap items-center gap-3">
          <Button kind="primary" className="px-8 text-lg" data-testid="room-begin" onClick={begin}>
            {words.begin}
          </Button>
          <ButtonLink to="/">{commonWords.back}</ButtonLink>
          <p className="basis-full text-sm text-soft">{words.browserAsks}</p>
        </div>
      </div>
    </main>
  );
}
