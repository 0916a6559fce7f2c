/** Passkeys: made by a person who is in, and a way in that no password lock closes. */
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  VerifiedRegistrationResponse,
} from '@simplewebauthn/server';
import type { Database } from '../memory/database.ts';
import type { Audit } from './audit.ts';
import { type Challenges, challengeLifeMs } from './passkeys-challenges.ts';
import type { Party } from './passkeys-party.ts';
import * as problems from './passkeys-problems.ts';
import { type Passkey, type PasskeyRow, type PasskeyRows, passkeyRows } from './passkeys-rows.ts';
import type { AssertedPasskey, CreatedPasskey } from './passkeys-schemas.ts';
import type { Person } from './people.ts';

const passkeysMax = 20;

/** Ten megabytes that a house without passkeys need not hold. */
const webAuthn = () => import('@simplewebauthn/server');
type WebAuthn = Awaited<ReturnType<typeof webAuthn>>;

interface Adding {
  person: Pick<Person, 'id' | 'name' | 'username'>;
  party: Party;
}

export interface Passkeys {
  /** What the browser needs to make one. */
  offer(adding: Adding): Promise<PublicKeyCredentialCreationOptionsJSON>;
  /** @throws {ProblemError} where the browser's answer does not hold, or there are too many. */
  add(adding: Adding & { name: string; created: CreatedPasskey }): Promise<Passkey>;
  /** Oldest first. */
  list(personId: string): Promise<Passkey[]>;
  /** Undefined where this person has no such passkey. */
  rename(personId: string, change: { id: string; name: string }): Promise<Passkey | undefined>;
  /** Whether it was there. */
  remove(personId: string, id: string): Promise<boolean>;
  /** @param address of the client: nobody is known yet. */
  challenge(party: Party, address: string): Promise<PublicKeyCredentialRequestOptionsJSON>;
  /** Whose passkey signed. @throws {ProblemError} */
  enter(party: Party, asserted: AssertedPasskey): Promise<string>;
}

interface PasskeysParts {
  database: () => Database;
  challenges: Challenges;
  audit: Pick<Audit, 'record'>;
}

/** What the browser signed, before anything of it is believed. */
const signedChallenge = (clientDataJSON: string): { challenge: string } | undefined => {
  try {
    const text = Buffer.from(clientDataJSON, 'base64url').toString();
    const { challenge, crossOrigin } = JSON.parse(text) as Record<string, unknown>;
    // A frame on somebody else's page has no business with Butler's keys.
    return typeof challenge === 'string' && crossOrigin !== true ? { challenge } : undefined;
  } catch {
    return undefined;
  }
};

/** The library says by an error what does not hold: whatever it is, the passkey is refused. */
const orUndefined = async <Result>(verified: Promise<Result>): Promise<Result | undefined> => {
  try {
    return await verified;
  } catch {
    return undefined;
  }
};

type Registered = NonNullable<VerifiedRegistrationResponse['registrationInfo']>;

const rowOf = (info: Registered, added: { name: string; host: string }): PasskeyRow => {
  const { credential, credentialBackedUp: isBackedUp } = info;
  const publicKey = Buffer.from(credential.publicKey).toString('base64url');
  const { id, counter, transports = [] } = credential;
  return { id, ...added, publicKey, counter, transports, isBackedUp };
};

/** Checks what the browser made against the challenge that it was made for. */
const registered = async (
  challenges: Challenges,
  { person, party, created }: Adding & { created: CreatedPasskey },
): Promise<Registered> => {
  const signed = signedChallenge(created.response.clientDataJSON);
  const use = { purpose: 'add', personId: person.id, host: party.host } as const;
  if (!signed || !challenges.take(signed.challenge, use)) throw problems.notAdded();
  const { verifyRegistrationResponse } = await webAuthn();
  const verified = await orUndefined(
    verifyRegistrationResponse({
      response: created as Parameters<WebAuthn['verifyRegistrationResponse']>[0]['response'],
      expectedChallenge: signed.challenge,
      expectedOrigin: party.origins,
      expectedRPID: party.host,
      requireUserVerification: true,
    }),
  );
  if (!verified?.verified) throw problems.notAdded();
  return verified.registrationInfo;
};

