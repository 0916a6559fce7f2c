/** Known holes in what Butler ships, as the registry tells them; one that tells none is said. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const root = fileURLToPath(new URL('../../', import.meta.url));
const answerWithinMs = 30_000;

const report = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({
      severity: z.enum(['info', 'low', 'moderate', 'high', 'critical']),
      range: z.string(),
      via: z.array(z.union([z.string(), z.looseObject({ title: z.string() })])),
    }),
  ),
});

export interface Verdict {
  passed: boolean;
  /** For whoever ran it; empty where there is nothing to say. */
  says: string;
}

/** What `npm audit --json` says; nothing below `high` stops anybody. */
export const judged = (output: string): Verdict => {
  const parsed = report.safeParse(fromJson(output));
  if (!parsed.success) {
    return { passed: true, says: 'Not asked: this registry answers no audits.' };
  }
  const holes = Object.entries(parsed.data.vulnerabilities).map(([name, one]) => {
    const titles = one.via.flatMap((via) => (typeof via === 'string' ? [] : [via.title]));
    const why = titles.length > 0 ? titles.join('; ') : `by way of ${one.via.join(', ')}`;
    return { ...one, says: `${one.severity}  ${name} ${one.range}: ${why}` };
  });
  const grave = holes.filter(({ severity }) => ['high', 'critical'].includes(severity));
  const list = holes.map(({ says }) => says).join('\n');
  if (grave.length === 0) return { passed: true, says: list };
  return { passed: false, says: `${list}\nUpdate what is named (npm audit says how).` };
};

const fromJson = (output: string): unknown => {
  try {
    return JSON.parse(output);
  } catch {
    return undefined;
  }
};

const ask = (): Promise<string> =>
  new Promise((resolve) => {
    const words = ['audit', '--omit=dev', '--json', '--fetch-retries=0'];
    const child = spawn('npm', words, {
      ...{ cwd: root, stdio: ['ignore', 'pipe', 'ignore'], timeout: answerWithinMs },
      shell: process.platform === 'win32',
    });
    let output = '';
    child.stdout?.on('data', (piece) => {
      output += piece;
    });
    child.once('error', () => resolve(''));
    child.once('close', () => resolve(output));
  });

if (import.meta.main) {
  const { passed, says } = judged(await ask());
  if (says !== '') console.log(says);
  process.exitCode = passed ? 0 : 1;
}
