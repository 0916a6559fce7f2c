/** How Butler is reached at the moment, and the way to the settings of the voice. */
import { lazy, Suspense, useState } from 'react';
import { IconButton } from '../ui/button.tsx';
import { SettingsIcon } from '../ui/icons.tsx';
import { talkWords as words } from '../words/talk.ts';
import { voiceWords } from '../words/voice.ts';
import type { View } from './view.ts';

const VoiceSettings = lazy(() => import('./voice-settings.tsx'));

const lamps: Record<View['link'], string> = {
  connecting: 'animate-pulse bg-brass',
  connected: 'bg-good',
  reconnecting: 'animate-pulse bg-brass',
  off: 'bg-rule-strong',
};

export function ConnectionLine({ view }: { view: View }) {
  const [open, setOpen] = useState(false);
  const { link, transport, changedOver } = view;
  const way = changedOver ? words.insteadOf : voiceWords.transports[transport];
  return (
    <div className="flex items-center justify-between gap-2 ps-5 pe-2 pt-1 md:ps-8">
      <p
        className="flex min-h-11 items-center gap-2 text-sm text-soft"
        data-testid="connection"
        data-state={link}
        data-transport={transport}
        title={changedOver ? voiceWords.changedOver : undefined}
      >
        <span className={`size-2.5 rounded-full ${lamps[link]}`} aria-hidden="true" />
        <span>
          {words.links[link]}
          {link === 'connected' && way !== '' && <> · {way}</>}
        </span>
        {changedOver && <span className="sr-only">{voiceWords.changedOver}</span>}
      </p>
      <IconButton label={words.settings} data-testid="voice-settings" onClick={() => setOpen(true)}>
        <SettingsIcon aria-hidden="true" />
      </IconButton>
      {open && (
        <Suspense>
          <VoiceSettings close={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}
