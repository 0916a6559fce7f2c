/** A house for tests whose one integration answers as the test wants, each hour. */
import { createHappenings } from '../../agent/happenings.ts';
import { openIncidents } from '../../agent/monitor/incidents.ts';
import { type Answer, Monitor } from '../../agent/monitor.ts';
import type { FakeAdmin } from './admin.ts';

/** `mail` is watched from now on; what it says is `answer`, asked with each `look`. */
export const watchMail = (admin: FakeAdmin, answer: Answer) => {
  const clock = () => new Date(admin.now.ms);
  const incidents = openIncidents({
    ...{ database: admin.memory.database, notices: admin.house.notices, clock },
    ...{ happenings: createHappenings(), log: admin.house.log },
  });
  const mail = { answer };
  const monitor = new Monitor({
    ...{ clock, incidents, everyMs: 30_000 },
    watched: () => [{ part: 'mail', kind: 'integration', look: async () => mail.answer }],
  });
  Object.assign(admin.house, { watching: { monitor, incidents } });
  const look = async (times: number): Promise<void> => {
    for (let time = 0; time < times; time++) {
      admin.now.ms += 3_600_000;
      await monitor.look();
    }
  };
  return { mail, look };
};
