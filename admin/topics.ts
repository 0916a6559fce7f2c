/** What `/ws` says: topics that somebody subscribes to, commands and their acknowledgements. */
import { z } from 'zod';
import type { Caller } from '../agent/caller.ts';
import type { Socket } from '../agent/doors/socket.ts';
import { topicNames } from '../agent/happenings.ts';
import type { CommandOutcome, Doors, House } from './house-view.ts';
import type { Person } from './people.ts';
import { maySee, withStages } from './routes/turns.ts';

/** Topics that the house itself speaks about, and those that are made here. */
const topics = [...topicNames, 'turns'] as const;
type Topic = (typeof topics)[number];

/** A client that does not read is cut off before it fills our memory. */
const unsentMax = 1024 * 1024;
const healthEveryMs = 2_000;
const commandsAtOnceMax = 8;
/** More messages than this within ten seconds come from no person and no sensible program. */
const messagesMax = 200;
const windowMs = 10_000;

const id = z.union([z.string().max(100), z.number()]);
const clientMessage = z.discriminatedUnion('type', [
  /** These topics from now on, and no others. */
  z.object({ type: z.literal('subscribe'), topics: z.array(z.enum(topics)).max(topics.length) }),
  z.object({
    type: z.literal('command'),
    id,
    tool: z.string().min(1).max(100),
    input: z.record(z.string(), z.unknown()).default({}),
  }),
  z.object({ type: z.literal('ping'), id: id.optional() }),
]);
type ClientMessage = z.infer<typeof clientMessage>;

interface Subscriber {
  caller: Caller;
  /** The person as they are now; undefined when they may no longer listen. */
  person: () => Person | undefined;
}

interface Parts {
  house: Pick<House, 'turns' | 'happenings' | 'parts'>;
  doors: Pick<Doors, 'command'>;
  /** Milliseconds, monotonic. */
  now?: () => number;
}

export interface Topics {
  /** Talks with one client until the socket closes. */
  serve(socket: Socket, subscriber: Subscriber): void;
}

/** Listens to the house once for everybody, and writes each event as JSON once. */
export const createTopics = (parts: Parts): Topics => {
  const { house } = parts;
  const talks = new Set<TopicTalk>();
  const tellAll = (topic: Topic, event: object, may: (person: Person) => boolean): void => {
    let written: Buffer | undefined;
    for (const talk of talks) {
      if (!talk.wants(topic)) continue;
      written ??= Buffer.from(JSON.stringify(event));
      talk.tell(written, may);
    }
  };
  house.turns.on((turn) => {
    const seen = (person: Person): boolean => maySee(person, turn);
    tellAll('turns', { type: 'turn', turn: withStages(turn) }, seen);
  });
  house.happenings.on(({ topic, personId, event }) => {
    tellAll(topic, event, ({ id }) => personId === undefined || personId === id);
  });
  const watchHealth = healthWatch(house, talks);
  return {
    serve: (socket, subscriber) => {
      const talk = new TopicTalk(socket, subscriber, { ...parts, subscribed: watchHealth });
      talks.add(talk);
      socket.on('message', (data, isBinary) => talk.receive(data, isBinary));
      socket.once('close', () => {
        talks.delete(talk);
        talk.close();
        watchHealth();
      });
    },
  };
};

/** Tells how the parts are, to each client at once and then whenever it changes, while any asks. */
const healthWatch = (house: Pick<House, 'parts'>, talks: ReadonlySet<TopicTalk>): (() => void) => {
  let timer: NodeJS.Timeout | undefined;
  return () => {
    const listeners = [...talks].filter((talk) => talk.wants('health'));
    if (listeners.length === 0) {
      clearInterval(timer);
      timer = undefined;
      return;
    }
    const tell = (): void => {
      const health = JSON.stringify({ type: 'health', parts: house.parts() });
      for (const talk of talks) if (talk.wants('health')) talk.tellHealth(health);
    };
    tell();
    timer ??= setInterval(tell, healthEveryMs).unref();
  };
};

