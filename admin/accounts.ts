/** People's accounts on the household's services: made, mended, shown, switched off. */
import type { Settings } from '../agent/config.ts';
import type { Logger } from '../agent/log.ts';
import type { Notices } from '../agent/notices.ts';
import type { Database } from '../memory/database.ts';
import { type Credential, claimedForMs, openCredentials } from './credentials.ts';
import { failedNotice, noticeKey, sentenceOf, stillOnNotice } from './provision/failing.ts';
import { CannotOpen, generatePassword, makeAccount, type Wish } from './provision/making.ts';
import {
  type Asking,
  type Provider,
  Refusal,
  type Service,
  services,
} from './provision/provider.ts';
import { type Holder, mayHave, registry } from './provision/registry.ts';
import { type Account, showAccount } from './provision/showing.ts';
import { accountWords } from './provision/words.ts';
import { createSealer } from './sealing.ts';
import type { HouseSecrets } from './secret.ts';

/** Ends before the row's claim does. */
const workForMs = claimedForMs - 10_000;

export type Kept = { username: string; password: string } | 'missing' | 'unreadable';
/** `failed`: a sentence. */
export type Correction = 'kept' | 'missing' | 'busy' | 'wrong' | { failed: string };

export interface Accounts {
  /** One for each service, whether there is an account or not. */
  list(holder: Holder): Promise<Account[]>;
  /** Begins with all that this person may have and goes on by itself; what is there stays. */
  begin(holder: Holder, wish: Wish): Promise<Account[]>;
  /** One of them, again. `anew`: with a new generated password. */
  retry(holder: Holder, order: Wish & { service: Service; anew?: boolean }): Promise<Account>;
  password(holder: Holder, service: Service): Promise<Kept>;
  /** Keeps the password that the person set over there, once it opens their account. */
  correct(holder: Holder, change: { service: Service; password: string }): Promise<Correction>;
  /**
   * What they may have changed: accounts that are no longer theirs are switched off, those that
   * are again are switched on. `isLeaving`: all are switched off; call it before a person goes.
   * @returns the accounts that were touched, as they are now.
   */
  review(holder: Holder, options?: { isLeaving?: boolean }): Promise<Account[]>;
  /** When all that was begun has ended. */
  settled(): Promise<void>;
  /** What is under way is broken off and can be tried again. */
  close(): Promise<void>;
}

export interface AccountsParts {
  database: Pick<Database, 'asPerson'>;
  settings: Settings;
  secrets: HouseSecrets;
  notices: Pick<Notices, 'tell' | 'settle'>;
  log: Pick<Logger, 'warn'>;
  clock?: () => number;
}

interface Work {
  holder: Holder;
  service: Service;
  row: Credential;
}

class Household implements Accounts {
  readonly #parts: AccountsParts;
  readonly #clock: () => number;
  readonly #credentials;
  readonly #sealer;
  readonly #providers: Map<Service, Provider>;
  readonly #running = new Set<Promise<void>>();
  readonly #closing = new AbortController();

  constructor(parts: AccountsParts) {
    this.#parts = parts;
    this.#clock = parts.clock ?? Date.now;
    this.#credentials = openCredentials(parts.database, this.#clock);
    this.#sealer = createSealer(parts.secrets);
    const opened = services.map((each) => [each, registry[each].open(parts.settings)] as const);
    this.#providers = new Map(opened.flatMap(([each, one]) => (one ? [[each, one]] : [])));
  }

