/** Which microphone and loudspeaker a person chose on this device, how loud, and what there is. */

export interface AudioChoice {
  /** `deviceId`; empty: the system's own. */
  microphone: string;
  speaker: string;
  /** 0..1. */
  volume: number;
  /** Play and pause of a headset begin and end listening. */
  headset: boolean;
}

export interface AudioDevice {
  id: string;
  /** Empty until the microphone has been allowed. */
  name: string;
}

export interface AudioDevices {
  microphones: readonly AudioDevice[];
  speakers: readonly AudioDevice[];
}

type Keeper = Pick<Storage, 'getItem' | 'setItem'>;

export const noDevices: AudioDevices = { microphones: [], speakers: [] };
export const plainChoice: AudioChoice = { microphone: '', speaker: '', volume: 1, headset: false };

const keptAs = 'butler.audio';
/** Chromium's names for "as the system has it": that is our empty choice. */
const systemIds: ReadonlySet<string> = new Set(['', 'default', 'communications']);

/** What was kept, as far as it can be read; the rest is plain. */
export function keptChoice(keeper: () => Keeper): AudioChoice {
  try {
    const kept: unknown = JSON.parse(keeper().getItem(keptAs) ?? '{}');
    const { microphone, speaker, volume, headset } = Object(kept) as Record<string, unknown>;
    return {
      microphone: typeof microphone === 'string' ? microphone : plainChoice.microphone,
      speaker: typeof speaker === 'string' ? speaker : plainChoice.speaker,
      volume: typeof volume === 'number' && volume >= 0 && volume <= 1 ? volume : 1,
      headset: headset === true,
    };
  } catch {
    return plainChoice;
  }
}

export function keepChoice(keeper: () => Keeper, choice: AudioChoice): void {
  try {
    keeper().setItem(keptAs, JSON.stringify(choice));
  } catch {
    // It holds until the page is closed.
  }
}

export function audioDevices(
  all: readonly Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'label'>[],
): AudioDevices {
  const of = (kind: MediaDeviceKind): AudioDevice[] =>
    all
      .filter((one) => one.kind === kind && !systemIds.has(one.deviceId))
      .map((one) => ({ id: one.deviceId, name: one.label }));
  return { microphones: of('audioinput'), speakers: of('audiooutput') };
}

/** Chosen, the browser lists devices of that kind, and it is not among them. */
export function isGone(chosen: string, devices: readonly AudioDevice[]): boolean {
  return chosen !== '' && devices.length > 0 && !devices.some(({ id }) => id === chosen);
}
