/** Calling the house once: a session from it, and a connection over the transport it names. */
import { dispatchButler, openVoiceSession, Problem } from '../api/api.ts';
import type { ChangeOver } from '../voice/change-over.ts';
import {
  type ConnectionEvents,
  connect,
  type Devices,
  type VoiceConnection,
} from '../voice/connection.ts';
import { voiceWords as words } from '../words/voice.ts';

interface HouseCall {
  token: string;
  ways: ChangeOver;
  devices: Devices;
  events: ConnectionEvents;
}

/** Throws `Problem` when the house refuses, and what the transport throws. */
export async function callHouse(request: HouseCall): Promise<VoiceConnection> {
  refuseInsecurePage();
  const { token, ways, devices, events } = request;
  const session = await openVoiceSession(token, ways.wish);
  const { transport } = session;
  try {
    return await connect({
      session,
      devices,
      events: ways.watch(transport, events),
      dispatch: (room) => dispatchButler(token, room),
    });
  } catch (error) {
    ways.failed(transport);
    throw error;
  }
}

/** Without https there is neither a microphone nor an audio thread: typing is what is left. */
function refuseInsecurePage(): void {
  if (window.isSecureContext) return;
  const { sentence } = words.troubles.insecure;
  throw new Problem({ status: 400, code: 'insecure-page', title: '', detail: sentence });
}
