/** The household's PINs, sealed, in one file: the server writes it, every process reads it. */
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type StoredPin, sealPin } from './pins.ts';

const stored = z.record(z.string(), z.object({ salt: z.string(), hash: z.string() }));

/** Nobody has a PIN in a folder without the file. */
export class PinStore {
  readonly #file: string;
  #pins: Record<string, StoredPin> = {};
  #changedAtMs = Number.NaN;

  constructor(folder: string) {
    this.#file = path.join(folder, 'pins.json');
  }

  /** @throws when the file is damaged: without it, who has a PIN would count as having none. */
  of(personId: string): StoredPin | undefined {
    this.#read();
    return Object.hasOwn(this.#pins, personId) ? this.#pins[personId] : undefined;
  }

  /** @param digits undefined takes the PIN away. */
  set(personId: string, digits: string | undefined): void {
    this.#read();
    const { [personId]: _before, ...others } = this.#pins;
    const pins = digits === undefined ? others : { ...others, [personId]: sealPin(digits) };
    mkdirSync(path.dirname(this.#file), { recursive: true });
    writeFileSync(`${this.#file}.new`, JSON.stringify(pins), { mode: 0o600 });
    renameSync(`${this.#file}.new`, this.#file);
    this.#pins = pins;
  }

  #read(): void {
    const changedAtMs = statSync(this.#file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (changedAtMs === this.#changedAtMs) return;
    this.#pins =
      changedAtMs === 0 ? {} : stored.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
    this.#changedAtMs = changedAtMs;
  }
}
