/** The repository's files as the tidy rules see them. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface TreeFile {
  /** From the repository's root, with forward slashes. */
  path: string;
  text: string;
  bytes: number;
}

/** What a rule has to say about a file. */
export interface Complaint {
  path: string;
  line?: number;
  says: string;
}

export type Rule = (files: readonly TreeFile[]) => Complaint[];

export const root = fileURLToPath(new URL('../../', import.meta.url));

const isText =
  /\.(ts|tsx|mjs|js|py|css|html|json|yaml|yml|md|txt|svg|example|sh)$|\/?[A-Z]\w*file$/;

/** Tracked files and new ones that git does not ignore, as they lie in the working tree. */
export const readTree = (): TreeFile[] => {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 24,
  });
  const paths = [...new Set(listed.split('\0'))].filter(
    (path) => path !== '' && existsSync(join(root, path)),
  );
  return paths.map((path) => {
    const isReadable = isText.test(path) || path.startsWith('.');
    const text = isReadable ? readFileSync(join(root, path), 'utf8') : '';
    return { path, text, bytes: statSync(join(root, path)).size };
  });
};

export const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path);
export const isTypeScript = (path: string): boolean => /\.tsx?$/.test(path);
export const isPython = (path: string): boolean => path.endsWith('.py');
/** What people write: programs, styles and shell. */
export const isSource = (path: string): boolean =>
  /\.(tsx?|mjs|py|css|sh)$/.test(path) || path === '.ci/run';

/** One complaint for each line that the check finds fault with. */
export const byLine = (
  files: readonly TreeFile[],
  check: (line: string, path: string) => string | undefined,
): Complaint[] =>
  files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => {
      const says = check(line, path);
      return says === undefined ? [] : [{ path, line: index + 1, says }];
    }),
  );
