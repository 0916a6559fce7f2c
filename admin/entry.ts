/** Everything that decides who comes in, put together once for all routes. */
import type { Database } from '../memory/database.ts';
import type { Audit } from './audit.ts';
import { type Connections, createConnections } from './connections.ts';
import type { Devices } from './devices.ts';
import { createEntrance, type Entrance } from './entrance.ts';
import type { House } from './house-view.ts';
import { createInvitations, type Invitations } from './invitations.ts';
import { createLoginLock, type LoginLock } from './login-lock.ts';
import { createPairings, type Pairings } from './pairing.ts';
import type { People } from './people.ts';
import { createRegistration, type Registration } from './registration.ts';
import type { Tokens } from './tokens.ts';

interface EntryParts {
  house: House;
  people: People;
  devices: Devices;
  tokens: Tokens;
  audit: Pick<Audit, 'record'>;
  /** An owner changed what this person may. */
  changed?: (personId: string) => void;
  /** Milliseconds since 1970. */
  clock: () => number;
}

export interface Entry extends EntryParts {
  connections: Connections;
  entrance: Entrance;
  lock: LoginLock;
  registration: Registration;
  pairings: Pairings;
  invitations: Invitations;
}

export const createEntry = (parts: EntryParts): Entry => {
  const { house, people, devices, tokens, audit, clock } = parts;
  const { notices, household } = house;
  const needsApproval = () => household.get('loginNeedsApproval');
  const database: Database = house.memory.database;
  devices.on(({ what, why, device: { id, personId, name, type } }) => {
    const event = { type: 'login-device', what, id, name, deviceType: type };
    house.happenings.tell({ topic: 'devices', personId, event });
    if (why !== 'stolen') return;
    const [actor, target] = [{ part: 'tokens' }, { personId }];
    void audit.record({ actor, device: id, what: 'device-stolen', target, outcome: 'refused' });
  });
  const lock = createLoginLock({ people, notices, clock });
  return {
    ...parts,
    connections: createConnections({ people, tokens, devices }),
    entrance: createEntrance({ people, devices, tokens, notices, lock, needsApproval, clock }),
    lock,
    registration: createRegistration({ database, clock }),
    pairings: createPairings(clock),
    invitations: createInvitations({ database, clock }),
  };
};
