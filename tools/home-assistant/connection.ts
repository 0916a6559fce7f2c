/** One connection to Home Assistant: its states and registries kept fresh, and honest when away. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Connection,
  createConnection,
  createLongLivedTokenAuth,
  ERR_INVALID_AUTH,
  type HassEntities,
  subscribeEntities,
} from 'home-assistant-js-websocket';
import { ToolError } from '../core/define.ts';
import type { Call } from './leaves.ts';
import { buildHome, type Home, type State } from './model.ts';
import { type Registries, readRegistries } from './registries.ts';

/** Events after which the registries, or what scripts do, are not what they were. */
const registryEvents = [
  'entity_registry_updated',
  'device_registry_updated',
  'area_registry_updated',
  'floor_registry_updated',
  'automation_reloaded',
  'scene_reloaded',
  'service_registered',
  'service_removed',
  'homeassistant_started',
] as const;

/** Several changes come together: they are read once. */
const gatherMs = 300;

const beatEveryMs = 20_000;
const beatWithinMs = 5_000;

const awaySentences = {
  en: 'I cannot reach Home Assistant right now, so I know nothing of the house. Try again soon.',
  de: 'Ich erreiche Home Assistant gerade nicht und weiß nichts vom Haus. Versuch es gleich noch.',
};

const unauthorised =
  'Home Assistant refuses the token: make a new long-lived one and set HOME_ASSISTANT_TOKEN.';

const overdue = async (ms: number, signal: AbortSignal): Promise<never> => {
  await sleep(ms, undefined, { signal });
  throw new Error('Home Assistant does not answer.');
};

/** What Home Assistant answers where it will not do something. */
const messageOf = (error: unknown): string | undefined => {
  const { message } = (error ?? {}) as { message?: unknown };
  return typeof message === 'string' && message !== '' ? message : undefined;
};

