/** The three things the models server can do, each wanted or not, and what each needs. */
export type ModelPart = 'transcription' | 'speech' | 'embeddings';

export const allParts: readonly ModelPart[] = ['transcription', 'speech', 'embeddings'];

/** Embeddings alone need a third of the packages. */
export const hasSound = (parts: readonly ModelPart[]): boolean =>
  parts.includes('transcription') || parts.includes('speech');

/** The pinned packages of these parts; those of embeddings are all among those of sound. */
export const requirementsFor = (parts: readonly ModelPart[]): string =>
  hasSound(parts) ? 'requirements.txt' : 'requirements-embeddings.txt';

/** Weights that are fetched as they are; those of transcription are chosen by measurement. */
export const fetchedGroups = (parts: readonly ModelPart[]): string[] => [
  ...(parts.includes('embeddings') ? ['minilm'] : []),
  // The measurement brings the voice, which speaks the sentence it measures with.
  ...(parts.includes('speech') && !parts.includes('transcription') ? ['kokoro'] : []),
];
