/** Documents as tools keep them: the space of one integration, and what is heard when it fails. */
import { DatabaseError } from '../memory/database.ts';
import { type DocumentShelf, ShelfError } from '../memory/shelf.ts';
import { ToolError } from '../tools/core/define.ts';
import type { Shelf, Shelves } from '../tools/core/shelf-port.ts';

const sentences = {
  en: {
    away: 'I cannot reach my memory right now. The rest of me works; please try again later.',
    large: 'That is too long for me to keep. Make it shorter, or put it in several parts.',
    full: 'There is no more room for that. Have me take old ones away first.',
    malformed: 'I cannot keep that as it is. Please say it in other words.',
    owner: 'Only members of the household can keep something. The owner can make you one.',
  },
  de: {
    away: 'Ich erreiche mein Gedächtnis gerade nicht. Alles andere geht; versuch es später.',
    large: 'Das ist mir zu lang. Sag es kürzer, oder in mehreren Teilen.',
    full: 'Dafür ist kein Platz mehr. Lass mich zuerst Altes wegnehmen.',
    malformed: 'So kann ich das nicht behalten. Bitte sag es mit anderen Worten.',
    owner: 'Das geht nur für Mitglieder des Haushalts. Ein Konto gibt dir, wem das Haus gehört.',
  },
};

const kinds = {
  'document-too-large': 'large',
  'shelf-full': 'full',
  'document-malformed': 'malformed',
  'shelf-owner-unknown': 'owner',
} as const;

const heard = (error: unknown, language: string): unknown => {
  const said = language.toLowerCase().startsWith('de') ? sentences.de : sentences.en;
  if (error instanceof ShelfError) return new ToolError(said[kinds[error.code]], error.code);
  if (!(error instanceof DatabaseError)) return error;
  return new ToolError(said.away, 'memory-unavailable', { mend: error.message });
};

export const createShelves = (documents: DocumentShelf): Shelves => ({
  of: (space, language): Shelf => {
    const reaching = async <Result>(work: Promise<Result>): Promise<Result> => {
      try {
        return await work;
      } catch (error) {
        throw heard(error, language);
      }
    };
    const place = (of?: { owner?: string | undefined }) => ({ space, owner: of?.owner });
    return {
      all: (of) => reaching(documents.all(place(of))),
      get: (key, of) => reaching(documents.get(place(of), key)),
      put: (key, value, of) => reaching(documents.put(place(of), key, value)),
      remove: (key, of) => reaching(documents.remove(place(of), key)),
      change: (key, change, of) => reaching(documents.change(place(of), key, change)),
    };
  },
});
