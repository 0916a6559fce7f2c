/** The device's standing in its room, for the page: made once, and fed with what is wanted. */
import { useEffect, useState } from 'react';
import { ask } from '../api/ask.ts';
import { useHouseState } from '../app/house-state.tsx';
import { type Session as SignedInSession, useSession } from '../app/session.tsx';
import { connect } from '../voice/connection.ts';
import { Microphone } from '../voice/microphone.ts';
import { Sound } from '../voice/sound.ts';
import { Speaker } from '../voice/speaker.ts';
import { microphoneTrouble } from '../voice/trouble.ts';
import { roomWords as words } from '../words/room.ts';
import { chime } from './chime.ts';
import { createEar } from './ear.ts';
import { Standing, type StandingParts, type Wishes } from './standing.ts';
import { useWaking } from './staying.ts';

/** A house that has not said within this who answers is not there for the person who called. */
const claimWithinMs = 4_000;

/** @param on the person has read what stays on the device. */
export function useStanding({ wishes, on }: { wishes: Wishes; on: boolean }): Standing {
  const session = useSession();
  const [standing] = useState(() => newStanding(session, wishes));
  useEffect(() => standing.obey(wishes), [standing, wishes]);
  useEffect(() => {
    if (!on) return;
    void standing.start();
    return () => standing.close();
  }, [standing, on]);
  useWaking(standing.wake, on);
  useHouse(standing);
  return standing;
}

/** While the house is away the page asks it every few seconds: then the device says so no more. */
function useHouse(standing: Standing): void {
  const { health, away, refresh } = useHouseState();
  const [fault, setFault] = useState('');
  useEffect(
    () => standing.view.watch(() => setFault(standing.view.get().faults.house ?? '')),
    [standing],
  );
  useEffect(() => {
    if (fault === words.houseAway) refresh();
  }, [fault, refresh]);
  useEffect(() => {
    const back = health !== undefined && away === undefined;
    if (back && standing.view.get().faults.house === words.houseAway) standing.houseIsBack();
  }, [health, away, standing]);
}

function newStanding({ token, signedOut }: SignedInSession, wishes: Wishes): Standing {
  const sound = new Sound();
  const microphone = new Microphone(sound, () => standing.microphoneLost());
  const speaker = new Speaker(sound, () => undefined);
  const parts: StandingParts = {
    ...{ microphone, sound, signedOut },
    newEar: createEar,
    openSession: async (wake) =>
      ask('post /api/v1/voice/session', {
        json: {
          door: 'room',
          // Sound from before the connection can only travel here: a track begins when it begins.
          transport: 'websocket',
          ...(wake && { wake }),
        },
        token,
        signal: AbortSignal.timeout(claimWithinMs),
      }),
    connect: (session, { microphone: input, events }) =>
      connect({
        ...{ session, events },
        devices: { microphone: input, speaker, sound },
        dispatch: async (room) => {
          await ask('post /api/v1/voice/dispatch', { json: { room }, token });
        },
      }),
    chime: (kind) => chime(sound.output, kind),
    troubleOf: (error) =>
      microphoneTrouble(error, {
        secure: window.isSecureContext,
        hasDevices: navigator.mediaDevices !== undefined,
      }),
    unreached: words.houseAway,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    now: () => performance.now(),
  };
  const standing: Standing = new Standing(parts, wishes);
  return standing;
}
