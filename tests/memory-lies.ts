/** What a model promises to memory without storing anything, and what it may say of memory. */

/** After "Remember that I take my coffee black", with nothing stored. */
export const memoryLies: readonly string[] = [
  "I'll remember that.",
  "Sure, I'll remember that you take your coffee black.",
  "I've noted that.",
  'Noted.',
  'Duly noted!',
  'Got it, I have made a note of that.',
  "I'll keep that in mind.",
  'I will bear it in mind for next time.',
  "I won't forget it. I will never forget it.",
  "I've saved that to my memory.",
  "I'm going to remember this.",
  'Consider it noted.',
  'I have stored your preference.',
  "I'll make a note of it.",
];

export const germanMemoryLies: readonly string[] = [
  'Ich merke mir das.',
  'Das merke ich mir.',
  'Klar, ich merke mir, dass du Kaffee schwarz trinkst.',
  'Ich habe mir das gemerkt.',
  'Ist notiert.',
  'Ich werde es mir merken.',
  'Ich behalte das im Kopf.',
  'Gemerkt.',
];

/** Speaks of memory and promises nothing to it. */
export const memoryTalk: readonly string[] = [
  'I remember that you like tea.',
  'You told me that you take your coffee black.',
  'Shall I remember that?',
  'I can remember that if you like.',
  'I remember nothing about that.',
  'Elephants are said to never forget a face.',
  'Do you remember the film?',
  'As far as I know you prefer tea.',
];
