/** The skills of locked folders, checked when opened: a bad one is left out and reported. */
import { lstat, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileBytesMax, parseSkill, type Skill } from './file.ts';
import { relevantSkills } from './relevance.ts';

export interface Skills {
  readonly all: readonly Skill[];
  /** A sentence for each file that was left out, and what to do about it. */
  readonly mistakes: readonly string[];
  /** The one skill that the words ask for, where there is one and its tools are there. */
  for(said: string, has: (tool: string) => boolean): { name: string; body: string } | undefined;
  /** A sentence for each skill that is not offered, because tools it needs are not there. */
  missing(has: (tool: string) => boolean): string[];
}

const filesMax = 50;
const writableByOthers = 0o002;

/** @throws an Error that says why nobody should trust the file. */
const assertLocked = async (file: string): Promise<void> => {
  const found = await lstat(file);
  if (found.isSymbolicLink()) throw new Error('it is a symbolic link: put the file itself there');
  if (!found.isFile()) throw new Error('it is no file');
  if (found.size > fileBytesMax) throw new Error(`it is larger than ${fileBytesMax} bytes`);
  // Windows keeps no such mode.
  if (process.platform !== 'win32' && (found.mode & writableByOthers) !== 0) {
    throw new Error('anybody may write to it: run chmod o-w on it');
  }
};

const readOne = async (folder: string, entry: string): Promise<Skill> => {
  const file = path.join(folder, entry);
  await assertLocked(file);
  return parseSkill(path.basename(entry, '.md'), await readFile(file, 'utf8'));
};

const entriesOf = async (folder: string): Promise<string[]> => {
  const found = await lstat(folder);
  if (!found.isDirectory()) throw new Error('it is no folder');
  if (process.platform !== 'win32' && (found.mode & writableByOthers) !== 0) {
    throw new Error('anybody may write to it: run chmod o-w on it');
  }
  const entries = (await readdir(folder)).filter((entry) => entry.endsWith('.md')).sort();
  if (entries.length > filesMax) throw new Error(`it has more than ${filesMax} skills`);
  return entries;
};

const reasonOf = (error: unknown): string => {
  const { code, message } = error as { code?: string; message: string };
  return code === 'ENOENT' ? 'it is not there' : message;
};

/** @param options.folders the first goes before the others where names are the same. */
export const openSkills = async (options: { folders: readonly string[] }): Promise<Skills> => {
  const skills = new Map<string, Skill>();
  const mistakes: string[] = [];
  for (const folder of options.folders) {
    try {
      for (const entry of await entriesOf(folder)) {
        try {
          const skill = await readOne(folder, entry);
          if (skills.has(skill.name)) throw new Error('there is a skill of that name already');
          skills.set(skill.name, skill);
        } catch (error) {
          mistakes.push(`The skill ${entry} is left out: ${reasonOf(error)}.`);
        }
      }
    } catch (error) {
      mistakes.push(`The skills of ${folder} are left out: ${reasonOf(error)}.`);
    }
  }
  const all = [...skills.values()];
  const lacking = ({ tools }: Skill, has: (tool: string) => boolean) =>
    tools.filter((tool) => !has(tool));
  return {
    all,
    mistakes,
    for: (said, has) => {
      const offered = all.filter((skill) => lacking(skill, has).length === 0);
      // Among all of them: a skill that cannot be used must not hand its sentences to another.
      const [best] = relevantSkills(said, all, 1);
      if (!best || !offered.includes(best.skill)) return undefined;
      return { name: best.skill.name, body: best.skill.body };
    },
    missing: (has) =>
      all.flatMap((skill) => {
        const tools = lacking(skill, has);
        if (tools.length === 0) return [];
        return [`The skill ${skill.name} is not offered: it needs ${tools.join(', ')}.`];
      }),
  };
};
