/** Files: where they are, how large, and when they changed. */
import { cardWords as words } from '../../words/cards.ts';
import { language } from '../../words/language.ts';
import { momentText } from '../../words/moments.ts';
import type { CardOf } from '../card.ts';
import { FileIcon } from '../icons.ts';
import { Frame, Outside } from './frame.tsx';
import { sizeText } from './measures.ts';

export function Files({ card: { files } }: { card: CardOf<'files'> }) {
  return (
    <Frame kind="files" title={words.files} empty={files.length === 0 && words.noFiles}>
      <ul className="grid grid-cols-1 divide-y divide-rule">
        {files.map((file) => (
          <li key={`${file.folder}/${file.name}`} className="flex items-start gap-3 py-2">
            <FileIcon className="mt-0.5 size-5 shrink-0 text-link" aria-hidden="true" />
            <div className="min-w-0">
              <p>
                <Outside>{file.name}</Outside>
              </p>
              <p className="flex flex-wrap gap-x-3 text-sm text-soft">
                {file.folder && <Outside>{file.folder}</Outside>}
                {file.bytes !== undefined && <span>{sizeText(file.bytes, language)}</span>}
                {file.changedAt && <span>{momentText(new Date(file.changedAt), new Date())}</span>}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Frame>
  );
}