  async list(holder: Holder): Promise<Account[]> {
    const rows = await this.#credentials.list(holder.id);
    return services.map((each) => {
      return this.#shown(
        holder,
        each,
        rows.find(({ service }) => service === each),
      );
    });
  }

  async begin(holder: Holder, wish: Wish): Promise<Account[]> {
    const rows = await this.#credentials.list(holder.id);
    for (const each of services) {
      // What is there keeps its password: who found a device must not choose another one.
      const isThere = rows.some((row) => row.service === each && row.externalId !== null);
      await this.#start(holder, each, isThere ? { username: wish.username } : wish);
    }
    return await this.list(holder);
  }

  async retry(
    holder: Holder,
    { service, anew = false, ...wish }: Parameters<Accounts['retry']>[1],
  ): Promise<Account> {
    const password = wish.password ?? (anew ? generatePassword() : undefined);
    await this.#start(holder, service, { ...wish, password });
    return this.#shown(holder, service, await this.#credentials.get(holder.id, service));
  }

  async password(holder: Holder, service: Service): Promise<Kept> {
    const row = await this.#credentials.get(holder.id, service);
    if (!row?.sealed) return 'missing';
    const password = await this.#open(row);
    if (password === undefined) {
      const message = accountWords(holder.language).cannotOpen(registry[service].title);
      await this.#credentials.write(row, { status: 'decrypt_error', message });
      return 'unreadable';
    }
    if (row.status === 'decrypt_error') {
      const healed = row.externalId !== null && row.pending === null;
      if (healed) await this.#credentials.write(row, { status: 'active', message: null });
    }
    return { username: row.username, password };
  }

  async correct(
    holder: Holder,
    { service, password }: { service: Service; password: string },
  ): Promise<Correction> {
    const provider = this.#providers.get(service);
    const known = await this.#credentials.get(holder.id, service);
    if (!provider || !known?.externalId) return 'missing';
    const row = await this.#credentials.claim(known);
    if (!row) return 'busy';
    try {
      const opened = await provider.login(
        { username: row.username, password },
        this.#asking(holder),
      );
      if (opened !== row.externalId) return 'wrong';
      const sealed = { sealed: this.#sealer.seal(password, row), keyId: this.#sealer.keyId };
      const isActive = row.disabledAt === null;
      const status = isActive ? ({ status: 'active', message: null } as const) : {};
      await this.#credentials.write(row, { ...sealed, ...status, pending: null });
      return 'kept';
    } catch (error) {
      return { failed: await this.#sentenceOf({ holder, service, row }, error) };
    } finally {
      await this.#credentials.write(row, { busyUntil: null });
    }
  }

  async review(holder: Holder, { isLeaving = false } = {}): Promise<Account[]> {
    // What is being made now would be left behind.
    if (isLeaving) await this.settled();
    const rows = await this.#credentials.list(holder.id);
    const touched: Service[] = [];
    for (const each of services) {
      const row = rows.find(({ service }) => service === each);
      if (!row || row.externalId === null) continue;
      const isTheirs = !isLeaving && mayHave(holder, each);
      if (isTheirs && row.disabledAt) await this.#start(holder, each, {});
      else if (!isTheirs && !row.disabledAt) {
        const isOff = await this.#switchOff(holder, each);
        // Who sees somebody out is told by the answer.
        if (!isOff && !isLeaving) {
          await this.#parts.notices.tell(stillOnNotice({ holder, service: each }));
        }
      } else continue;
      touched.push(each);
    }
    return (await this.list(holder)).filter(({ service }) => touched.includes(service));
  }

  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.settled();
  }

  #asking({ language }: Pick<Holder, 'language'>): Asking {
    const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(workForMs)]);
    return { language, signal };
  }

  /** Takes the row and begins; nothing where somebody is at it already or it is not to be. */
  async #start(holder: Holder, service: Service, wish: Wish): Promise<void> {
    const provider = this.#providers.get(service);
    if (!provider || !mayHave(holder, service) || this.#closing.signal.aborted) return;
    const place = { userId: holder.id, service };
    if (wish.username === undefined && !(await this.#credentials.get(holder.id, service))) return;
    const row = await this.#credentials.claim({
      ...{ ...place, username: wish.username ?? '', keyId: this.#sealer.keyId },
      // Where a row is there, this one is passed over.
      sealed: this.#sealer.seal(wish.password ?? generatePassword(), place),
      message: accountWords(holder.language).unfinished(provider.title),
    });
    if (!row) return;
    const work = this.#make({ holder, service, row }, { provider, wish });
    this.#running.add(work);
    void work.finally(() => this.#running.delete(work));
  }

  async #make(work: Work, { provider, wish }: { provider: Provider; wish: Wish }): Promise<void> {
    const { holder, row } = work;
    const [credentials, sealer] = [this.#credentials, this.#sealer];
    const asking = this.#asking(holder);
    try {
      await this.#open(row);
      await makeAccount({ row, wish, holder, provider, credentials, sealer, asking });
      await credentials.write(row, { busyUntil: null });
      await this.#parts.notices.settle(noticeKey(work));
    } catch (error) {
      await this.#fail(work, error).catch(() => {
        // The claim runs out by itself, and the row says that it was broken off.
        this.#parts.log.warn({ service: work.service }, 'an account could not be noted as failed');
      });
    }
  }

  async #fail(work: Work, error: unknown): Promise<void> {
    const { holder, service, row } = work;
    const words = accountWords(holder.language);
    if (this.#closing.signal.aborted) {
      const message = words.unfinished(registry[service].title);
      return await this.#credentials.write(row, { status: 'failed', message, busyUntil: null });
    }
    const status = error instanceof CannotOpen ? 'decrypt_error' : 'failed';
    const message = await this.#sentenceOf(work, error);
    await this.#credentials.write(row, { status, message, busyUntil: null });
    await this.#parts.notices.tell(failedNotice(work, { status, message }));
  }

  async #sentenceOf({ holder, service, row }: Work, error: unknown): Promise<string> {
    const now = await this.#credentials.get(row.userId, service);
    const secrets = [row, ...(now ? [now] : [])].flatMap(({ sealed }) => {
      return sealed === null ? [] : (this.#sealer.open(sealed, row)?.text ?? []);
    });
    const { log } = this.#parts;
    return sentenceOf(error, { service, language: holder.language, secrets, log });
  }

  async #switchOff(holder: Holder, service: Service): Promise<boolean> {
    const known = await this.#credentials.get(holder.id, service);
    const row = known && (await this.#credentials.claim(known));
    if (!row?.externalId) return false;
    const words = accountWords(holder.language);
    const provider = this.#providers.get(service);
    const { title, needs } = registry[service];
    try {
      if (!provider) throw new Refusal(title, needs, holder.language);
      const outcome = await provider.disable(row.externalId, this.#asking(holder));
      const isLocked = outcome === 'locked';
      const message = isLocked ? words.lockedOut(title) : words.switchedOff(title);
      // Switched on again, it is to have the password that the person knows.
      const pending = isLocked ? 'password' : row.pending;
      const disabledAt = new Date(this.#clock());
      const status = row.status === 'failed' ? 'active' : row.status;
      const now = { status, message, pending, disabledAt } as const;
      await this.#credentials.write(row, { ...now, busyUntil: null });
      await this.#parts.notices.settle(noticeKey({ holder, service }));
      return true;
    } catch (error) {
      await this.#fail({ holder, service, row }, error);
      return false;
    }
  }

  /** The kept password; what was encrypted otherwise is encrypted as it is today. */
  async #open(row: Credential): Promise<string | undefined> {
    const opened = row.sealed === null ? undefined : this.#sealer.open(row.sealed, row);
    if (opened && !opened.isCurrent && row.sealed !== null) {
      const sealed = this.#sealer.seal(opened.text, row);
      const change = { was: row.sealed, sealed, keyId: this.#sealer.keyId };
      await this.#credentials.reseal(row, change);
    }
    return opened?.text;
  }

  #shown(holder: Holder, service: Service, row: Credential | undefined): Account {
    const isOffered = this.#providers.has(service);
    return showAccount(holder, service, { row, isOffered, nowMs: this.#clock() });
  }
}

export const createAccounts = (parts: AccountsParts): Accounts => new Household(parts);
