/** Rooms on the LiveKit server: a token for one room that brings the agent with it. */
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import {
  AccessToken,
  AgentDispatchClient,
  RoomAgentDispatch,
  RoomConfiguration,
  RoomServiceClient,
  ServerError,
  TrackSource,
} from 'livekit-server-sdk';
import type { Caller } from '../agent/caller.ts';
import type { Settings } from '../agent/config.ts';
import { ProblemError } from './problem.ts';

const agentName = 'butler';
const tokenLifeSeconds = 10 * 60;
/** How long the person who was given a room may ask for its agent again. */
export const roomLifeMs = 60 * 60_000;
const roomsMax = 1000;
const showOutEveryMs = 1_000;
const requestWithinSeconds = 3;
/** A job that was given to a worker this long ago and is not in the room is not coming. */
const joinWithinMs = 10_000;
/** livekit_models.proto: ParticipantInfo.Kind AGENT (the SDK does not export the enumeration). */
const kindAgent = 4;
/** livekit_agent.proto: JobStatus JS_PENDING and JS_RUNNING. */
const jobAlive: readonly number[] = [0, 1];

interface HandedRoom {
  personId: string;
  metadata: string;
  handedAt: number;
  /** When this house last asked for an agent. */
  dispatchedAt: number;
  /** One question at a time: two at once would bring two agents. */
  asking: Promise<unknown>;
}

interface DispatchAnswer {
  dispatched: boolean;
  /** Dispatched only for `no-agent`. */
  why: 'agent-present' | 'agent-coming' | 'room-empty' | 'no-agent';
}

export interface LiveKit {
  /** `end` shows whoever came with this token out of the room. */
  session(
    caller: Caller,
    deviceId: string,
  ): Promise<{ url: string; token: string; room: string; end: () => void }>;
  /** @throws {ProblemError} when the room is not this person's, or LiveKit does not answer. */
  dispatch(request: { room: string; personId: string }): Promise<DispatchAnswer>;
}

const unreachable = (): ProblemError =>
  new ProblemError({
    status: 503,
    code: 'livekit-unreachable',
    title: 'The LiveKit server does not answer',
    detail:
      'Start the LiveKit server, or check LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET.',
  });

const roomUnknown = (): ProblemError =>
  new ProblemError({
    status: 404,
    code: 'room-unknown',
    title: 'That room was not given to you',
    detail: 'Ask for a new one with POST /api/v1/voice/session.',
  });

/** The server's answer; `missing` when it has no such room, a problem when it has no answer. */
const ask = async <Answer>(question: Promise<Answer>, missing: Answer): Promise<Answer> => {
  try {
    return await question;
  } catch (error) {
    if (error instanceof ServerError && error.status === 404) return missing;
    throw unreachable();
  }
};

interface Clients {
  rooms: RoomServiceClient;
  agents: AgentDispatchClient;
}

/** Whether an agent is to be asked for, why not, and which dispatches came to nothing. */
const look = async (
  { rooms, agents }: Clients,
  { room, now }: { room: string; now: number },
): Promise<{ why: DispatchAnswer['why']; failed: string[] }> => {
  const participants = await ask(rooms.listParticipants(room), []);
  // Asked about the agents of a room that nobody has opened, LiveKit fails; and who joins it
  // next brings an agent anyway.
  if (participants.length === 0) return { why: 'room-empty', failed: [] };
  if (participants.some(({ kind }) => Number(kind) === kindAgent)) {
    return { why: 'agent-present', failed: [] };
  }
  const dispatches = await ask(agents.listDispatch(room), []);
  const own = dispatches.filter((dispatch) => dispatch.agentName === agentName);
  const coming = own.some(({ state: dispatch }) =>
    dispatch?.jobs.some(({ state: job }) => {
      if (!job || !jobAlive.includes(job.status)) return false;
      // Nanoseconds; 0 until the worker has said that it began.
      const sinceMs = Number(job.startedAt || dispatch.createdAt) / 1e6;
      return now - sinceMs < joinWithinMs;
    }),
  );
  if (coming) return { why: 'agent-coming', failed: [] };
  return { why: 'no-agent', failed: own.map(({ id }) => id) };
};

