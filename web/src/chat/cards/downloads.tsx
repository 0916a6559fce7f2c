/** Downloads and how far they are. */
import { cardWords as words } from '../../words/cards.ts';
import { language } from '../../words/language.ts';
import type { CardOf } from '../card.ts';
import { ownPicture } from '../harmless.ts';
import { OwnPicture } from '../own-picture.tsx';
import { Frame, Outside } from './frame.tsx';
import { durationText } from './measures.ts';

type Download = CardOf<'downloads'>['downloads'][number];

export function Downloads({ card: { downloads } }: { card: CardOf<'downloads'> }) {
  const empty = downloads.length === 0 && words.noDownloads;
  return (
    <Frame kind="downloads" title={words.downloads} empty={empty}>
      <ul className="grid grid-cols-1 gap-4">
        {downloads.map((download, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two of the same title may run.
          <OneDownload key={`${at} ${download.title}`} download={download} />
        ))}
      </ul>
    </Frame>
  );
}

function OneDownload({ download }: { download: Download }) {
  const { title, progress, state, etaSeconds, poster } = download;
  const percent = Math.round(Math.min(1, Math.max(0, progress)) * 100);
  const path = ownPicture(poster, window.location.origin);
  return (
    <li className="flex items-center gap-3">
      {path !== undefined && <OwnPicture path={path} alt={title} className="h-16 w-11 shrink-0" />}
      <div className="grid grow grid-cols-1 gap-1.5">
        <p className="flex justify-between gap-3">
          <Outside>{title}</Outside>
          <span className="shrink-0 tabular-nums text-soft">
            {(percent / 100).toLocaleString(language, { style: 'percent' })}
          </span>
        </p>
        <div
          role="progressbar"
          aria-label={title}
          aria-valuenow={percent}
          className="h-1.5 overflow-hidden rounded-full bg-tint"
        >
          <div className="h-full rounded-full bg-door" style={{ inlineSize: `${percent}%` }} />
        </div>
        <p className="flex gap-3 text-sm text-soft">
          <span>{words.download(state)}</span>
          {etaSeconds !== undefined && <span>{words.eta(durationText(etaSeconds, language))}</span>}
        </p>
      </div>
    </li>
  );
}
