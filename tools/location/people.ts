/** Everybody whose whereabouts may be known here, with what each source says of them. */
import type { ToolContext } from '../core/define.ts';
import type { Housemate } from '../core/people-port.ts';
import { plainName } from '../core/sounds.ts';
import { foldedUser, type Position } from './book.ts';
import type { LocationClient } from './client.ts';
import { type Level, levelOf } from './consent.ts';
import { type Fence, homeId, radiusDefaultM, standingOf } from './fences.ts';
import { type Kept, keptOf, placesOn } from './shelf.ts';
import { type HomeAssistantView, type Seen, viewFrom } from './trackers.ts';

export type Context = ToolContext<LocationClient>;

/** A person, and what may be said of them to whoever asks. */
export interface Whereabouts {
  name: string;
  isCaller: boolean;
  level: Level;
  /** Undefined: somebody whom only Home Assistant knows. */
  housemate?: Housemate | undefined;
  positions: Position[];
  seen: Seen[];
}

export interface Household {
  people: Whereabouts[];
  fences: Fence[];
  home?: Fence | undefined;
  /** Why Home Assistant could not say anything, where it should have. */
  trouble?: string | undefined;
}

/** A person in Home Assistant by the whole name; a phone also as "Ben's phone". */
const isOf = ({ name, username }: Housemate, seen: Seen, isPhone: boolean): boolean => {
  const heard = plainName(seen.name);
  const [first] = heard.split(' ');
  return [name, username ?? ''].map(plainName).some((own) => {
    if (own === '') return false;
    return heard === own || (isPhone && (first === own || first === `${own}s`));
  });
};

/** Each that Home Assistant sees, with whose it may be; two of one name are neither's. */
const attributed = ({ people, phones }: HomeAssistantView, housemates: readonly Housemate[]) => {
  const find = (all: readonly Seen[], isPhone: boolean) =>
    all.map((seen) => {
      const owners = housemates.filter((one) => isOf(one, seen, isPhone));
      return { seen, isPhone, owners };
    });
  return [...find(people, false), ...find(phones, true)];
};

type Attributed = ReturnType<typeof attributed>;

/** Fences of the household: its own places, Home Assistant's zones, and home. */
const fencesOf = async ({ shelf, household }: Context, zones: readonly Fence[]) => {
  const zoneHome = zones.find(({ id }) => id === homeId);
  const home = household
    ? { id: homeId, name: homeId, radiusM: zoneHome?.radiusM ?? radiusDefaultM, ...household }
    : zoneHome;
  const others = zones.filter(({ id }) => id !== homeId);
  const fences = [...(home ? [home] : []), ...(await placesOn(shelf)), ...others];
  return { fences, home };
};

/**
 * Phones of nobody stand for people only while Home Assistant sees no person of its own at all:
 * else a television in the network would be somebody who is home.
 */
const strangersOf = (all: Attributed): Seen[] => {
  const knows = all.some(({ isPhone, seen }) => !isPhone && seen.state !== undefined);
  return all
    .filter(({ owners, isPhone }) => owners.length === 0 && !(isPhone && knows))
    .map(({ seen }) => seen);
};

interface Sources {
  attributed: Attributed;
  reported: ReadonlyMap<string, Position>;
  fences: readonly Fence[];
  kept: Kept;
}

const positionsOf = ({ username }: Housemate, { reported, kept, fences }: Sources): Position[] => {
  const own = username === null ? undefined : reported.get(foldedUser(username));
  const { position } = kept;
  // A place that was added since has not been looked at for the position that was kept.
  const again = position && {
    fix: position.fix,
    standing: standingOf(position.fix, fences, position.standing),
  };
  return [own, again].filter((one) => one !== undefined);
};

const aheadMaxMs = 5 * 60_000;

const whereaboutsOf = (
  housemate: Housemate,
  sources: Sources,
  { caller, nowMs }: { caller: Context['caller']; nowMs: number },
): Whereabouts => {
  const viewer = { id: caller.personId, role: caller.role };
  return {
    ...{ name: housemate.name, isCaller: housemate.id === caller.personId, housemate },
    level: levelOf({ viewer, subject: housemate }, sources.kept.consent, nowMs),
    positions: positionsOf(housemate, sources).filter(({ fix }) => fix.atMs < nowMs + aheadMaxMs),
    seen: sources.attributed
      .filter(({ owners: [owner, ...others] }) => owner === housemate && others.length === 0)
      .map(({ seen }) => seen),
  };
};

/** Whoever only Home Assistant knows has said nothing to Butler: as one grown-up of another. */
const strangerLevel = ({ role }: Context['caller']): Level =>
  role === 'adult' || role === 'owner' ? 'home' : 'nothing';

/** Reads all sources; never more than `level` of a person may be said. */
export const householdOf = async (context: Context): Promise<Household> => {
  const { caller, client, now, people, read, shelf } = context;
  const [housemates, trackers] = await Promise.all([
    people.all(),
    read('home_assistant_trackers', {}),
  ]);
  const view = viewFrom(trackers?.ok ? trackers.show : []);
  const { fences, home } = await fencesOf(context, view.zones);
  const reported = client.positions(fences);
  const nowMs = now().getTime();
  const all = attributed(view, housemates);
  const known = await Promise.all(
    housemates.map(async (housemate) => {
      const sources = { attributed: all, reported, fences, kept: await keptOf(shelf, housemate) };
      return whereaboutsOf(housemate, sources, { caller, nowMs });
    }),
  );
  const strangers = strangersOf(all).map(
    (seen): Whereabouts => ({
      ...{ name: seen.name, isCaller: false, level: strangerLevel(caller) },
      ...{ positions: [], seen: [seen] },
    }),
  );
  const trouble = trackers && !trackers.ok ? trackers.say : undefined;
  return { people: [...known, ...strangers], fences, home, ...(trouble && { trouble }) };
};
