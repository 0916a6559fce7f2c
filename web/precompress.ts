// Writes each file of the built page compressed beside it, so that the house need not do it anew.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const texts = new Set(['.css', '.html', '.js', '.json', '.mjs', '.svg', '.webmanifest']);
const models = new Set(['.onnx', '.wasm']);
/** Smaller than this, the headers weigh more than what is saved. */
const bytesMin = 1_024;

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** Brotli's best takes half a minute for a runtime of 12 MB: those get a middle one. */
const qualityOf = (name: string): number => (models.has(extname(name)) ? 5 : 10);

export const precompress = (): Plugin => {
  let folder = '';
  return {
    name: 'butler-precompress',
    apply: 'build',
    enforce: 'post',
    configResolved: ({ root, build }) => {
      folder = resolve(root, build.outDir);
    },
    closeBundle: {
      // After the service worker is written.
      order: 'post',
      sequential: true,
      handler: async () => {
        const names = await readdir(folder, { recursive: true });
        const wanted = names.filter((one) => texts.has(extname(one)) || models.has(extname(one)));
        await Promise.all(wanted.map((name) => compress(join(folder, name))));
      },
    },
  };
};

const compress = async (path: string): Promise<void> => {
  const content = await readFile(path);
  if (content.byteLength < bytesMin) return;
  const params = { [constants.BROTLI_PARAM_QUALITY]: qualityOf(path) };
  const [small, zipped] = await Promise.all([brotli(content, { params }), zip(content)]);
  await Promise.all([writeFile(`${path}.br`, small), writeFile(`${path}.gz`, zipped)]);
};
