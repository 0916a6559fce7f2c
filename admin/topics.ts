/** What `/ws` says: topics that somebody subscribes to, commands and their acknowledgements. */
import type { WebSocket } from 'ws';
import { z } from 'zod';
import type { Caller } from '../agent/caller.ts';
import { type Happening, topicNames } from '../agent/happenings.ts';
import type { CommandOutcome, Doors, House } from './house-view.ts';
import type { Person } from './people.ts';
import { maySee, withStages } from './routes/turns.ts';

/** Topics that the house itself speaks about, and those that are made here. */
const topics = [...topicNames, 'health', 'turns'] as const;
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
  house: House;
  doors: Doors;
  caller: Caller;
  /** The person as they are now; undefined when they may no longer listen. */
  person: () => Person | undefined;
  /** Milliseconds, monotonic. */
  now?: () => number;
}

/** Talks with one client until the socket closes. */
export const serveTopics = (socket: WebSocket, subscriber: Subscriber): void => {
  const talk = new TopicTalk(socket, subscriber);
  socket.on('message', (data, isBinary) => talk.receive(data as Buffer, isBinary));
  socket.once('close', () => talk.close());
};

class TopicTalk {
  readonly #socket: WebSocket;
  readonly #subscriber: Subscriber;
  readonly #now: () => number;
  readonly #off: (() => void)[];
  readonly #over = new AbortController();
  #topics: ReadonlySet<Topic> = new Set();
  #healthTimer: NodeJS.Timeout | undefined;
  #health = '';
  #commands = 0;
  #window = { startedAtMs: 0, messages: 0 };

  constructor(socket: WebSocket, subscriber: Subscriber) {
    const { house, now = () => performance.now() } = subscriber;
    this.#socket = socket;
    this.#subscriber = subscriber;
    this.#now = now;
    this.#off = [
      house.turns.on((turn) => {
        const person = subscriber.person();
        if (person && !maySee(person, turn)) return;
        this.#tell('turns', { type: 'turn', turn: withStages(turn) });
      }),
      house.happenings.on((happening) => this.#happened(happening)),
    ];
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

  close(): void {
    this.#over.abort();
    clearInterval(this.#healthTimer);
    for (const off of this.#off) off();
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
    clearInterval(this.#healthTimer);
    this.#health = '';
    if (!this.#topics.has('health')) return;
    this.#tellHealth();
    this.#healthTimer = setInterval(() => this.#tellHealth(), healthEveryMs);
    this.#healthTimer.unref();
  }

  /** Said at once, and then whenever it changes. */
  #tellHealth(): void {
    const parts = this.#subscriber.house.parts();
    const state = JSON.stringify(parts);
    if (state === this.#health) return;
    this.#health = state;
    this.#tell('health', { type: 'health', parts });
  }

  #happened({ topic, personId, event }: Happening): void {
    if (personId === undefined || personId === this.#subscriber.caller.personId) {
      this.#tell(topic, event);
    }
  }

  async #command({ id, tool, input }: ClientMessage & { type: 'command' }): Promise<void> {
    if (this.#commands >= commandsAtOnceMax) {
      const say = 'Too many commands at once. Wait for an answer before the next one.';
      this.#send({ type: 'ack', id, ok: false, say, code: 'commands-too-many' });
      return;
    }
    this.#commands += 1;
    const { doors, caller } = this.#subscriber;
    const order = { caller, tool, input, signal: this.#over.signal };
    const outcome = await doors.command(order).catch(
      (): CommandOutcome => ({
        ok: false,
        say: 'Something went wrong on my side. Please try again.',
        code: 'failed',
      }),
    );
    this.#commands -= 1;
    this.#send({ type: 'ack', id, ...outcome });
  }

  #tell(topic: Topic, event: Happening['event']): void {
    if (!this.#topics.has(topic)) return;
    if (this.#subscriber.person()) this.#send(event);
    else this.#socket.close(1008, 'log in again');
  }

  #send(message: object): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#socket.bufferedAmount > unsentMax) {
      this.#socket.close(1013, 'too slow');
      // What lies unsent keeps a close from arriving: nothing more is owed to this client.
      this.#socket.terminate();
      return;
    }
    this.#socket.send(JSON.stringify(message));
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
