/** Rooms for the small set of the wake test: noise, distance, level, from one seed. */

export const sampleRateHz = 16_000;

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

type Random = () => number;

export const rmsOf = (sound: Float32Array): number =>
  Math.sqrt(sound.reduce((sum, one) => sum + one * one, 0) / Math.max(1, sound.length));

/** Noise of a fan: white noise through a one-pole low-pass, from hissing to humming. */
const fan = (length: number, random: Random): Float32Array => {
  const keep = 0.3 + 0.65 * random();
  let level = 0;
  return Float32Array.from({ length }, () => {
    level = keep * level + (1 - keep) * (random() * 2 - 1);
    return level;
  });
};

/** Chords that change twice a second: music enough to be in the way. */
const music = (length: number, random: Random): Float32Array => {
  const beat = sampleRateHz / 2;
  const chords = Array.from({ length: Math.ceil(length / beat) }, () =>
    Array.from({ length: 4 }, () => 110 * 2 ** (Math.floor(random() * 36) / 12)),
  );
  return Float32Array.from({ length }, (_, at) => {
    const fade = Math.exp((-4 * (at % beat)) / beat);
    const chord = chords[Math.floor(at / beat)] as number[];
    return fade * chord.reduce((sum, hertz) => sum + wave(hertz, at), 0);
  });
};

const wave = (hertz: number, at: number): number => {
  const phase = (2 * Math.PI * hertz * at) / sampleRateHz;
  return Math.sin(phase) + 0.4 * Math.sin(2 * phase) + 0.2 * Math.sin(3 * phase);
};

/** Four voices at once, none of which can be followed. */
const babble = (length: number, random: Random, talk: Float32Array): Float32Array => {
  const starts = Array.from({ length: 4 }, () => Math.floor(random() * talk.length));
  return Float32Array.from({ length }, (_, at) =>
    starts.reduce((sum, start) => sum + (talk[(start + at) % talk.length] as number), 0),
  );
};

const delaysMs = [29.7, 37.1, 41.1, 43.7];

/** Four feedback delays (Schroeder, 1962) under the direct sound: a room at some distance. */
const roomed = (sound: Float32Array, random: Random): Float32Array => {
  const [decaySeconds, wet] = [0.2 + 0.4 * random(), 0.1 + 0.35 * random()];
  const made = Float32Array.from(sound);
  for (const delayMs of delaysMs) {
    const delay = Math.round((delayMs / 1_000) * sampleRateHz);
    const feedback = 10 ** ((-3 * delayMs) / 1_000 / decaySeconds);
    const echoes = Float32Array.from(sound);
    for (let at = delay; at < echoes.length; at++) {
      echoes[at] = (echoes[at] as number) + feedback * (echoes[at - delay] as number);
      made[at] = (made[at] as number) + (wet / 4) * feedback * (echoes[at - delay] as number);
    }
  }
  return made;
};

/** A sound in a room with something else going on, as 16-bit samples at some level. */
export const inRoom = (
  sound: Float32Array,
  about: { seed: number; signalToNoiseDb: number; talk: Float32Array },
): Int16Array => {
  const random = randomFrom(about.seed);
  const loud = sound.filter((one) => Math.abs(one) > 0.01);
  const placed = random() < 0.7 ? roomed(sound, random) : sound;
  const kinds = [fan, music, (length: number) => babble(length, random, about.talk)];
  const kind = kinds[Math.floor(random() * kinds.length)] as typeof fan;
  const noise = kind(sound.length, random);
  const gain = rmsOf(loud) / (rmsOf(noise) + 1e-9) / 10 ** (about.signalToNoiseDb / 20);
  const mixed = placed.map((one, at) => one + gain * (noise[at] as number));
  const peak = mixed.reduce((most, one) => Math.max(most, Math.abs(one)), 1e-9);
  const level = 10 ** (-(2 + 24 * random()) / 20) / peak;
  return Int16Array.from(mixed, (one) => Math.round(one * level * 32_767));
};