type Held = NonNullable<Awaited<ReturnType<PasskeyRows['find']>>>;

/** The counter that the passkey signed with; undefined where the signature does not hold. */
const assertedCounter = async (
  held: Held,
  { party, asserted, challenge }: { party: Party; asserted: AssertedPasskey; challenge: string },
): Promise<{ counter: number; isBackedUp: boolean } | undefined> => {
  const { verifyAuthenticationResponse } = await webAuthn();
  const verified = await orUndefined(
    verifyAuthenticationResponse({
      response: asserted as Parameters<WebAuthn['verifyAuthenticationResponse']>[0]['response'],
      expectedChallenge: challenge,
      expectedOrigin: party.origins,
      expectedRPID: party.host,
      requireUserVerification: true,
      credential: {
        id: asserted.id,
        publicKey: new Uint8Array(Buffer.from(held.publicKey, 'base64url')),
        // The counter is compared where it is kept, so that two logins at once cannot both pass.
        counter: 0,
      },
    }),
  );
  if (!verified?.verified) return undefined;
  const { newCounter: counter, credentialBackedUp: isBackedUp } = verified.authenticationInfo;
  return { counter, isBackedUp };
};

const enteringBy =
  ({
    rows,
    challenges,
    audit,
  }: Omit<PasskeysParts, 'database'> & { rows: PasskeyRows }): Passkeys['enter'] =>
  async (party, asserted) => {
    const { id, response } = asserted;
    const signed = signedChallenge(response.clientDataJSON);
    const use = { purpose: 'login', personId: '', host: party.host } as const;
    if (!signed || !challenges.take(signed.challenge, use)) throw problems.refused();
    const held = await rows.find(id);
    if (held?.host !== party.host) throw problems.unknown();
    const { userId: personId } = held;
    const used = await assertedCounter(held, { party, asserted, challenge: signed.challenge });
    const handle = Buffer.from(personId).toString('base64url');
    if (!used || (response.userHandle ?? handle) !== handle) throw problems.refused();
    if (await rows.use(id, used)) return personId;
    // Removed while it was being checked.
    if (!(await rows.find(id))) throw problems.unknown();
    await audit.record({
      actor: { personId },
      what: 'passkey-copied',
      target: { id },
      outcome: 'refused',
      detail: { counter: used.counter },
    });
    throw problems.copied();
  };

export const createPasskeys = ({ database, challenges, audit }: PasskeysParts): Passkeys => {
  const rows = passkeyRows(database);
  return {
    offer: async ({ person, party }) => {
      const own = await rows.list(person.id);
      if (own.length >= passkeysMax) throw problems.tooMany(passkeysMax);
      const use = { purpose: 'add', personId: person.id, host: party.host } as const;
      const { generateRegistrationOptions } = await webAuthn();
      return await generateRegistrationOptions({
        rpName: 'Butler',
        rpID: party.host,
        userID: new Uint8Array(Buffer.from(person.id)),
        userName: person.username,
        userDisplayName: person.name,
        challenge: bytesOf(challenges.issue(use, person.id)),
        timeout: challengeLifeMs,
        excludeCredentials: own
          .filter(({ host }) => host === party.host)
          .map(({ id, transports }) => ({ id, transports })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      });
    },
    add: async ({ name, ...adding }) => {
      const info = await registered(challenges, adding);
      const row = rowOf(info, { name, host: adding.party.host });
      const added = await rows.add(adding.person.id, { row, atMost: passkeysMax });
      if (added === 'too-many') throw problems.tooMany(passkeysMax);
      if (added === 'known') throw problems.known();
      return added;
    },
    list: rows.list,
    rename: rows.rename,
    remove: rows.remove,
    challenge: async ({ host }, address) => {
      const use = { purpose: 'login', personId: '', host } as const;
      const { generateAuthenticationOptions } = await webAuthn();
      return await generateAuthenticationOptions({
        rpID: host,
        challenge: bytesOf(challenges.issue(use, `address ${address}`)),
        timeout: challengeLifeMs,
        userVerification: 'required',
      });
    },
    enter: enteringBy({ rows, challenges, audit }),
  };
};

const bytesOf = (base64url: string) => new Uint8Array(Buffer.from(base64url, 'base64url'));
