/** Positions from an MQTT broker: kept connected, and each trouble is a sentence for `doctor`. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type ErrorWithSubackPacket, type MqttClient } from 'mqtt';
import type { PositionBook } from './book.ts';
import type { MqttAccount } from './settings.ts';

const reconnectEveryMs = 3_000;
/** What a person must correct first is not asked for every three seconds. */
const refusedEveryMs = 60_000;
const connectWithinMs = 5_000;
/** The broker sends what it has kept at once; only this long is waited for it. */
const settleMs = 200;

const sentences = {
  login:
    'The MQTT broker refuses the login: correct MQTT_USERNAME and MQTT_PASSWORD, and start again.',
  topic:
    'The MQTT broker does not let Butler read the topic: allow it there, or correct MQTT_TOPIC.',
  tls:
    'The certificate of the MQTT broker cannot be trusted: renew it, write its own host name in ' +
    'MQTT_URL, or name its authority in NODE_EXTRA_CA_CERTS.',
  plain: 'The MQTT broker speaks no TLS at that port: correct the scheme or port in MQTT_URL.',
  away: 'The MQTT broker cannot be reached: start it, or correct MQTT_URL. Butler keeps trying.',
};

const tlsCodes = /^(ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|HOSTNAME_MISMATCH)/;
/** CONNACK: bad user name or password, not authorised; MQTT 3.1.1, table 3.1. */
const refusedLogin: ReadonlySet<unknown> = new Set([4, 5]);

const troubleOf = (error: unknown): string => {
  const { code } = (error ?? {}) as { code?: unknown };
  if (refusedLogin.has(code)) return sentences.login;
  if (typeof code === 'string' && tlsCodes.test(code)) return sentences.tls;
  if (code === 'EPROTO' || code === 'ERR_SSL_WRONG_VERSION_NUMBER') return sentences.plain;
  return sentences.away;
};

/** Which levels of the topic are the user and the phone. */
const levelsOf = (topic: string): { user: number; device: number } => {
  const levels = topic.split('/');
  const [user = 1, device = user + 1] = levels.flatMap((level, index) =>
    level === '+' || level === '#' ? [index] : [],
  );
  return { user, device };
};

export class MqttFeed {
  readonly #client: MqttClient;
  readonly #topic: string;
  #trouble: string | undefined = sentences.away;
  #settled: () => void = () => {};
  readonly #ready = new Promise<void>((resolve) => {
    this.#settled = resolve;
  });

  constructor({ url, username, password, topic }: MqttAccount, book: PositionBook) {
    this.#topic = topic;
    this.#client = connect(url, {
      clientId: `butler-${randomBytes(6).toString('hex')}`,
      ...{ clean: true, resubscribe: false, reconnectOnConnackError: true },
      ...{ reconnectPeriod: reconnectEveryMs, connectTimeout: connectWithinMs },
      ...(username !== undefined && { username }),
      ...(password !== undefined && { password }),
    });
    this.#client.on('error', (error) => this.#failed(troubleOf(error)));
    this.#client.on('close', () => this.#failed(this.#trouble ?? sentences.away));
    this.#client.on('connect', () => this.#subscribe());
    const at = levelsOf(topic);
    this.#client.on('message', (where, bytes) => {
      const levels = where.split('/');
      const [user, device = ''] = [levels[at.user], levels[at.device]];
      if (user) book.take({ user, device }, bytes);
    });
  }

  /** Undefined while positions come. */
  get trouble(): string | undefined {
    return this.#trouble;
  }

  /** When it is known how things stand, and what the broker kept has come. Never throws. */
  async ready(signal: AbortSignal): Promise<void> {
    const late = sleep(connectWithinMs, undefined, { signal }).catch(() => {});
    await Promise.race([this.#ready, late]);
    if (this.#trouble === undefined) await sleep(settleMs);
  }

  close(): void {
    this.#client.removeAllListeners();
    this.#client.on('error', () => {});
    this.#client.end(true);
  }

  #failed(trouble: string): void {
    this.#trouble = trouble;
    const slow = trouble !== sentences.away;
    this.#client.options.reconnectPeriod = slow ? refusedEveryMs : reconnectEveryMs;
    this.#settled();
  }

  #subscribe(): void {
    this.#client.subscribe(this.#topic, { qos: 1 }, (error, granted) => {
      const refused = (error as ErrorWithSubackPacket | null)?.packet !== undefined;
      const none = granted?.some(({ qos }) => (qos as number) >= 128) ?? false;
      if (refused || none) this.#failed(sentences.topic);
      else if (error) this.#failed(sentences.away);
      else this.#trouble = undefined;
      this.#settled();
    });
  }
}
