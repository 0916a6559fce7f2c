/** Files for the person's own disk: what the page made, or what the house sends, with progress. */
import { call } from '../api/calls.ts';

export function saveFile(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser reads it after this turn of the loop.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/**
 * Fetches with the sign-in, which a plain link cannot.
 * @param onShare 0 to 1, where the house says how long it is.
 * @throws {Problem}
 */
export async function fetchFile(
  path: string,
  token: string,
  onShare: (share: number) => void,
): Promise<Blob> {
  const response = await call(path, { token });
  const whole = Number(response.headers.get('content-length'));
  const parts: BlobPart[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    bytes += value.length;
    if (whole > 0) onShare(Math.min(1, bytes / whole));
  }
  const type = response.headers.get('content-type') ?? 'application/octet-stream';
  return new Blob(parts, { type });
}
