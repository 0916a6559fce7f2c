/** Notices that wait until it is no more quiet for whom they are. */
import { notificationsOf, tellsNow, type User } from '../../memory/users.ts';

interface Waiting {
  personId: string;
  key: string;
  code: string;
  send: () => void;
}

interface Parts {
  clock: () => Date;
  /** IANA name of the household's zone: in it people say when it is quiet. */
  timeZone: string;
  byId: (personId: string) => User | undefined;
}

/** The oldest go first; all of them can be read on the page. */
const waitingMax = 500;

const minutesIn = (timeZone: string, at: Date): number => {
  const form = { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const [hours = 0, minutes = 0] = new Intl.DateTimeFormat('en-GB', form)
    .format(at)
    .split(':')
    .map(Number);
  return hours * 60 + minutes;
};

export class QuietHours {
  readonly #parts: Parts;
  #waiting: Waiting[] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Sends it now, later, or not at all, as the person wishes. */
  tell(notice: Waiting): void {
    this.forget(notice.personId, notice.key);
    const when = this.#when(notice);
    if (when === 'now') notice.send();
    if (when === 'later') this.#waiting = [...this.#waiting, notice].slice(-waitingMax);
  }

  /** What it was about is over, or is told anew. */
  forget(personId: string, key: string): void {
    this.#waiting = this.#waiting.filter((one) => one.personId !== personId || one.key !== key);
  }

  /** Time has passed, or wishes have changed. */
  look(): void {
    const all = this.#waiting;
    this.#waiting = [];
    for (const notice of all) this.tell(notice);
  }

  #when({ personId, code }: Waiting): ReturnType<typeof tellsNow> {
    const { byId, clock, timeZone } = this.#parts;
    const user = byId(personId);
    if (!user) return 'never';
    const wishes = notificationsOf(user.notifications);
    return tellsNow(wishes, code, { minutes: minutesIn(timeZone, clock()) });
  }
}