const tokenFor = async (
  settings: Settings,
  {
    caller,
    room,
    identity,
    metadata,
  }: {
    caller: Caller;
    room: string;
    identity: string;
    metadata: string;
  },
): Promise<string> => {
  const token = new AccessToken(settings.LIVEKIT_API_KEY, settings.LIVEKIT_API_SECRET, {
    identity,
    name: caller.name,
    ttl: tokenLifeSeconds,
  });
  token.addGrant({
    room,
    roomJoin: true,
    canPublish: true,
    canPublishSources: [TrackSource.MICROPHONE],
    canPublishData: true,
    canSubscribe: true,
  });
  token.roomConfig = new RoomConfiguration({
    agents: [new RoomAgentDispatch({ agentName, metadata })],
  });
  return await token.toJwt();
};

/** Again and again, while their token would let them back in. */
const showOut = async (
  { rooms }: Clients,
  { room, identity }: { room: string; identity: string },
): Promise<void> => {
  const untilMs = performance.now() + tokenLifeSeconds * 1000;
  while (performance.now() < untilMs) {
    await rooms.removeParticipant(room, identity).catch(() => undefined);
    await after(showOutEveryMs, undefined, { ref: false });
  }
};

/** LiveKit as configured, or undefined where LIVEKIT_URL is not set. */
export const createLiveKit = ({
  settings,
  clock = Date.now,
  random = randomBytes,
}: {
  settings: Settings;
  clock?: () => number;
  random?: (bytes: number) => Buffer;
}): LiveKit | undefined => {
  const { LIVEKIT_URL: url, LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret } = settings;
  if (!url) return undefined;
  const options = { requestTimeout: requestWithinSeconds };
  const clients: Clients = {
    rooms: new RoomServiceClient(url, key, secret, options),
    agents: new AgentDispatchClient(url, key, secret, options),
  };
  const handed = new Map<string, HandedRoom>();
  const forgetOld = (): void => {
    for (const [room, { handedAt }] of handed) {
      if (handed.size < roomsMax && clock() - handedAt < roomLifeMs) return;
      handed.delete(room);
    }
  };

  const dispatch = async (room: string, entry: HandedRoom): Promise<DispatchAnswer> => {
    const { why, failed } = await look(clients, { room, now: clock() });
    if (why !== 'no-agent') return { dispatched: false, why };
    // A dispatch of a moment ago may not have been offered to a worker yet.
    if (clock() - entry.dispatchedAt < requestWithinSeconds * 1000) {
      return { dispatched: false, why: 'agent-coming' };
    }
    // Those that came to nothing would be tried again beside the new one: two agents in a room.
    await Promise.all(failed.map((id) => ask(clients.agents.deleteDispatch(id, room), undefined)));
    const { metadata } = entry;
    await ask(clients.agents.createDispatch(room, agentName, { metadata }), undefined);
    entry.dispatchedAt = clock();
    return { dispatched: true, why };
  };

  return {
    session: async (caller, deviceId) => {
      forgetOld();
      const room = `butler-${random(12).toString('hex')}`;
      const identity = `person:${caller.personId}:${deviceId}:${random(6).toString('hex')}`;
      const conversationId = randomUUID();
      const metadata = JSON.stringify({ caller, participantIdentity: identity, conversationId });
      const token = await tokenFor(settings, { caller, room, identity, metadata });
      handed.set(room, {
        personId: caller.personId,
        metadata,
        handedAt: clock(),
        dispatchedAt: 0,
        asking: Promise.resolve(),
      });
      const end = () => {
        handed.delete(room);
        void showOut(clients, { room, identity });
      };
      return { url: settings.LIVEKIT_PUBLIC_URL ?? url, token, room, end };
    },
    dispatch: async ({ room, personId }) => {
      forgetOld();
      const entry = handed.get(room);
      if (entry?.personId !== personId) throw roomUnknown();
      const answer = entry.asking.then(() => dispatch(room, entry));
      entry.asking = answer.catch(() => undefined);
      return await answer;
    },
  };
};
