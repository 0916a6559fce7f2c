/** `npm run bench [-- NAME]`: runs the benchmarks and keeps their figures in .butler/bench. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** A benchmark prints its table and gives back what is to be kept. */
export type Benchmark = (options: string[]) => Promise<object>;

const here = fileURLToPath(new URL('./', import.meta.url));
const kept = path.resolve(here, '../../.butler/bench');
const notBenchmarks = new Set(['main.ts', 'table.ts']);
const names = readdirSync(here)
  .filter((file) => /^[a-z]+\.ts$/.test(file) && !notBenchmarks.has(file))
  .map((file) => file.slice(0, -'.ts'.length));

const run = async (name: string, options: string[]): Promise<void> => {
  const module = (await import(`./${name}.ts`)) as { default: Benchmark };
  const figures = await module.default(options);
  mkdirSync(kept, { recursive: true });
  const file = path.join(kept, `${name}.json`);
  writeFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), ...figures }, null, 2)}\n`);
  console.log(`Kept in ${path.relative(process.cwd(), file)}`);
};

const [wanted, ...options] = process.argv.slice(2);
if (wanted !== undefined && !names.includes(wanted)) {
  console.error(`There is no benchmark "${wanted}"; there are: ${names.join(', ')}.`);
  process.exit(1);
}
for (const name of wanted ? [wanted] : names) await run(name, options);
process.exit(0);
