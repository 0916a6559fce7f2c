// A sealed password opens in its own row, with its own key, unchanged; old tokens open too.
import { describe, expect, it } from 'vitest';
import { openFernet } from './fernet.ts';
import { createSealer } from './sealing.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const secret = bytes('a-jwt-secret-of-reasonable-length-0123456789');
const other = bytes('another-secret-of-reasonable-length-98765432');
const row = { userId: 'ada', service: 'jellyfin' };
const sealer = createSealer({ current: secret, others: [] });
/** Made by Python's cryptography 48, with base64url(SHA-256(secret)) as the key. */
const fernet =
  'gAAAAABlU_EAcQMJMlX7FoGfOnyyDGKcQbI4lLFqt41k0xgBt6pcBlfnFfyDiGQUNYCB_uur254ju4P_-TUC9OjcyikP' +
  'nkz1y8SkxgDK8czrpfQIyR7GhUo=';

describe('sealing', () => {
  it.each(['', 'x', 'pässword 🔑', 'a'.repeat(5000)])('gives back what was sealed', (text) => {
    expect(sealer.open(sealer.seal(text, row), row)).toEqual({ text, isCurrent: true });
  });

  it('is never the same twice, and names version and key but no secret', () => {
    const [one, two] = [sealer.seal('secret', row), sealer.seal('secret', row)];
    expect(one).not.toBe(two);
    expect(one).toMatch(/^v1\.[0-9a-f]{12}\.[\w-]+$/);
    expect(one.split('.')[1]).toBe(sealer.keyId);
    expect(createSealer({ current: other, others: [] }).keyId).not.toBe(sealer.keyId);
  });

  it('opens in no other row: not of another person, nor of another service', () => {
    const sealed = sealer.seal('secret', row);
    expect(sealer.open(sealed, { ...row, userId: 'bob' })).toBeUndefined();
    expect(sealer.open(sealed, { ...row, service: 'immich' })).toBeUndefined();
    const shifted = { userId: 'adajelly', service: 'fin' };
    expect(sealer.open(sealed, shifted)).toBeUndefined();
  });

  it('does not open when any part of it was changed', () => {
    const sealed = sealer.seal('secret', row);
    for (let at = 0; at < sealed.length - 1; at += 1) {
      const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
      expect(sealer.open(changed, row), `letter ${at}`).toBeUndefined();
    }
    for (const junk of ['', 'v1', 'v1..', `v1.${sealer.keyId}.`, `${sealed}.x`, 'plain text']) {
      expect(sealer.open(junk, row)).toBeUndefined();
    }
  });

  it('opens what a former secret sealed, and says that it is not of today', () => {
    const now = createSealer({ current: other, others: [secret] });
    expect(now.open(sealer.seal('kept', row), row)).toEqual({ text: 'kept', isCurrent: false });
    expect(createSealer({ current: other, others: [] }).open(sealer.seal('kept', row), row)).toBe(
      undefined,
    );
  });
});

describe('Fernet tokens', () => {
  it('of earlier systems open, with the secret they were made with alone', () => {
    expect(openFernet(fernet, secret)).toBe('pässword from before');
    expect(openFernet(fernet, other)).toBeUndefined();
    const opened = createSealer({ current: other, others: [secret] }).open(fernet, row);
    expect(opened).toEqual({ text: 'pässword from before', isCurrent: false });
  });

  it('do not open when changed or cut', () => {
    for (let at = 0; at < fernet.length - 2; at += 7) {
      const changed = fernet.slice(0, at) + (fernet[at] === 'A' ? 'B' : 'A') + fernet.slice(at + 1);
      expect(openFernet(changed, secret), `letter ${at}`).toBeUndefined();
      expect(openFernet(fernet.slice(0, at), secret)).toBeUndefined();
    }
  });
});
