/** Whether this browser would install the page as an app, and the moment to ask. */
import { useSyncExternalStore } from 'react';

/** Chromium's event (https://wicg.github.io/manifest-incubations, beforeinstallprompt). */
interface InstallEvent extends Event {
  prompt(): Promise<unknown>;
  readonly userChoice: Promise<{ outcome: 'accepted' | 'dismissed' }>;
}

const keptAs = 'butler.install-not-before';
const quietForMs = 30 * 24 * 3_600_000;

let offered: InstallEvent | undefined;
const watchers = new Set<() => void>();
const tell = (): void => {
  for (const watcher of watchers) watcher();
};

/** Called once, early: the browser says it only once. */
export function watchForInstall(): void {
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    offered = event as InstallEvent;
    tell();
  });
  window.addEventListener('appinstalled', () => {
    offered = undefined;
    tell();
  });
}

function isInstalled(): boolean {
  const standalone = (navigator as { standalone?: boolean }).standalone === true;
  return standalone || matchMedia('(display-mode: standalone)').matches;
}

/** Apple's browsers install by hand only. */
function isApplePhone(): boolean {
  return /iPhone|iPad/.test(navigator.userAgent) && !isInstalled();
}

function isQuiet(now: number): boolean {
  try {
    return Number(localStorage.getItem(keptAs) ?? 0) > now;
  } catch {
    return true;
  }
}

export type InstallWay = 'button' | 'by-hand' | undefined;

function way(): InstallWay {
  if (isInstalled() || isQuiet(Date.now())) return undefined;
  if (offered) return 'button';
  return isApplePhone() ? 'by-hand' : undefined;
}

/** How it could be installed now; undefined where it cannot, is already, or was not wanted. */
export function useInstallWay(): InstallWay {
  return useSyncExternalStore((watcher) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  }, way);
}

export async function install(): Promise<void> {
  const event = offered;
  if (!event) return;
  await event.prompt();
  const { outcome } = await event.userChoice;
  // The browser takes an event once; it may come again by itself.
  offered = undefined;
  if (outcome === 'dismissed') notNow();
  tell();
}

export function notNow(): void {
  try {
    localStorage.setItem(keptAs, String(Date.now() + quietForMs));
  } catch {
    // It will be asked again when the page is opened.
  }
  tell();
}
