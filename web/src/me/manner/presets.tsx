/** Souls to start from, as cards: chosen with one press, heard with another. */
import { IconButton } from '../../ui/button.tsx';
import { CheckIcon, StopIcon, VolumeIcon } from '../../ui/icons.tsx';
import { soulWords as words } from '../../words/soul.ts';
import type { Hearing } from './hearing.ts';
import { type Preset, patchOf, presetOf, presetText, type Soul, withPreset } from './souls.ts';

interface PresetsProps {
  soul: Soul;
  presets: readonly Preset[];
  hearing: Hearing;
  choose(soul: Soul): void;
}

export function Presets({ soul, presets, hearing, choose }: PresetsProps) {
  const chosen = presetOf(soul, presets);
  return (
    <ul aria-label={words.presets} className="grid gap-3 sm:grid-cols-2">
      {presets.map((preset) => {
        const begun = withPreset(soul, preset, presets);
        return (
          <Card
            key={preset.id}
            preset={preset}
            chosen={preset === chosen}
            sounds={hearing.of === preset.id}
            choose={() => choose(begun)}
            hear={() => void hearing.hear(preset.id, patchOf(begun))}
            stop={hearing.stop}
          />
        );
      })}
    </ul>
  );
}

const card =
  'flex items-center rounded-2xl border border-rule-strong bg-raised pe-2 ' +
  'data-[chosen=true]:border-2 data-[chosen=true]:border-door data-[chosen=true]:bg-tint ' +
  'dark:data-[chosen=true]:border-brass';

interface CardProps {
  preset: Preset;
  chosen: boolean;
  sounds: boolean;
  choose(): void;
  hear(): void;
  stop(): void;
}

function Card({ preset, chosen, sounds, choose, hear, stop }: CardProps) {
  return (
    <li data-chosen={chosen} className={card}>
      <button
        type="button"
        aria-pressed={chosen}
        data-testid={`preset-${preset.id}`}
        onClick={choose}
        className="grid grow gap-0.5 rounded-2xl p-4 text-start"
      >
        <span className="flex items-center gap-2 font-medium">
          {preset.name}
          {chosen && <CheckIcon className="size-5 text-link" aria-hidden="true" />}
        </span>
        <span className="text-sm text-soft">{presetText(preset)}</span>
      </button>
      {sounds ? (
        <IconButton label={words.quiet} onClick={stop}>
          <StopIcon className="size-5" aria-hidden="true" />
        </IconButton>
      ) : (
        <IconButton label={words.hearPreset(preset.name)} onClick={hear}>
          <VolumeIcon className="size-5" aria-hidden="true" />
        </IconButton>
      )}
    </li>
  );
}
