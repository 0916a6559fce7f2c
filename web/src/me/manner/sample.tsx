/** The button that lets a soul be heard, and the words that are said. */
import { Button } from '../../ui/button.tsx';
import { StopIcon, VolumeIcon } from '../../ui/icons.tsx';
import { soulWords as words } from '../../words/soul.ts';
import type { Hearing } from './hearing.ts';

export function HearButton({ hearing, hear }: { hearing: Hearing; hear(): void }) {
  const sounds = hearing.of !== undefined;
  const Icon = sounds ? StopIcon : VolumeIcon;
  return (
    <Button data-testid="hear" onClick={sounds ? hearing.stop : hear}>
      <Icon className="size-5" aria-hidden="true" />
      {sounds ? words.quiet : words.hear}
    </Button>
  );
}

export function Sample({ sentence }: { sentence: string }) {
  return (
    <div role="status">
      {sentence !== '' && (
        <>
          <p className="text-sm text-soft">{words.saySample}</p>
          <blockquote
            className="border-s-4 border-brass ps-4 font-serif text-lg"
            data-testid="preview"
          >
            {sentence}
          </blockquote>
        </>
      )}
    </div>
  );
}
