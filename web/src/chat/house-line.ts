/** The page's own line to the house (`/ws`): what happens there, and commands, on one socket. */
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { ask } from '../api/ask.ts';
import { Problem } from '../api/calls.ts';
import { useSession } from '../app/session.tsx';
import { socketAddress } from '../voice/websocket.ts';
import { chatWords as words } from '../words/chat.ts';
import { Line, type LineParts } from './line.ts';

export const houseTopics = ['devices', 'notifications', 'calendar', 'health', 'turns'] as const;
export type HouseTopic = (typeof houseTopics)[number];

/** `type` names the event: `device`, `notification`, `calendar`, `incident`, `health`, `turn`. */
export interface HouseEvent {
  type: string;
  [field: string]: unknown;
}

interface Watching {
  /** The line is there, again or for the first time: what was missed can be asked for. */
  onBack?: () => void;
}

let current: { token: string; line: Line } | undefined;

/** One line for the whole page; another sign-in is another line. */
function lineOf(session: { token: string; signedOut(): void }): Line {
  if (current?.token === session.token) return current.line;
  current?.line.close();
  const line = new Line(partsFor(session));
  current = { token: session.token, line };
  return line;
}

function partsFor({ token, signedOut }: { token: string; signedOut(): void }): LineParts {
  return {
    address: async () => {
      try {
        const { url, ticket } = await ask('post /api/v1/ws/ticket', { token });
        return socketAddress({ transport: 'websocket', url, ticket }, window.location);
      } catch (error) {
        if (error instanceof Problem && error.status === 401) signedOut();
        throw error;
      }
    },
    open: (address) => new WebSocket(address),
    random: Math.random,
    sentences: { lost: words.commandUnsure, slow: words.commandSlow, away: words.lineAway },
  };
}

/**
 * Hears what happens in the house while the component stands.
 * @returns whether the line is open at this moment.
 */
export function useHouseLine(
  topics: readonly HouseTopic[],
  onEvent: (event: HouseEvent) => void,
  { onBack }: Watching = {},
): boolean {
  const session = useSession();
  const line = lineOf(session);
  const latest = useRef({ onEvent, onBack });
  useEffect(() => {
    latest.current = { onEvent, onBack };
  });
  const wanted = topics.join(' ');
  useEffect(
    () =>
      line.watch({
        topics: wanted === '' ? [] : wanted.split(' '),
        event: (event) => latest.current.onEvent(event as HouseEvent),
        back: () => latest.current.onBack?.(),
      }),
    [line, wanted],
  );
  return useSyncExternalStore(line.onChange, () => line.isOpen);
}

/**
 * Runs one tool through gate and receipt; `say` is the sentence for the person. Never throws:
 * where the line is lost meanwhile, the answer says that it is not known what happened.
 */
export async function command(tool: string, input: Record<string, unknown>) {
  if (!current) return { ok: false, say: words.lineAway, code: 'line-away' };
  return await current.line.command(tool, input);
}
