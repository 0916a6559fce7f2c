/** A file from the house, fetched with the person's token, counted on its way, and saved. */
import { call } from '../../api/calls.ts';
import { language } from '../../words/language.ts';

interface Fetching {
  path: string;
  token: string;
  signal: AbortSignal;
  /** Bytes so far. */
  onBytes(bytes: number): void;
}

/** @throws {Problem}, and an `AbortError` where the signal ends it. */
export async function fetchFile({ path, token, signal, onBytes }: Fetching) {
  const response = await call(path, { token, signal });
  const name = nameIn(response.headers.get('content-disposition'));
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  for (let read = await reader?.read(); read?.value; read = await reader?.read()) {
    pieces.push(read.value);
    bytes += read.value.length;
    onBytes(bytes);
  }
  const type = response.headers.get('content-type') ?? 'application/octet-stream';
  return { name, bytes, file: new Blob(pieces, { type }) };
}

/** As the house names it; never a path. */
export function nameIn(disposition: string | null): string {
  const named = /filename="([^"]+)"/.exec(disposition ?? '')?.[1] ?? '';
  return /^[\w.-]+$/.test(named) ? named : 'butler.zip';
}

/** Hands it to the browser, which asks or saves as its person has set. */
export function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

const thousand = 1_000;
const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** "12 kB", "3.4 MB". */
export function sizeText(bytes: number, speaks: string = language): string {
  const power = bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3);
  const unit = units[Math.min(power, units.length - 1)] ?? 'byte';
  const value = bytes / thousand ** units.indexOf(unit);
  const maximumFractionDigits = value < 10 && unit !== 'byte' ? 1 : 0;
  const style = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits } as const;
  return new Intl.NumberFormat(speaks, style).format(value);
}
