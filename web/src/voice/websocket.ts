/** The voice over one WebSocket: works wherever the page itself could be loaded. */
import type { WebSocketSession } from '../api/api.ts';
import type { ConnectionEvents, TalkMode, VoiceConnection } from './connection.ts';
import { type ClientMessage, parseServerMessage } from './messages.ts';
import type { VoiceInput } from './microphone.ts';
import type { VoiceOutput } from './speaker.ts';

const readyWithinMs = 10_000;
const playedEveryMs = 200;
/** Three seconds of unsent speech: the network is gone though nobody has said so. */
const unsentBytesMax = 96_000;
/** After an interruption the rest of the old answer is still on its way for about this long. */
const discardForMs = 1_000;
const open = 1;

export interface WebSocketRequest {
  address: string;
  devices: { microphone: VoiceInput; speaker: VoiceOutput; sound?: { turnOn(): Promise<boolean> } };
  events: ConnectionEvents;
}

/**
 * The page's own host wins over the one the server believes to have: behind a tunnel or proxy
 * the server knows only its inner name.
 */
export function socketAddress(session: WebSocketSession, page: { href: string }): string {
  const base = new URL(page.href);
  const address = new URL(session.url, base);
  address.hostname = base.hostname;
  address.port = base.port;
  address.protocol = base.protocol === 'https:' ? 'wss:' : 'ws:';
  address.searchParams.set('ticket', session.ticket);
  address.hash = '';
  return address.href;
}

export function connectWebSocket(request: WebSocketRequest): VoiceConnection {
  return new WebSocketConnection(request);
}

class WebSocketConnection implements VoiceConnection {
  readonly transport = 'websocket';
  readonly #socket: WebSocket;
  readonly #request: WebSocketRequest;
  #ready = false;
  #over = false;
  #state = '';
  #talking: TalkMode | undefined;
  #stopped: Promise<void> = Promise.resolve();
  #discardUntil = 0;
  #playedReportedAt = 0;
  #playedReportedMs = 0;
  /** Butler took sound back: this may be a pause, and the same answer may go on. */
  #cleared = false;
  readonly #readyTimer: ReturnType<typeof setTimeout>;

  constructor(request: WebSocketRequest) {
    this.#request = request;
    this.#socket = new WebSocket(request.address);
    this.#socket.binaryType = 'arraybuffer';
    this.#socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => this.#receive(data);
    this.#socket.onclose = ({ reason }) => this.#lose(reason);
    this.#readyTimer = setTimeout(() => this.#lose(), readyWithinMs);
    request.devices.speaker.onProgress((progress) => this.#reportPlayed(progress));
  }

  get level(): number {
    return this.#request.devices.speaker.level;
  }

  get sounding(): boolean {
    return this.#request.devices.speaker.playing;
  }

  async startTalking(mode: TalkMode): Promise<void> {
    await this.#stopped;
    if (this.#over) return;
    this.#talking = mode;
    if (mode === 'hold') {
      if (this.sounding || this.#state === 'speaking') this.#beQuiet();
      this.#send({ type: 'talk', down: true });
    }
    this.#request.devices.microphone.open((frame) => this.#sendFrame(frame));
  }

  async stopTalking(): Promise<void> {
    if (!this.#talking) return this.#stopped;
    this.#talking = undefined;
    this.#stopped = this.#request.devices.microphone.shut().then(() => {
      this.#send({ type: 'talk', down: false });
    });
    return this.#stopped;
  }

  sendText(text: string): void {
    this.#send({ type: 'text', text });
  }

  tell(message: ClientMessage): void {
    this.#send(message);
  }

  stop(): void {
    this.#beQuiet();
    this.#send({ type: 'stop' });
  }

  async turnOnSound(): Promise<void> {
    await this.#request.devices.sound?.turnOn();
  }

  /** Everything sounds through the page's own output, which has changed already. */
  soundChanged(): void {}

  close(): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#readyTimer);
    this.#socket.onclose = null;
    this.#socket.close(1000);
    this.#request.devices.speaker.clear();
    if (this.#talking) void this.#request.devices.microphone.shut();
  }

  #receive(data: string | ArrayBuffer): void {
    if (this.#over) return;
    if (typeof data !== 'string') {
      if (performance.now() >= this.#discardUntil) this.#request.devices.speaker.play(data);
      return;
    }
    const message = parseServerMessage(data);
    if (!message) return;
    if (message.type === 'ready' && !this.#ready) {
      this.#ready = true;
      clearTimeout(this.#readyTimer);
      this.#request.events.ready();
    }
    if (message.type === 'state') this.#follow(message.state);
    if (message.type === 'clear') this.#clear();
    this.#request.events.message(message);
  }

  /** After our own interruption the answer is over; otherwise it may only pause. */
  #clear(): void {
    const ours = performance.now() < this.#discardUntil;
    this.#discardUntil = 0;
    this.#cleared = !ours;
    this.#request.devices.speaker.clear();
  }

  /**
   * What is played is counted within one answer. It ends when Butler stops speaking without having
   * taken anything back; a new one begins with thinking, or with speaking after silence.
   */
  #follow(state: string): void {
    const before = this.#state;
    this.#state = state;
    if (state === 'thinking') this.#discardUntil = 0;
    if (state === before) return;
    const { playing } = this.#request.devices.speaker;
    const ended = before === 'speaking' && !this.#cleared;
    const begun = state === 'speaking' && !this.#cleared && !playing;
    if (state === 'thinking' || ended || begun) this.#nextAnswer();
  }

  #nextAnswer(): void {
    this.#cleared = false;
    this.#playedReportedMs = 0;
    this.#request.devices.speaker.nextAnswer();
  }

  /** The person has heard enough: Butler learns how much it was, and that answer is over. */
  #beQuiet(): void {
    const { speaker } = this.#request.devices;
    this.#discardUntil = performance.now() + discardForMs;
    if (speaker.playing) this.#send({ type: 'played', ms: speaker.playedMs });
    speaker.clear();
    this.#nextAnswer();
  }

  /** Every 200 ms, at the end, and at once when an answer begins: Butler's clocks need that one. */
  #reportPlayed({ playedMs, playing }: { playedMs: number; playing: boolean }): void {
    const now = performance.now();
    const first = this.#playedReportedMs === 0;
    const due = first || !playing || now - this.#playedReportedAt >= playedEveryMs;
    // Nothing heard since the last report, or since the answer was dropped: nothing to say.
    if (!due || playedMs === 0 || playedMs === this.#playedReportedMs) return;
    this.#playedReportedAt = now;
    this.#playedReportedMs = playedMs;
    const report = () => this.#send({ type: 'played', ms: playedMs });
    const { latencyMs } = this.#request.devices.speaker;
    // What was handed to the loudspeaker is heard a little later.
    if (first && latencyMs > 0) setTimeout(report, latencyMs);
    else report();
  }

  #send(message: ClientMessage): void {
    if (this.#socket.readyState === open) this.#socket.send(JSON.stringify(message));
  }

  #sendFrame(frame: ArrayBuffer): void {
    if (this.#socket.readyState !== open) return;
    if (this.#socket.bufferedAmount > unsentBytesMax) this.#lose();
    else this.#socket.send(frame);
  }

  #lose(reason?: string): void {
    if (this.#over) return;
    this.close();
    this.#request.events.lost(reason);
  }
}
