/** Which Python is taken, and what is said when there is none. */
import { describe, expect, it } from 'vitest';
import { findPython, type Run } from './python.ts';

const python = (minor: number, more: object = {}) =>
  JSON.stringify({
    minor,
    version: `3.${minor}.1`,
    path: `/opt/python3.${minor}`,
    bits: 64,
    missing: '',
    ...more,
  });

/** Commands that are there, with what the probe prints. */
const machine =
  (commands: Record<string, string>): Run =>
  async (command, args) => {
    const named = [command, ...args.filter((one) => /^-3/.test(one))].join(' ');
    const printed = commands[named];
    if (printed === undefined) throw new Error(`${named}: not found`);
    return printed;
  };

const sentence = async (commands: Record<string, string>, platform?: NodeJS.Platform) => {
  const found = await findPython(machine(commands), platform ?? 'linux');
  if (found.ok) throw new Error(`found ${found.path}`);
  return found.why;
};

describe('findPython', () => {
  it('takes python3 when it is new enough', async () => {
    const found = await findPython(machine({ python3: python(12) }), 'linux');
    expect(found).toEqual({ ok: true, path: '/opt/python3.12' });
  });

  it('passes over one that is too old, and over launchers that do not run', async () => {
    const run = machine({ python3: python(9), 'python3.13': 'no JSON', 'python3.11': python(11) });
    expect(await findPython(run, 'linux')).toEqual({ ok: true, path: '/opt/python3.11' });
  });

  it('asks the launcher on Windows', async () => {
    const found = await findPython(machine({ 'py -3.12': python(12) }), 'win32');
    expect(found).toEqual({ ok: true, path: '/opt/python3.12' });
  });

  it('says what to install when there is no Python at all', async () => {
    expect(await sentence({})).toBe(
      'The local models need Python 3.11 to 3.13 with venv; no Python was found. Install it ' +
        '(Debian and Ubuntu: sudo apt install python3 python3-venv) and start Butler again. ' +
        'Until then Butler goes on without them.',
    );
    expect(await sentence({}, 'darwin')).toContain('brew install python@3.13');
    expect(await sentence({}, 'win32')).toContain('winget install');
  });

  it.each([
    ['too old', python(10), 'Python 3.10.1 is too old'],
    ['too new', python(14), 'Python 3.14.1 is newer than its packages know'],
    ['without venv', python(11, { missing: 'ensurepip' }), 'has no ensurepip module'],
    ['32-bit', python(11, { bits: 32 }), '32-bit'],
    ['Python 2', python(0, { version: '2.7.18' }), 'Python 2.7.18 is too old'],
  ])('names a Python that is %s', async (_case, printed, reason) => {
    expect(await sentence({ python3: printed })).toContain(reason);
  });
});
