/** A skill as a file: front matter read strictly, and instructions short enough for a prompt. */
import { z } from 'zod';

export interface Skill {
  name: string;
  /** One line: what it is for. */
  about: string;
  /** What people say when it is wanted, by language. */
  when: { en: readonly string[]; de: readonly string[] };
  /** Full names of tools without which it makes no sense. */
  tools: readonly string[];
  /** Tools that it uses where they are there. */
  also: readonly string[];
  /** Plain instructions for the mind. */
  body: string;
}

const bodyCharactersMax = 2_500;
export const fileBytesMax = 12_000;
const linesMax = 120;

const toolName = z.string().regex(/^[a-z][a-z0-9_]{1,63}$/, 'is no name of a tool');
const sentence = z.string().min(3).max(120);
const frontMatter = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be lower case with dashes'),
  about: z.string().min(10).max(120),
  when: z.strictObject({
    en: z.array(sentence).min(1).max(30),
    de: z.array(sentence).max(30).default([]),
  }),
  tools: z.array(toolName).min(1).max(20),
  also: z.array(toolName).max(30).default([]),
});

type Value = string | string[] | { [key: string]: Value };

interface Line {
  indent: number;
  key?: string | undefined;
  value: string;
  number: number;
}

/** `key: value`, `key:` and `- item`, nothing else of YAML. */
const lineOf = (text: string, number: number): Line => {
  const found = /^( {0,8})(?:- (.+)|([a-z]+):(?: (.+))?)$/.exec(text);
  if (!found) throw new Error(`line ${number} is neither "key: value" nor "- item"`);
  const [, indent = '', item, key, value] = found;
  return { indent: indent.length, key, value: (item ?? value ?? '').trim(), number };
};

/** The lines that are deeper than their key, as a list or as keys of their own. */
const block = (lines: readonly Line[]): Value => {
  if (lines.every(({ key }) => key === undefined)) return lines.map(({ value }) => value);
  const made: { [key: string]: Value } = Object.create(null);
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as Line;
    if (line.key === undefined) throw new Error(`line ${line.number} has an item without a key`);
    if (line.key in made) throw new Error(`line ${line.number}: ${line.key} is there twice`);
    const deeper = lines.slice(at + 1);
    const end = deeper.findIndex(({ indent }) => indent <= line.indent);
    const inside = end < 0 ? deeper : deeper.slice(0, end);
    if (line.value !== '' && inside.length > 0) {
      throw new Error(`line ${line.number}: ${line.key} has a value and a list`);
    }
    made[line.key] = line.value === '' ? block(inside) : line.value;
    at += inside.length;
  }
  return made;
};

/** Anything that leads elsewhere: a skill is all that it says. */
const links = /\bhttps?:|\bwww\.|\]\(|<\/?[a-z]|\bfile:|\bdata:/i;
/** Characters that a reader does not see, and a model reads. */
const hidden = /[\p{Cf}\p{Co}\p{Cn}]|(?!\n)\p{Cc}/u;

/**
 * @param name as the file is called, without its ending.
 * @throws an Error that says what is wrong with it.
 */
export const parseSkill = (name: string, text: string): Skill => {
  const found = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text.replaceAll('\r\n', '\n'));
  if (!found) throw new Error('it has to begin with front matter between two lines of ---');
  const [, front = '', rest = ''] = found;
  const body = rest.trim();
  if (links.test(text)) throw new Error('it has a link or markup: a skill fetches nothing');
  if (hidden.test(text.replaceAll('\r\n', '\n'))) {
    throw new Error('it has characters that cannot be seen');
  }
  if (body === '') throw new Error('it has no instructions');
  if (body.length > bodyCharactersMax) {
    throw new Error(`its instructions have ${body.length} characters; ${bodyCharactersMax} fit`);
  }
  const lines = front.split('\n').filter((line) => line.trim() !== '');
  if (lines.length > linesMax) throw new Error(`its front matter has over ${linesMax} lines`);
  const read = frontMatter.safeParse(block(lines.map((line, at) => lineOf(line, at + 2))));
  if (!read.success) {
    const issue = read.error.issues[0];
    throw new Error(`${issue?.path.join('.') || 'front matter'}: ${issue?.message ?? 'is wrong'}`);
  }
  if (read.data.name !== name)
    throw new Error(`its name is "${read.data.name}": make it "${name}"`);
  return { ...read.data, body };
};
