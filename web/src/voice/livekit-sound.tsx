/** Puts the room's voices on the page, with LiveKit's own components. */
import { RoomAudioRenderer, RoomContext } from '@livekit/components-react';
import type { Room } from 'livekit-client';
import type { ReactNode } from 'react';

export function roomSound(room: Room): ReactNode {
  return (
    <RoomContext.Provider value={room}>
      <RoomAudioRenderer />
    </RoomContext.Provider>
  );
}
