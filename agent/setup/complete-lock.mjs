// Adds to package-lock.json the packages for other machines that a registry with gaps left out.
import { readFileSync, writeFileSync } from 'node:fs';

// npm drops an optional package from the lock when the registry at hand does not serve it, and then
// `npm ci` of npm 11 refuses that lock. Their exact versions are known from the packages that want
// them. Run after `npm install`: node agent/setup/complete-lock.mjs
const path = new URL('../../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(path, 'utf8'));
const { packages } = lock;

/** Node's own look-up: beside the package that wants it, then in each folder above. */
const isThere = (wantedBy, name) => {
  for (
    let from = wantedBy;
    ;
    from = from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/')))
  ) {
    if (packages[`${from ? `${from}/` : ''}node_modules/${name}`]) return true;
    if (from === '') return false;
    if (!from.includes('/node_modules/')) from = '';
  }
};

const systems = 'android|darwin|freebsd|linux|openbsd|openharmony|win32';
const processors = 'arm64|arm|x64|ia32|ppc64|riscv64|s390x|loong64';
const machine = new RegExp(`(${systems})-(${processors})`);

const entryFor = (name, version, wantedBy) => {
  // For every system: what runs where no native part does.
  if (name.endsWith('-wasm32-wasi')) {
    return { version, cpu: ['wasm32'], ...(wantedBy.dev && { dev: true }), optional: true };
  }
  const [, os, cpu] = name.match(machine) ?? [];
  if (!os) throw new Error(`${name} names no machine; install it so that npm locks it.`);
  const libc = /musl/.test(name) ? ['musl'] : /-gnu/.test(name) ? ['glibc'] : undefined;
  return {
    version,
    cpu: [cpu],
    ...(wantedBy.dev && { dev: true }),
    ...(libc && { libc }),
    optional: true,
    os: [os],
  };
};

const added = [];
for (const [from, wantedBy] of Object.entries(packages)) {
  for (const [name, version] of Object.entries(wantedBy.optionalDependencies ?? {})) {
    if (isThere(from, name)) continue;
    packages[`node_modules/${name}`] = entryFor(name, version, wantedBy);
    added.push(`${name}@${version}`);
  }
}
const sorted = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
writeFileSync(
  path,
  `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`,
);
console.log(added.length > 0 ? `Added ${added.join(', ')}.` : 'Nothing was missing.');
