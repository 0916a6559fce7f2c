/** Why there is no microphone, from what the browser threw (Media Capture, section 10.2). */

export type Trouble = 'refused' | 'none' | 'in-use' | 'insecure' | 'unplugged' | 'unknown';

export function microphoneTrouble(
  error: unknown,
  page: { secure: boolean; hasDevices: boolean },
): Trouble {
  if (!page.secure || !page.hasDevices) return 'insecure';
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'refused';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'none';
    case 'NotReadableError':
    case 'AbortError':
      return 'in-use';
    default:
      return 'unknown';
  }
}