export class HomeAssistant {
  readonly #connection: Connection;
  readonly #listeners = new Set<() => void>();
  #states: HassEntities = {};
  #registries: Registries | undefined;
  #home: Home | undefined;
  #stale = true;
  #refused = false;
  readonly #beating: NodeJS.Timeout;
  #gathering: NodeJS.Timeout | undefined;
  #reading: Promise<void> | undefined;
  #stopStates: (() => void) | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.addEventListener('disconnected', this.#onAway);
    connection.addEventListener('ready', this.#onBack);
    connection.addEventListener('reconnect-error', this.#onRefused);
    this.#beating = setInterval(() => void this.#beat(), beatEveryMs);
    this.#beating.unref();
  }

  /** Waits for the first states and registries. */
  async begin(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#stopStates = subscribeEntities(this.#connection, (states) => {
        this.#states = states;
        this.#stale = false;
        this.#home = undefined;
        resolve();
        for (const listener of [...this.#listeners]) listener();
      });
    });
    await this.#readRegistries();
    for (const event of registryEvents) {
      await this.#connection.subscribeEvents(this.#registriesChanged, event);
    }
  }

  readonly #onAway = (): void => {
    // What was known stays here for nobody: until the states have come again it is old.
    this.#stale = true;
    this.#home = undefined;
  };

  readonly #onRefused = (): void => {
    this.#refused = true;
  };

  readonly #onBack = (): void => this.#registriesChanged();

  readonly #registriesChanged = (): void => {
    clearTimeout(this.#gathering);
    this.#gathering = setTimeout(() => {
      this.#gathering = undefined;
      // Where it fails the connection is gone, and comes back with a reading of its own.
      void this.#readRegistries().catch(() => {});
    }, gatherMs);
    this.#gathering.unref();
  };

  /** One after the other: a reading that began before a change does not count for it. */
  #readRegistries(): Promise<void> {
    const before = this.#reading?.catch(() => {}) ?? Promise.resolve();
    const reading = before.then(async () => {
      this.#registries = await readRegistries(this.#connection, Object.keys(this.#states));
      this.#home = undefined;
    });
    this.#reading = reading;
    return reading;
  }

  /** A line that went dead without a word is noticed, and opened anew. */
  async #beat(): Promise<void> {
    if (!this.#connection.connected) return;
    const late = new AbortController();
    try {
      await Promise.race([this.#connection.ping(), overdue(beatWithinMs, late.signal)]);
    } catch {
      if (this.#connection.connected) this.#connection.reconnect(true);
    } finally {
      late.abort();
    }
  }

  get isAway(): boolean {
    return this.#stale || !this.#connection.connected || this.#registries === undefined;
  }

  get version(): string {
    return this.#connection.haVersion;
  }

  /**
   * The home as it is now.
   * @throws {ToolError} `unreachable` while the connection is down: old states are not given out.
   */
  home(language = 'en'): Home {
    if (this.#refused) throw new ToolError(unauthorised, 'home-assistant-token');
    if (this.isAway || !this.#registries) throw awayError(language);
    this.#home ??= buildHome(this.#states as Record<string, State>, this.#registries);
    return this.#home;
  }

  /** Scripts that were made or changed since are read now, before anything is judged by them. */
  async freshHome(language = 'en'): Promise<Home> {
    if (this.#gathering) {
      clearTimeout(this.#gathering);
      this.#gathering = undefined;
      await this.#readRegistries();
    } else await this.#reading;
    return this.home(language);
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** One WebSocket command. @throws {ToolError} with what Home Assistant said. */
  async ask<Answer>(
    message: { type: string; [key: string]: unknown },
    language = 'en',
  ): Promise<Answer> {
    if (!this.#connection.connected) throw awayError(language);
    try {
      return await this.#connection.sendMessagePromise<Answer>(message);
    } catch (error) {
      if (!this.#connection.connected) throw awayError(language);
      const said = messageOf(error) ?? 'it gave no reason';
      // A device, or the cloud behind it, may have written that.
      throw new ToolError(refused(language, said), 'home-assistant-refused').fromOutside();
    }
  }

  /** @returns the service's answer where it has one. */
  async call(call: Call, options: { language?: string; wantsAnswer?: boolean } = {}) {
    const { response } = await this.ask<{ response?: unknown }>(
      {
        type: 'call_service',
        domain: call.domain,
        service: call.service,
        service_data: call.data ?? {},
        ...(call.target && { target: call.target }),
        ...(options.wantsAnswer && { return_response: true }),
      },
      options.language,
    );
    return response;
  }

  close(): void {
    clearTimeout(this.#gathering);
    clearInterval(this.#beating);
    this.#stopStates?.();
    this.#connection.close();
  }
}

const awayError = (language: string): ToolError =>
  new ToolError(language.startsWith('de') ? awaySentences.de : awaySentences.en, 'unreachable');

const reasonMax = 120;

const refused = (language: string, reason: string): string => {
  const short = reason.replace(/[*_#`<>]/g, '').slice(0, reasonMax);
  return language.startsWith('de')
    ? `Home Assistant macht das nicht: ${short}`
    : `Home Assistant would not do that: ${short}`;
};

/** Home Assistant reads its sentences at the first question, which takes a second. */
const warmUp = (client: HomeAssistant): void => {
  const type = 'conversation/agent/homeassistant/debug';
  for (const language of ['en', 'de']) {
    void client.ask({ type, sentences: ['hello'], language }).catch(() => {});
  }
};

/** @throws a sentence that says what to correct. */
export const connectHomeAssistant = async (
  { url, token }: { url: string; token: string },
  signal: AbortSignal,
): Promise<HomeAssistant> => {
  const auth = createLongLivedTokenAuth(url.replace(/\/+$/, ''), token);
  let connection: Connection;
  try {
    connection = await createConnection({ auth, setupRetry: 0 });
  } catch (error) {
    if (error === ERR_INVALID_AUTH) throw new ToolError(unauthorised, 'home-assistant-token');
    throw awayError('en');
  }
  const client = new HomeAssistant(connection);
  const stop = () => client.close();
  if (signal.aborted) stop();
  signal.throwIfAborted();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await client.begin();
  } catch (error) {
    stop();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
  warmUp(client);
  return client;
};

/** One line for `doctor`. */
export const healthOf = (client: HomeAssistant): string => {
  if (client.isAway) throw new Error('Home Assistant is away; Butler tries again by itself.');
  const { entities, areas, configs } = client.home();
  const unread = [...entities.values()].filter(
    ({ id, domain, state }) =>
      ['script', 'automation'].includes(domain) && state !== 'unavailable' && !configs.has(id),
  ).length;
  const note = unread > 0 ? `, ${unread} scripts or automations unreadable: it asks first` : '';
  return `${client.version}, ${entities.size} things in ${areas.size} rooms${note}`;
};
