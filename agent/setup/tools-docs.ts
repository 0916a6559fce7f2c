/** `npm run docs`: writes docs/tools.md and .env.example from what the integrations declare. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Variable } from '../../tools/core/configure.ts';
import { type Listed, loadTools } from '../../tools/core/load.ts';
import { saysByLanguage } from '../../tools/core/says.ts';
import { envExample } from './env-example.ts';

type Declared = Listed['declared'][number];

/** More sentences than this tire; the file of the tool has them all. */
const sentencesMax = 5;
const lengthMax = 140;

const head = `# What Butler can do

Generated from what the integrations declare (\`npm run docs\`): do not edit it here. A tool is
offered when its integration is on; \`.env.example\` has the variables to copy. How a sentence is
read: \`[this]\` may be left out, \`(this|that)\` is a choice, \`{item}\` is what you say there.
These sentences need no model; in other words the mind finds the tool.

| word | means |
| --- | --- |
| read, write, danger | what a tool finally does; danger is always asked about |
| permission | what the owner may refuse a person; none: the role alone decides |
| from guest, child, adult, owner | the least role |
| asks | \`if-unsure\` when it is not sure who speaks, \`always\`, \`with-pin\` |
| outside | its answers hold other people's words: after them every change is asked about |`;

const variableLine = ({ name, about, required, otherwise }: Variable): string => {
  const need = required ? 'needed' : otherwise === '' ? 'may be left out' : `\`${otherwise}\``;
  return `- \`${name}\` (${need})${about === '' ? '' : `: ${about}`}`;
};

const switchedOnBy = ({ variables }: Listed): string[] => {
  if (variables.length === 0) return ['Always on.'];
  const groups = Map.groupBy(variables, ({ source }) => source);
  return [...groups].flatMap(([source, members]) => {
    const second = `${source ?? ''}-2_`.replaceAll('-', '_').toUpperCase();
    const title =
      source === undefined
        ? 'Settings:'
        : `An account of the kind \`${source}\` (a second one begins with \`${second}\`):`;
    return [title, '', ...members.map(variableLine), ''];
  });
};

const traits = (tool: Declared): string =>
  [
    tool.effect,
    tool.permission && `permission ${tool.permission}`,
    `from ${tool.role ?? 'guest'}`,
    tool.confirm !== 'never' && `asks ${tool.confirm}`,
    tool.outside && 'outside',
    tool.hidden && 'only for other tools',
  ]
    .filter((trait) => trait !== undefined && trait !== false)
    .join(' · ');

/** Without what a pattern sets unheard, the shortest first: people read these, not programs. */
const readable = (patterns: readonly string[]): string[] => {
  const plain = [...new Set(patterns.map((pattern) => pattern.replaceAll(/\{\w+=[^{}]*\}/g, '')))]
    .map((pattern) => pattern.replaceAll(/\s+/g, ' ').trim())
    .toSorted((left, right) => left.length - right.length);
  const short = plain.filter((pattern) => pattern.length <= lengthMax);
  return short.length > 0 ? short : plain.slice(0, 1);
};

const sentences = (tool: Declared): string[] =>
  Object.entries(saysByLanguage(tool.says)).flatMap(([language, patterns]) => {
    if (patterns.length === 0) return [];
    const shown = readable(patterns).slice(0, sentencesMax);
    const more = patterns.length - shown.length;
    const quoted = shown.map((pattern) => `\`${pattern}\``).join(', ');
    return [`- ${language}: ${quoted}${more > 0 ? ` and ${more} more` : ''}`];
  });

const toolPart = (tool: Declared): string[] => [
  `### \`${tool.name}\``,
  '',
  tool.about,
  '',
  traits(tool),
  '',
  ...sentences(tool),
  '',
];

const part = (one: Listed): string =>
  [
    `## ${one.name}`,
    '',
    one.about,
    '',
    ...switchedOnBy(one),
    '',
    ...(one.renew === undefined ? [] : [`Access: ${one.renew}`, '']),
    ...one.declared.flatMap(toolPart),
  ].join('\n');

/** The whole text of docs/tools.md: everything that is declared, whether it is on or off. */
export const toolsPage = async (): Promise<string> => {
  const { toolbox } = await loadTools({ environment: {} });
  const text = [head, ...toolbox.integrations.map(part)].join('\n\n');
  return `${text.replace(/\n{3,}/g, '\n\n').trimEnd()}\n`;
};

/** Writes what is generated. @param root the repository's folder, with a slash at its end. */
export const writeDocs = async (root: URL): Promise<void> => {
  writeFileSync(fileURLToPath(new URL('docs/tools.md', root)), await toolsPage());
  writeFileSync(fileURLToPath(new URL('.env.example', root)), await envExample());
};

if (import.meta.main) {
  await writeDocs(new URL('../../', import.meta.url));
  console.log('docs/tools.md and .env.example are written.');
}
