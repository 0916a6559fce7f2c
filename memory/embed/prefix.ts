/** Some models were trained with a word before each text that says what it is for. */

export type TextKind = 'query' | 'document';

/** By the beginning of the model's name; from the models' cards. */
const prefixes: [RegExp, Record<TextKind, string>][] = [
  [/nomic-embed/i, { query: 'search_query: ', document: 'search_document: ' }],
  [/(^|[/-])e5-|multilingual-e5/i, { query: 'query: ', document: 'passage: ' }],
  [
    /mxbai-embed|snowflake-arctic-embed(?!2)/i,
    { query: 'Represent this sentence for searching relevant passages: ', document: '' },
  ],
  [/embeddinggemma/i, { query: 'task: search result | query: ', document: 'title: none | text: ' }],
];

/** Nothing for a model that is not known to want a prefix. */
export const prefixFor = (model: string, kind: TextKind): string =>
  prefixes.find(([name]) => name.test(model))?.[1][kind] ?? '';
