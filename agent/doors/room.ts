/** The LiveKit door: a room, a caller in the job's metadata, and the same conversation. */
import { type JobContext, voice } from '@livekit/agents';
import { RoomEvent } from '@livekit/rtc-node';
import { z } from 'zod';
import { callerSchema } from '../caller.ts';
import type { House } from '../house.ts';
import { openConversation } from '../session.ts';
import { inputRateHz, obey, outputRateHz } from './app.ts';
import { readClientMessage, type ServerMessage } from './protocol.ts';

/** What the token's dispatch carries; who speaks is never taken from the room itself. */
const jobMetadata = z.object({
  caller: callerSchema,
  participantIdentity: z.string().min(1),
});

/** Data packets of this topic carry the messages of the WebSocket's text frames. */
const messageTopic = 'butler';
/** WebRTC's jitter buffer: the last syllable comes after the word that the button is up. */
const releaseGraceMs = 120;

/** Talks in one room until its person leaves. */
export const talkInRoom = async (house: House, context: JobContext): Promise<void> => {
  const { caller, participantIdentity } = jobMetadata.parse(JSON.parse(context.job.metadata));
  await context.connect();
  const { room } = context;
  const send = (message: ServerMessage): void => {
    const data = new TextEncoder().encode(JSON.stringify(message));
    void room.localParticipant
      ?.publishData(data, {
        reliable: true,
        topic: messageTopic,
        destination_identities: [participantIdentity],
      })
      .catch(() => house.log.debug('a message came too late for its room'));
  };
  const conversation = await openConversation(house, caller, {
    transport: 'livekit',
    sound: true,
    releaseGraceMs,
    start: async (session, butler) => {
      await session.start({
        agent: butler,
        room,
        inputOptions: {
          participantIdentity,
          audioSampleRate: inputRateHz,
          textEnabled: true,
          closeOnDisconnect: true,
        },
        outputOptions: { audioSampleRate: outputRateHz, audioNumChannels: 1 },
        record: false,
      });
    },
  });
  conversation.events.on(send);
  room.on(RoomEvent.DataReceived, (...[payload, participant, , topic]) => {
    if (topic !== messageTopic || participant?.identity !== participantIdentity) return;
    const message = readClientMessage(new TextDecoder().decode(payload));
    if ('code' in message) send({ type: 'error', ...message });
    else obey(conversation, message, send);
  });
  conversation.session.on(voice.AgentSessionEventTypes.Close, () => context.shutdown('done'));
  context.addShutdownCallback(() => conversation.close());
  send({ type: 'ready', inputRate: inputRateHz, outputRate: outputRateHz });
  send({ type: 'state', state: 'listening' });
};
