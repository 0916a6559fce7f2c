"""The small set of calls and talk for tests/wake.test.ts, by voices that were never trained on.

    python models/wake/fixture.py --clips CLIPS --librivox FOLDER --out tests/speech

Writes wake-calls.wav, wake-talk.wav (16 kHz, IMA ADPCM of 4 bits) and wake.json with where each
clip begins. FOLDER has the readings of the Debian package pocketsphinx-testdata (LibriVox, public
domain); everything else is Kokoro's, Flite's, Piper's and espeak-ng's.
"""

import argparse
import json
import struct
from pathlib import Path

import numpy

from callers import spread
from clips import is_of, read_clip, spoken
from recordings import decoded
from voices import RATE_HZ

STEPS = [
    *(7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66),
    *(73, 80, 88, 97, 107, 118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408),
    *(449, 494, 544, 598, 658, 724, 796, 876, 963, 1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066),
    *(2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894, 6484, 7132, 7845, 8630),
    *(9493, 10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794),
    32767,
]
INDEX = (-1, -1, -1, -1, 2, 4, 6, 8)
BLOCK_BYTES = 1024
BLOCK_SAMPLES = (BLOCK_BYTES - 4) * 2 + 1
LONGEST_TALK_SECONDS = 75


def nibble(sample: int, state: list[int]) -> int:
    """One difference of the IMA's ADPCM (Recommended Practices for Digital Audio, 1992)."""
    value, index = state
    step, difference = STEPS[index], sample - value
    code = 8 if difference < 0 else 0
    difference, change = abs(difference), step >> 3
    for bit in (4, 2, 1):
        if difference >= step:
            code |= bit
            difference -= step
            change += step
        step >>= 1
    state[0] = max(-32768, min(32767, value - change if code & 8 else value + change))
    state[1] = max(0, min(88, index + INDEX[code & 7]))
    return code


def adpcm(samples: list[int]) -> bytes:
    state, blocks = [0, 0], []
    samples = samples + [0] * (-len(samples) % BLOCK_SAMPLES)
    for at in range(0, len(samples), BLOCK_SAMPLES):
        state[0] = samples[at]
        block = bytearray(struct.pack("<hBB", samples[at], state[1], 0))
        codes = [nibble(one, state) for one in samples[at + 1 : at + BLOCK_SAMPLES]]
        block += bytes(low | high << 4 for low, high in zip(codes[::2], codes[1::2], strict=True))
        blocks.append(bytes(block))
    return b"".join(blocks)


def write_adpcm(path: Path, sound: numpy.ndarray) -> None:
    data = adpcm([int(one) for one in numpy.clip(numpy.round(sound * 32767), -32768, 32767)])
    per_second = RATE_HZ * BLOCK_BYTES // BLOCK_SAMPLES
    kind = (0x11, 1, RATE_HZ, per_second, BLOCK_BYTES, 4, 2, BLOCK_SAMPLES)
    form = struct.pack("<4sIHHIIHHHH", b"fmt ", 20, *kind)
    body = b"WAVE" + form + struct.pack("<4sI", b"data", len(data)) + data
    path.write_bytes(struct.pack("<4sI", b"RIFF", len(body)) + body)


def joined(clips: list[tuple[dict, numpy.ndarray]]) -> tuple[numpy.ndarray, list[dict]]:
    """The clips one after another, and where each begins (in samples)."""
    at, index = 0, []
    for about, sound in clips:
        index.append({**about, "from": at, "length": len(sound)})
        at += len(sound)
    return numpy.concatenate([sound for _, sound in clips]), index


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("clips", "librivox", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--word", default="hey_butler")
    parser.add_argument("--seed", type=int, default=2)
    options = parser.parse_args()
    rng = numpy.random.default_rng(options.seed)
    lines = spoken(options.clips, "test")
    calls = [one for one in lines if is_of(one, options.word) and one["kind"] == "word"]
    talk = [one for one in lines if "word" not in one]
    kept = ("engine", "voice", "text")

    def clip(one: dict) -> tuple[dict, numpy.ndarray]:
        return {key: one[key] for key in kept}, read_clip(options.clips / one["file"])

    spoken_talk, seconds = [], 0.0
    for at in rng.permutation(len(talk)):
        about, sound = clip(talk[at])
        if about["engine"] != "espeak" and seconds < LONGEST_TALK_SECONDS:
            spoken_talk.append((about, sound))
            seconds += len(sound) / RATE_HZ
    for path in sorted(options.librivox.rglob("*.wav"))[:3]:
        reading = {"engine": "LibriVox", "voice": "reader", "text": path.stem}
        spoken_talk.append((reading, decoded(path)[: 6 * RATE_HZ]))
    index = {}
    for name, clips in (("calls", list(map(clip, spread(calls, rng, 100)))), ("talk", spoken_talk)):
        sound, index[name] = joined(clips)
        write_adpcm(options.out / f"wake-{name}.wav", sound)
    (options.out / "wake.json").write_text(json.dumps(index, indent=1) + "\n", "utf8")


if __name__ == "__main__":
    main()
