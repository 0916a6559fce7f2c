/** Whether passkeys can be used on this page at all; what uses them is loaded when it is needed. */

/** Browsers want a secure page, and a name: an IP address has no passkeys (WebAuthn, 5.1.3). */
export function passkeysHere(): boolean {
  const { hostname } = location;
  const isNumber = hostname.startsWith('[') || /^[\d.]+$/.test(hostname);
  return window.isSecureContext && !isNumber && 'PublicKeyCredential' in window;
}

export const loadPasskeys = () => import('./passkeys.ts');
