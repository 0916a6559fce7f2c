/** Microphone and loudspeaker of this page as the person chose them, also when one goes away. */
import { type AudioChoice, audioDevices, isGone, keepChoice } from '../voice/audio-choice.ts';
import { Headset } from '../voice/headset.ts';
import { Microphone } from '../voice/microphone.ts';
import { Sound } from '../voice/sound.ts';
import { Speaker } from '../voice/speaker.ts';
import { commonWords } from '../words/everywhere.ts';
import { voiceWords as words } from '../words/voice.ts';
import type { Store, View } from './view.ts';

interface OwnAudioParts {
  view: Store<View>;
  microphoneLost(): void;
  /** The microphone is another one now. */
  microphoneChanged(): void;
  /** Volume or loudspeaker are other ones now. */
  soundChanged(): void;
  soundBlocked(blocked: boolean): void;
  told(kind: 'microphone' | 'sound', sentence: string): void;
  failed(error: unknown): void;
  headsetPressed(): void;
}

const storage = (): Storage => localStorage;

export class OwnAudio {
  readonly sound = new Sound();
  readonly microphone: Microphone;
  readonly speaker: Speaker;
  readonly #parts: OwnAudioParts;
  readonly #headset: Headset;
  #watching = false;

  constructor(parts: OwnAudioParts) {
    this.#parts = parts;
    this.microphone = new Microphone(this.sound, parts.microphoneLost);
    this.speaker = new Speaker(this.sound, parts.soundBlocked);
    this.#headset = new Headset(parts.headsetPressed);
    const { microphone, speaker, volume } = this.choice;
    this.microphone.chosen = microphone;
    this.sound.speaker = speaker;
    this.sound.volume = volume;
  }

  get choice(): AudioChoice {
    return this.#parts.view.get().choice;
  }

  open(): void {
    navigator.mediaDevices?.addEventListener('devicechange', this.list);
    void this.list();
  }

  close(): void {
    navigator.mediaDevices?.removeEventListener('devicechange', this.list);
    this.#headset.drop();
    this.microphone.release();
  }

  /** Asks again what there is: names are told only after the microphone was allowed. */
  readonly list = async (): Promise<void> => {
    const all = (await navigator.mediaDevices?.enumerateDevices().catch(() => undefined)) ?? [];
    const devices = audioDevices(all);
    this.#parts.view.change((view) => ({ ...view, devices }));
    if (isGone(this.choice.speaker, devices.speakers)) await this.#speakerGone();
  };

  choose(part: Partial<AudioChoice>): void {
    const choice = { ...this.choice, ...part };
    this.#parts.view.change((view) => ({ ...view, choice }));
    keepChoice(storage, choice);
    if (part.volume !== undefined) this.sound.volume = part.volume;
    if (part.speaker !== undefined) void this.#playThrough(part.speaker);
    if (part.microphone !== undefined) void this.#hearThrough(part.microphone);
    if (part.headset === true) this.startHeadset();
    if (part.headset === false) this.#headset.drop();
    this.#parts.soundChanged();
  }

  /** While a press is handled. */
  startHeadset(): void {
    if (this.choice.headset) void this.#headset.use(commonWords.butler);
  }

  /** For headset and locked screen: whether the microphone is open. */
  showListening(listening: boolean): void {
    this.#headset.show(listening);
  }

  /** The microphone has just been opened: is it the one that was meant? */
  opened(): void {
    if (!this.#watching) this.sound.onChange(() => void this.#soundTurned());
    this.#watching = true;
    if (this.microphone.fellBack) this.#parts.told('microphone', words.microphoneFellBack);
    if (this.#parts.view.get().devices.microphones.every(({ name }) => name === '')) {
      void this.list();
    }
  }

  /** A telephone call takes the sound, and gives it back. */
  async #soundTurned(): Promise<void> {
    if (this.sound.silenced && this.#parts.view.get().talk === 'open') await this.sound.wake();
    this.#parts.soundBlocked(this.sound.silenced && this.#parts.view.get().talk !== 'closed');
  }

  async #hearThrough(deviceId: string): Promise<void> {
    try {
      await this.microphone.choose(deviceId);
      this.opened();
      this.#parts.microphoneChanged();
    } catch (error) {
      this.#parts.failed(error);
    }
  }

  async #playThrough(deviceId: string): Promise<void> {
    try {
      await this.sound.soundFrom(deviceId);
    } catch {
      await this.#speakerGone();
    }
  }

  /** It stays chosen: when it is connected again, it is used again. */
  async #speakerGone(): Promise<void> {
    await this.sound.soundFrom('').catch(() => undefined);
    this.#parts.soundChanged();
    this.#parts.told('sound', words.speakerFellBack);
  }
}