class TopicTalk {
  readonly #socket: Socket;
  readonly #subscriber: Subscriber;
  readonly #doors: Pick<Doors, 'command'>;
  readonly #now: () => number;
  /** Called whenever the client has chosen topics. */
  readonly #subscribed: () => void;
  readonly #over = new AbortController();
  #topics: ReadonlySet<Topic> = new Set();
  #commands = 0;
  #window = { startedAtMs: 0, messages: 0 };
  #health = '';

  constructor(
    socket: Socket,
    subscriber: Subscriber,
    parts: Pick<Parts, 'doors' | 'now'> & { subscribed: () => void },
  ) {
    const { doors, subscribed, now = () => performance.now() } = parts;
    this.#socket = socket;
    this.#subscriber = subscriber;
    this.#doors = doors;
    this.#subscribed = subscribed;
    this.#now = now;
  }

  wants(topic: Topic): boolean {
    return this.#topics.has(topic);
  }

  /** @param written an event as JSON, for who may hear it. */
  tell(written: Buffer, may: (person: Person) => boolean): void {
    const person = this.#subscriber.person();
    if (!person) this.#socket.close(1008, 'log in again');
    else if (may(person)) this.#write(written);
  }

  receive(data: Buffer, isBinary: boolean): void {
    const known = this.#subscriber.person() !== undefined;
    if (this.#isFlooded() || !known) {
      this.#socket.close(1008, known ? 'too many messages' : 'log in again');
      return;
    }
    const message = isBinary ? undefined : readMessage(data.toString('utf8'));
    if (message === undefined) this.#send(misunderstood);
    else this.#obey(message);
  }

  /** Nothing where this is what was told last. */
  tellHealth(health: string): void {
    if (health === this.#health) return;
    this.#health = health;
    this.tell(Buffer.from(health), () => true);
  }

  close(): void {
    this.#over.abort();
  }

  #obey(message: ClientMessage): void {
    if (message.type === 'ping') {
      this.#send({ type: 'pong', ...(message.id === undefined ? {} : { id: message.id }) });
    }
    if (message.type === 'subscribe') this.#subscribe(message.topics);
    if (message.type === 'command') void this.#command(message);
  }

  #subscribe(wanted: readonly Topic[]): void {
    this.#topics = new Set(wanted);
    this.#send({ type: 'subscribed', topics: [...this.#topics] });
    this.#health = '';
    this.#subscribed();
  }

  async #command({ id, tool, input }: ClientMessage & { type: 'command' }): Promise<void> {
    if (this.#commands >= commandsAtOnceMax) {
      const say = 'Too many commands at once. Wait for an answer before the next one.';
      this.#send({ type: 'ack', id, ok: false, say, code: 'commands-too-many' });
      return;
    }
    this.#commands += 1;
    const { caller } = this.#subscriber;
    const order = { caller, tool, input, signal: this.#over.signal };
    const outcome = await this.#doors.command(order).catch(
      (): CommandOutcome => ({
        ok: false,
        say: 'Something went wrong on my side. Please try again.',
        code: 'failed',
      }),
    );
    this.#commands -= 1;
    this.#send({ type: 'ack', id, ...outcome });
  }

  #send(message: object): void {
    this.#write(Buffer.from(JSON.stringify(message)));
  }

  #write(text: Buffer): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#socket.bufferedAmount > unsentMax) {
      this.#socket.close(1013, 'too slow');
      // What lies unsent keeps a close from arriving: nothing more is owed to this client.
      this.#socket.terminate();
      return;
    }
    this.#socket.send(text, { binary: false });
  }

  #isFlooded(): boolean {
    const now = this.#now();
    if (now - this.#window.startedAtMs > windowMs) this.#window = { startedAtMs: now, messages: 0 };
    this.#window.messages += 1;
    return this.#window.messages > messagesMax;
  }
}

const readMessage = (text: string): ClientMessage | undefined => {
  try {
    return clientMessage.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

const misunderstood = {
  type: 'error',
  code: 'message-malformed',
  title: 'That message was not understood',
  detail:
    `Send subscribe {topics: some of ${topics.join(', ')}}, command {id, tool, input} or ` +
    'ping {} as JSON with a type.',
};
