/** What the house knows of this device and its person, as far as a room needs it. */
import { useAnswer, useOrder } from '../app/questions.ts';
import { useSession } from '../app/session.tsx';

const key = 'get /api/v1/me';

/** Which device of the household this browser is, and where it stands. */
export function useThisDevice() {
  const { data } = useAnswer(key, {});
  const change = useOrder('patch /api/v1/devices/:id', {
    changes: [key, 'get /api/v1/devices'],
  });
  const device = data?.device ?? undefined;
  return {
    area: device?.location ?? '',
    known: device !== undefined,
    /** Throws `Problem`. */
    standIn: async (area: string): Promise<void> => {
      if (!device) return;
      const location = area.trim() === '' ? null : area.trim();
      await change.mutateAsync({ param: { id: device.id }, json: { location } });
    },
  };
}

/** The person's own word, and whether they go on without it. */
export function useDoors() {
  const { user } = useSession();
  const { data } = useAnswer(key, {});
  const change = useOrder('patch /api/v1/users/:id/doors', {
    changes: [key, 'get /api/v1/users/:id/doors'],
  });
  return {
    word: data?.doors.wakeWord,
    followUp: data?.doors.followUp ?? true,
    /** Throws `Problem`. */
    setFollowUp: (followUp: boolean) =>
      change.mutateAsync({ param: { id: user.id }, json: { followUp } }),
  };
}
