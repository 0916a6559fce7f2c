/** Thumbnails of photos, larger on request; only those that the house itself hands out. */
import { cardWords as words } from '../../words/cards.ts';
import { dateText } from '../../words/moments.ts';
import type { CardOf } from '../card.ts';
import { ownPicture } from '../harmless.ts';
import { OwnPicture } from '../own-picture.tsx';
import { Frame } from './frame.tsx';

type Photo = CardOf<'photos'>['photos'][number];

export function Photos({ card: { photos } }: { card: CardOf<'photos'> }) {
  const shown = photos.filter((photo) => pathOf(photo.thumbnail) !== undefined);
  return (
    <Frame kind="photos" title={words.photos} empty={shown.length === 0 && words.noPhotos}>
      <ul className="flex flex-wrap gap-2">
        {shown.map((photo) => (
          <li key={photo.thumbnail}>
            <OwnPicture
              path={pathOf(photo.thumbnail) ?? ''}
              {...fullOf(photo)}
              alt={nameOf(photo)}
              className="size-28 [&>img]:size-full"
            />
          </li>
        ))}
      </ul>
    </Frame>
  );
}

function pathOf(address: string | undefined): string | undefined {
  return ownPicture(address, window.location.origin);
}

function fullOf({ full }: Photo): { full?: string } {
  const path = pathOf(full);
  return path === undefined ? {} : { full: path };
}

function nameOf({ title, takenAt }: Photo): string {
  return words.photo(title ?? '', takenAt ? dateText(new Date(takenAt), new Date()) : '');
}
