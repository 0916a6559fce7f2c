/** A device that is left alone for weeks: its screen stays on, and it notices that it slept. */
import { useEffect } from 'react';

const lookEveryMs = 10_000;
/** A timer that comes this late was held up by sleep, not by work. */
const sleptAfterMs = 30_000;
const shiftEveryMinutes = 2;
const shiftPixels = 6;

/** Keeps the screen on while the page is looked at; where the browser cannot, it goes dark. */
export function useScreenOn(on: boolean): void {
  useEffect(() => {
    if (!on || !('wakeLock' in navigator)) return;
    let over = false;
    let lock: WakeLockSentinel | undefined;
    const take = async () => {
      if (document.hidden || (lock && !lock.released)) return;
      // A battery that runs low may say no: the next look asks again.
      lock = await navigator.wakeLock.request('screen').catch(() => undefined);
      if (over) await lock?.release();
    };
    void take();
    const timer = setInterval(() => void take(), lookEveryMs);
    document.addEventListener('visibilitychange', take);
    return () => {
      over = true;
      clearInterval(timer);
      document.removeEventListener('visibilitychange', take);
      void lock?.release();
    };
  }, [on]);
}

/** Tells when the device may have lost its microphone, its sound or its network meanwhile. */
export function useWaking(wake: () => void, on: boolean): void {
  useEffect(() => {
    if (!on) return;
    let seenAt = Date.now();
    const look = () => {
      const slept = Date.now() - seenAt > sleptAfterMs;
      seenAt = Date.now();
      if (slept) wake();
    };
    const visible = () => document.hidden || wake();
    const timer = setInterval(look, lookEveryMs);
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    document.addEventListener('visibilitychange', visible);
    window.addEventListener('pageshow', wake);
    window.addEventListener('online', wake);
    devices?.addEventListener('devicechange', wake);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', visible);
      window.removeEventListener('pageshow', wake);
      window.removeEventListener('online', wake);
      devices?.removeEventListener('devicechange', wake);
    };
  }, [wake, on]);
}

/**
 * Where everything stands this minute: never long on the same pixels, or a screen keeps their
 * picture for ever. Walks a small square, a corner at a time.
 */
export function shiftAt(ms: number): { x: number; y: number } {
  const step = Math.floor(ms / (shiftEveryMinutes * 60_000));
  const corners = [
    [-1, -1],
    [0, -1],
    [1, -1],
    [1, 0],
    [1, 1],
    [0, 1],
    [-1, 1],
    [-1, 0],
  ] as const;
  const [x, y] = corners[step % corners.length] ?? [0, 0];
  return { x: x * shiftPixels, y: y * shiftPixels };
}
