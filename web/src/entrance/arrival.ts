/** What a link brought along: an invitation, or a device of somebody who is in already. */

export interface Arrival {
  kind: 'join' | 'pair';
  secret: string;
}

interface Page {
  location: Pick<Location, 'hash' | 'pathname' | 'search'>;
  history: Pick<History, 'replaceState'>;
}

/**
 * Reads the secret from the fragment, and takes it out of the address bar and the history at once:
 * what stands there is synchronised, suggested and photographed.
 */
export function takeArrival({ location, history }: Page): Arrival | undefined {
  const said = new URLSearchParams(location.hash.slice(1));
  for (const kind of ['join', 'pair'] as const) {
    const secret = said.get(kind);
    if (!secret) continue;
    history.replaceState(null, '', `${location.pathname}${location.search}`);
    return { kind, secret };
  }
  return undefined;
}
