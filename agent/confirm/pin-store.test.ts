/** PINs at rest: sealed, seen by every process, and never silently gone. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PinStore } from './pin-store.ts';
import { Pins } from './pins.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'butler-pins-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('PinStore', () => {
  it('keeps a PIN sealed, for its person alone, in a file of its own', () => {
    const store = new PinStore(folder);
    store.set('ada', '2468');
    const file = path.join(folder, 'pins.json');
    expect(readFileSync(file, 'utf8')).not.toContain('2468');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const pins = new Pins((personId) => store.of(personId));
    expect(pins.has('ada')).toBe(true);
    expect(pins.has('bob')).toBe(false);
    expect(pins.has('constructor')).toBe(false);
    expect(pins.try('ada', '1111')).toBe('wrong');
    expect(pins.try('ada', '2468')).toBe('right');
  });

  it('is seen by another process, and taken away again', () => {
    const [here, there] = [new PinStore(folder), new PinStore(folder)];
    expect(there.of('ada')).toBeUndefined();
    here.set('ada', '2468');
    expect(there.of('ada')).toBeDefined();
    here.set('ada', undefined);
    expect(here.of('ada')).toBeUndefined();
  });

  it('does not take a damaged file for nobody having a PIN', () => {
    const store = new PinStore(folder);
    store.set('ada', '2468');
    writeFileSync(path.join(folder, 'pins.json'), '{"ada":');
    expect(() => new PinStore(folder).of('ada')).toThrow();
  });
});
