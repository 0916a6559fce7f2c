/** Notices that the page stood still: a locked phone, a closed lid, a frozen tab. */

const tickMs = 2_000;
/** Longer than a busy machine makes a timer wait; a network connection may not survive it. */
const sleptFromMs = 15_000;

export interface Wakened {
  /** The page stood still for so long that its connections cannot be trusted. */
  slept: boolean;
}

/** Tells when the page is seen again or the network is back. Gives back how to stop. */
export function watchSleep(wakened: (how: Wakened) => void): () => void {
  let lastTickAt = Date.now();
  let slept = false;
  const look = () => {
    const now = Date.now();
    slept ||= now - lastTickAt > sleptFromMs;
    lastTickAt = now;
  };
  const timer = setInterval(look, tickMs);
  const tell = () => {
    if (document.hidden) return;
    look();
    const how = { slept };
    slept = false;
    wakened(how);
  };
  const fromCache = ({ persisted }: PageTransitionEvent) => {
    if (persisted) tell();
  };
  window.addEventListener('online', tell);
  window.addEventListener('pageshow', fromCache);
  document.addEventListener('visibilitychange', tell);
  document.addEventListener('resume', tell);
  return () => {
    clearInterval(timer);
    window.removeEventListener('online', tell);
    window.removeEventListener('pageshow', fromCache);
    document.removeEventListener('visibilitychange', tell);
    document.removeEventListener('resume', tell);
  };
}
