"""The wake word said by voices that were never trained on, over distances, rooms and noises.

    python models/wake/callers.py --recorded RECORDINGS --clips CLIPS --out FOLDER [--count 100]

Writes FOLDER/000.wav … (16 kHz, 16 bits) and FOLDER/index.json with the voice, the signal-to-noise
ratio and the second at which the word ends. Every utterance has a background: noise or music 5 to
20 dB below it, other voices 10 to 20 dB below it; three of four have a room, and some go on with a
command at once. Every voice calls about equally often; espeak-ng's variants count as three voices.
"""

import argparse
import json
import wave
from pathlib import Path

import numpy

from clips import is_of, read_clip, spoken
from recordings import recordings
from room import Sounds, a_background, background, microphone, reverberant, rms
from voices import RATE_HZ, resample

SIGNAL_TO_NOISE_DB = (5.0, 20.0)
# A voice that is no louder than another one is nobody's to hear.
SIGNAL_TO_VOICES_DB = (10.0, 20.0)
VOICES = ("babble", "television")
BEFORE_SECONDS, AFTER_SECONDS = 2.4, 1.2


def utterance(
    rng: numpy.random.Generator, word: numpy.ndarray, *, sounds: Sounds
) -> tuple[numpy.ndarray, dict]:
    word = resample(word, RATE_HZ * rng.uniform(0.93, 1.08))
    before, after = (numpy.zeros(int(s * RATE_HZ), "f4") for s in (BEFORE_SECONDS, AFTER_SECONDS))
    level, in_room = rms(word), rng.random() < 0.75
    sound = numpy.concatenate([before, word, after])
    if in_room:
        sound = reverberant(rng, sound)
    kind = a_background(rng, sounds)
    noise = background(rng, len(sound), sounds=sounds, kind=kind)
    decibels = rng.uniform(*(SIGNAL_TO_VOICES_DB if kind in VOICES else SIGNAL_TO_NOISE_DB))
    sound = sound + noise / rms(noise) * level * 10 ** (-decibels / 20)
    if rng.random() < 0.4:
        sound = microphone(rng, sound)
    loudest = rng.uniform(-28, -1)
    sound = sound / numpy.abs(sound).max() * 10 ** (loudest / 20)
    about = {
        "background": kind,
        "signalToNoiseDb": round(decibels, 1),
        "room": in_room,
        "peakDb": round(loudest, 1),
        "endSeconds": round((len(before) + len(word)) / RATE_HZ, 2),
    }
    return sound, about


def write_wav(path: Path, sound: numpy.ndarray) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        samples = numpy.clip(numpy.round(sound * 32767), -32768, 32767)
        file.writeframes(samples.astype("<i2").tobytes())


def spread(lines: list[dict], rng: numpy.random.Generator, count: int) -> list[dict]:
    """As many of every voice as can be: voices in turn, their clips in random order."""
    by_voice: dict[str, list[dict]] = {}
    for at in rng.permutation(len(lines)):
        voice = lines[at]["voice"].split("+")[-1]
        by_voice.setdefault(f"{lines[at]['engine']} {voice}", []).append(lines[at])
    queue, chosen = list(by_voice.values()), []
    while len(chosen) < count:
        for clips in queue:
            chosen.append(clips[(len(chosen) // len(queue)) % len(clips)])
    return chosen[:count]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("recorded", "clips", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--word", default="hey_butler")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = numpy.random.default_rng(options.seed)
    sounds = Sounds(
        *(recordings(options.recorded, "test", kind) for kind in ("speech", "music", "effect"))
    )
    lines = [
        one
        for one in spoken(options.clips, "test")
        if is_of(one, options.word) and one["kind"] in ("word", "followed")
    ]
    if not lines:
        raise SystemExit(f"{options.clips} has no {options.word}: run speak.py --words first.")
    options.out.mkdir(parents=True, exist_ok=True)
    index = []
    for at, one in enumerate(spread(lines, rng, options.count)):
        sound, about = utterance(rng, read_clip(options.clips / one["file"]), sounds=sounds)
        write_wav(options.out / f"{at:03}.wav", sound)
        voice = {key: one[key] for key in ("engine", "voice", "speed", "text", "kind")}
        index.append({"file": f"{at:03}.wav", **voice, **about})
    (options.out / "index.json").write_text(json.dumps(index, indent=1), "utf8")


if __name__ == "__main__":
    main()
