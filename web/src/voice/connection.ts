/** One way to talk to Butler, whichever transport the house offers. */
import type { ReactNode } from 'react';
import type { Session } from '../api/api.ts';
import type { ClientMessage, ServerMessage } from './messages.ts';
import type { VoiceInput } from './microphone.ts';
import type { Sound } from './sound.ts';
import type { VoiceOutput } from './speaker.ts';
import { connectWebSocket, socketAddress } from './websocket.ts';

/** `hold`: release ends the turn. `open`: Butler finds the turns in what it hears. */
export type TalkMode = 'hold' | 'open';

export interface VoiceConnection {
  readonly transport: 'websocket' | 'livekit';
  /** What has to stand on the page for the voice to be heard. */
  readonly element?: ReactNode;
  /** 0..1, Butler's voice. */
  readonly level: number;
  /** There is sound of an answer that the person has not heard yet. */
  readonly sounding: boolean;
  /** The microphone has been acquired before. */
  startTalking(mode: TalkMode): Promise<void>;
  stopTalking(): Promise<void>;
  sendText(text: string): void;
  /** Anything else that the page has to say, such as the answer to a question. */
  tell(message: ClientMessage): void;
  /** Asks Butler to be quiet, and is quiet at once. */
  stop(): void;
  turnOnSound(): Promise<void>;
  /** `devices.sound` has another volume or loudspeaker now. */
  soundChanged(): void;
  close(): void;
}

export interface ConnectionEvents {
  /** Butler is there and listens. */
  ready(): void;
  message(message: ServerMessage): void;
  /** The transport tries to heal itself; `ready` follows, or `lost`. */
  interrupted(): void;
  /** Over; called once, and not after `close`. */
  lost(reason?: string): void;
  soundBlocked(blocked: boolean): void;
}

export interface Devices {
  microphone: VoiceInput;
  speaker: VoiceOutput;
  sound: Sound;
}

export interface ConnectRequest {
  session: Session;
  devices: Devices;
  events: ConnectionEvents;
  /** Asks the house once more to send Butler into the room. */
  dispatch(room: string): Promise<void>;
}

export async function connect(request: ConnectRequest): Promise<VoiceConnection> {
  const { session, devices, events } = request;
  if (session.transport === 'websocket') {
    const address = socketAddress(session, window.location);
    return connectWebSocket({ address, devices, events });
  }
  // The LiveKit client is most of the page's weight: only houses that use it load it.
  const { connectLiveKit } = await import('./livekit.ts');
  return connectLiveKit({ session, devices, events, dispatch: request.dispatch });
}
