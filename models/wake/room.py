"""A room around a clip: reverberation, noises, microphones and levels, from one random source."""

from dataclasses import dataclass, field

import numpy

from voices import RATE_HZ, resample

# Every colour falls by this power of the frequency.
COLOURS = {"white": 0.0, "pink": 0.5, "brown": 1.0}


@dataclass
class Sounds:
    """What may be heard besides: lists of clips at 16 kHz."""

    speech: list[numpy.ndarray] = field(default_factory=list)
    music: list[numpy.ndarray] = field(default_factory=list)
    effects: list[numpy.ndarray] = field(default_factory=list)


def rms(sound: numpy.ndarray) -> float:
    return float(numpy.sqrt(numpy.mean(sound**2)) + 1e-9)


def coloured(rng: numpy.random.Generator, length: int, power: float) -> numpy.ndarray:
    spectrum = numpy.fft.rfft(rng.standard_normal(length))
    hertz = numpy.fft.rfftfreq(length, 1 / RATE_HZ)
    return numpy.fft.irfft(spectrum / numpy.maximum(hertz, 40) ** power, length)


def hum(rng: numpy.random.Generator, length: int) -> numpy.ndarray:
    """A fan or a fridge: mains harmonics over a little pink noise."""
    time = numpy.arange(length) / RATE_HZ
    base = rng.choice([50.0, 60.0])
    tones = sum(
        numpy.sin(2 * numpy.pi * base * k * time + rng.uniform(0, 6.28)) * rng.uniform(0.1, 1) / k
        for k in range(1, 9)
    )
    noise = coloured(rng, length, 0.5)
    return tones / rms(tones) + noise / rms(noise) * rng.uniform(0.1, 0.6)


def stretch_of(rng: numpy.random.Generator, clips: list, length: int) -> numpy.ndarray:
    """Clips one after another, from a random place on, until the length is full."""
    parts, have = [], 0
    while have < length:
        clip = clips[rng.integers(len(clips))]
        if not parts and len(clip) > length:
            at = rng.integers(len(clip) - length)
            return clip[at : at + length]
        parts.append(clip / max(rms(clip), 1e-4) * 0.05)
        have += len(clip)
    return numpy.concatenate(parts)[:length]


def a_background(rng: numpy.random.Generator, sounds: Sounds) -> str:
    """The kind of one: any noise; music and voices where there are any."""
    kinds = [*COLOURS, "hum", "pink"]
    if sounds.music:
        kinds += ["music", "music"]
    if sounds.speech:
        kinds += ["babble", "television"]
    return kinds[rng.integers(len(kinds))]


def background(
    rng: numpy.random.Generator, length: int, *, sounds: Sounds, kind: str | None = None
) -> numpy.ndarray:
    kind = kind or a_background(rng, sounds)
    if kind in COLOURS:
        return coloured(rng, length, COLOURS[kind])
    if kind == "hum":
        return hum(rng, length)
    if kind == "music":
        return stretch_of(rng, sounds.music, length)
    voices = 5 if kind == "babble" else 1
    made = [stretch_of(rng, sounds.speech, length) for _ in range(voices)]
    total = sum(one / rms(one) for one in made)
    if kind == "television" and sounds.music and rng.random() < 0.5:
        music = stretch_of(rng, sounds.music, length)
        total = total + music / rms(music) * rng.uniform(0.2, 0.8)
    return total


def impulse_response(rng: numpy.random.Generator) -> numpy.ndarray:
    """A room: direct sound, a few early reflections, then noise that decays by 60 dB in t60."""
    t60 = rng.uniform(0.12, 0.75)
    length = int(t60 * RATE_HZ)
    time = numpy.arange(length) / RATE_HZ
    tail = rng.standard_normal(length) * 10 ** (-3 * time / t60)
    tail[: int(0.004 * RATE_HZ)] = 0
    tail *= rng.uniform(0.1, 0.9) / (numpy.sqrt(numpy.sum(tail**2)) + 1e-9)
    for _ in range(rng.integers(2, 7)):
        tail[rng.integers(16, min(length, 640))] += rng.uniform(-0.5, 0.5)
    tail[0] = 1
    return tail


def reverberant(rng: numpy.random.Generator, sound: numpy.ndarray) -> numpy.ndarray:
    response = impulse_response(rng)
    size = 1 << (len(sound) + len(response) - 1).bit_length()
    spectrum = numpy.fft.rfft(sound, size) * numpy.fft.rfft(response, size)
    return numpy.fft.irfft(spectrum, size)[: len(sound)].astype(numpy.float32)


def microphone(rng: numpy.random.Generator, sound: numpy.ndarray) -> numpy.ndarray:
    """Band limits of a cheap microphone or a codec, and a tilt of the spectrum."""
    spectrum = numpy.fft.rfft(sound)
    hertz = numpy.maximum(numpy.fft.rfftfreq(len(sound), 1 / RATE_HZ), 20)
    low, high = rng.uniform(40, 300), rng.choice([3_400, 4_500, 6_000, 7_400])
    tilt = rng.uniform(-5, 5) / 6.02
    shape = (hertz / 1_000) ** tilt
    shape /= (1 + (low / hertz) ** 4) * (1 + (hertz / high) ** 8)
    return numpy.fft.irfft(spectrum * shape, len(sound)).astype(numpy.float32)


def speaker_of(rng: numpy.random.Generator, sound: numpy.ndarray) -> numpy.ndarray:
    """Another throat and another pace: the clip played a little faster or slower."""
    return resample(sound, RATE_HZ * rng.uniform(0.87, 1.17))


def mixed(
    rng: numpy.random.Generator,
    sound: numpy.ndarray,
    *,
    sounds: Sounds,
    signal_to_noise_db: tuple[float, float],
) -> numpy.ndarray:
    """The clip in a room with a background, at some level; float32 within -1 to 1."""
    level = rms(sound[numpy.abs(sound) > 0.02 * numpy.abs(sound).max()])
    if rng.random() < 0.65:
        sound = reverberant(rng, sound)
    if rng.random() < 0.85:
        noise = background(rng, len(sound), sounds=sounds)
        decibels = rng.uniform(*signal_to_noise_db)
        sound = sound + noise / rms(noise) * level * 10 ** (-decibels / 20)
    if sounds.effects and rng.random() < 0.15:
        effect = sounds.effects[rng.integers(len(sounds.effects))][: len(sound)]
        at = rng.integers(len(sound) - len(effect) + 1)
        sound = sound.copy()
        sound[at : at + len(effect)] += effect / rms(effect) * level * rng.uniform(0.05, 0.3)
    if rng.random() < 0.5:
        sound = microphone(rng, sound)
    loudest = 10 ** (rng.uniform(-32, 0) / 20)
    sound = sound / (numpy.abs(sound).max() + 1e-9) * loudest
    if rng.random() < 0.05:
        sound = sound * 2.5
    return numpy.clip(sound, -1, 1).astype(numpy.float32)
