/** Invitations: a link that makes one new person, or gives somebody here a new password. */
import { randomUUID } from 'node:crypto';
import type { Database } from '../memory/database.ts';
import { digestOf, newSecret } from './one-time.ts';
import type { Role } from './people.ts';

const invitationLifeMs = 7 * 24 * 60 * 60_000;
/** Whoever asked for it stands beside the owner, or at the server itself. */
export const resetLifeMs = 60 * 60_000;
const openMax = 50;

export interface Invitation {
  id: string;
  name: string;
  role: Role;
  permissions: string[] | null;
  /** Whose password it sets; null: it makes a new person. */
  forPerson: string | null;
  createdAt: Date;
  expiresAt: Date;
}

export interface NewInvitation {
  name: string;
  role: Role;
  permissions?: string[] | null | undefined;
  forPerson?: string | undefined;
  /** Null: at the server itself. */
  createdBy: string | null;
}

export interface Invitations {
  /** Undefined: too many are open. A second one for the same person ends the first. */
  make(invitation: NewInvitation): Promise<{ invitation: Invitation; token: string } | undefined>;
  /** Those that can still be used, newest first. */
  open(): Promise<Invitation[]>;
  /** False: there is none with this id that can still be used. */
  withdraw(id: string): Promise<boolean>;
  /** The open invitation of this token. */
  look(token: string): Promise<Invitation | undefined>;
  /** Uses it up; of several at once one gets it. */
  take(token: string): Promise<Invitation | undefined>;
  /** What it was taken for did not come about: it is open again. */
  putBack(id: string): Promise<void>;
  usedBy(id: string, personId: string): Promise<void>;
}

export const createInvitations = ({
  database: { sql },
  clock,
}: {
  database: Pick<Database, 'sql'>;
  clock: () => number;
}): Invitations => {
  const columns = sql`
    id, name, role, to_jsonb(permissions) as permissions, for_user as "forPerson",
    created_at as "createdAt", expires_at as "expiresAt"`;
  // What somebody made as an owner is worth nothing once they are none.
  const isOpen = () => sql`
    used_at is null and withdrawn_at is null and expires_at > ${new Date(clock())}
    and (created_by is null or exists (
      select from butler.users where id = invitations.created_by and role = 'owner'))`;
  const open = async () => sql<Invitation[]>`
    select ${columns} from butler.invitations where ${isOpen()}
    order by created_at desc, id limit ${openMax}`;
  return {
    open,
    make: async ({ name, role, permissions = null, forPerson = null, createdBy }) => {
      const now = new Date(clock());
      const ends = new Date(now.getTime() + (forPerson ? resetLifeMs : invitationLifeMs));
      if (forPerson) {
        await sql`
          update butler.invitations set withdrawn_at = ${now}
          where for_user = ${forPerson} and ${isOpen()}`;
      } else if ((await open()).length >= openMax) {
        return undefined;
      }
      const [id, token] = [randomUUID(), newSecret()];
      const [invitation] = await sql<Invitation[]>`
        insert into butler.invitations (id, token_hash, name, role, permissions, for_user,
          created_by, created_at, expires_at)
        values (${id}, ${digestOf(token)}, ${name}, ${role}, ${permissions}::text[], ${forPerson},
          ${createdBy}, ${now}, ${ends})
        returning ${columns}`;
      return invitation && { invitation, token };
    },
    withdraw: async (id) => {
      const rows = await sql`
        update butler.invitations set withdrawn_at = ${new Date(clock())}
        where id = ${id} and ${isOpen()} returning id`;
      return rows.length > 0;
    },
    look: async (token) => {
      const [row] = await sql<Invitation[]>`
        select ${columns} from butler.invitations
        where token_hash = ${digestOf(token)} and ${isOpen()}`;
      return row;
    },
    take: async (token) => {
      const [row] = await sql<Invitation[]>`
        update butler.invitations set used_at = ${new Date(clock())}
        where token_hash = ${digestOf(token)} and ${isOpen()} returning ${columns}`;
      return row;
    },
    putBack: async (id) => {
      await sql`update butler.invitations set used_at = null where id = ${id}`;
    },
    usedBy: async (id, personId) => {
      await sql`update butler.invitations set used_by = ${personId} where id = ${id}`;
      // Two that were made at once were both open.
      await sql`
        update butler.invitations set withdrawn_at = ${new Date(clock())}
        where for_user = ${personId} and used_at is null and withdrawn_at is null`;
    },
  };
};
