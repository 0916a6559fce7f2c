/** Makes one account over there, or finishes what was broken off; never a second one. */
import { randomInt } from 'node:crypto';
import type { Credential, CredentialPatch, Credentials } from '../credentials.ts';
import type { Sealer } from '../sealing.ts';
import { type Asking, isUnsure, NameTaken, type Provider, Refusal } from './provider.ts';
import type { Holder } from './registry.ts';
import { accountWords } from './words.ts';

export interface Wish {
  /** Where there is no account yet. */
  username?: string | undefined;
  /** From now on; undefined: as it is. */
  password?: string | undefined;
}

export interface Making {
  row: Credential;
  wish: Wish;
  holder: Pick<Holder, 'name'>;
  provider: Provider;
  credentials: Credentials;
  sealer: Sealer;
  asking: Asking;
}

/** The kept password does not open with any key that we have. */
export class CannotOpen extends Error {}

/** The service refused a new password; the one before still counts. */
export class KeptBefore extends Error {}

/** Without those that look like others, and without what a shell or a URL would change. */
const alphabet = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const groups = 5;
const groupLength = 5;

/** 145 bits, in groups that can be typed on a television: `abcde-fghij-…`. */
export const generatePassword = (): string => {
  const letter = (): string => alphabet.charAt(randomInt(alphabet.length));
  const group = (): string => Array.from({ length: groupLength }, letter).join('');
  for (;;) {
    const password = Array.from({ length: groups }, group).join('-');
    // Services ask for one of each kind.
    if (/[a-z]/.test(password) && /[A-Z]/.test(password) && /\d/.test(password)) return password;
  }
};

class Maker {
  readonly #making: Making;
  readonly #stored: string | undefined;

  constructor(making: Making) {
    this.#making = making;
    const { row, sealer } = making;
    this.#stored = row.sealed === null ? undefined : sealer.open(row.sealed, row)?.text;
  }

  /** @throws when it could not be done, or it is not known whether it was: with a sentence. */
  async make(): Promise<void> {
    const { row, wish, provider, asking } = this.#making;
    const wanted = wish.password ?? this.#stored;
    const { title } = provider;
    if (wanted === undefined) throw new CannotOpen(accountWords(asking.language).cannotOpen(title));
    const known = await this.#locate();
    const id = known ?? (await this.#create(wanted));
    const differs = wanted !== this.#stored || row.pending === 'password';
    if (known !== undefined && differs) await this.#setPassword(id, wanted);
    await provider.settle(id, asking);
    await this.#write({ status: 'active', message: null, pending: null, disabledAt: null });
  }

  /** The account that Butler made, where there is one. */
  async #locate(): Promise<string | undefined> {
    const { row, provider, asking } = this.#making;
    if (row.externalId !== null) return (await provider.byId(row.externalId, asking))?.id;
    if (row.pending !== 'create' || this.#stored === undefined) return undefined;
    // We asked for it and heard nothing: it is ours if the password that we asked for opens it.
    const { username } = row;
    const found = await provider.find(username, asking);
    if (!found || found.isAdministrator) return undefined;
    const opened = await provider.login({ username, password: this.#stored }, asking);
    if (opened !== found.id) return undefined;
    await this.#write({ externalId: found.id });
    return found.id;
  }

  async #create(password: string): Promise<string> {
    const { row, wish, holder, provider, asking } = this.#making;
    const username = wish.username ?? row.username;
    const words = accountWords(asking.language);
    if (await provider.find(username, asking)) {
      await this.#write({ pending: null, externalId: null });
      throw new NameTaken(words.taken(provider.title, username));
    }
    // Kept first: a crash from here on must not end in an account that nobody can open.
    await this.#write({ username, externalId: null, pending: 'create', ...this.#sealed(password) });
    try {
      const id = await provider.create({ username, name: holder.name, password }, asking);
      await this.#write({ externalId: id, pending: null });
      return id;
    } catch (error) {
      if (!isUnsure(error)) await this.#write({ pending: null });
      if (!(error instanceof NameTaken)) throw error;
      throw new NameTaken(words.taken(provider.title, username));
    }
  }

  async #setPassword(id: string, password: string): Promise<void> {
    const { row, provider, asking } = this.#making;
    await this.#write({ pending: 'password', ...this.#sealed(password) });
    try {
      await provider.setPassword(id, password, asking);
    } catch (error) {
      if (!(error instanceof Refusal) || password === this.#stored) throw error;
      // Still the one before, so that is the one to keep.
      await this.#write({ pending: null, sealed: row.sealed, keyId: row.keyId });
      const { refusedPassword } = accountWords(asking.language);
      throw new KeptBefore(refusedPassword(provider.title, error.said), { cause: error });
    }
    await this.#write({ pending: null });
  }

  #sealed(password: string): { sealed: string; keyId: string } {
    const { row, sealer } = this.#making;
    return { sealed: sealer.seal(password, row), keyId: sealer.keyId };
  }

  #write(patch: CredentialPatch): Promise<void> {
    return this.#making.credentials.write(this.#making.row, patch);
  }
}

/** @throws with a sentence for the person; {@link CannotOpen} where the password does not open. */
export const makeAccount = (making: Making): Promise<void> => new Maker(making).make();
