"""Hours of speech and television-like sound without the wake word, made anew from a seed.

    python models/wake/television.py --recorded RECORDINGS --clips CLIPS --hours 5 --seed 1 > SOUND

Writes 16-bit samples at 16 kHz to standard output. Every programme lasts 20 to 60 s in a room of
its own: acted dialogue of a game (recorded actors who were never trained on; every line once
before any is taken again) over music, effects and noise, lines at changing levels; recorded
announcements; a household of synthetic voices that were never trained on, whose every eighth line
is a near miss of the word; music alone; noise alone; a quiet room. The mix is what MIX says.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy

import corpus
from clips import read_clip, spoken
from recordings import recordings
from room import Sounds, background, coloured, microphone, reverberant, rms, stretch_of
from voices import RATE_HZ

MIX = {"film": 0.62, "household": 0.12, "music": 0.12, "noise": 0.06, "quiet": 0.08}
NEAR_SHARE = 1 / 8


class Deck:
    """Deals every clip once, in random order, before it deals any again."""

    def __init__(self, clips: list[numpy.ndarray], rng: numpy.random.Generator):
        self.clips, self.rng, self.order, self.dealt = clips, rng, [], 0

    def deal(self) -> numpy.ndarray:
        if not self.order:
            self.order = list(self.rng.permutation(len(self.clips)))
        self.dealt += 1
        return self.clips[self.order.pop()]


class Television:
    def __init__(self, *, recorded: Path, clips: Path, seed: int):
        self.rng = numpy.random.default_rng(seed)
        self.sounds = Sounds(
            *(recordings(recorded, "test", kind) for kind in ("speech", "music", "effect"))
        )
        if not self.sounds.speech:
            raise SystemExit(f"{recorded} has no recordings: run recordings.py first.")
        # Other words call Butler too; nobody calls him on television.
        lines = [one for one in spoken(clips, "test") if "word" not in one]
        if not lines:
            raise SystemExit(f"{clips} has no clips: run speak.py first.")
        self.actors = Deck(self.sounds.speech, self.rng)
        ordinary = {*corpus.TALK, *corpus.GERMAN}
        self.talk, self.near = (
            Deck([read_clip(clips / one["file"]) for one in lines if test(one["text"])], self.rng)
            for test in (ordinary.__contains__, lambda text: text not in ordinary)
        )

    def next_line(self, kind: str) -> numpy.ndarray:
        if kind == "film":
            return self.actors.deal()
        return (self.near if self.rng.random() < NEAR_SHARE else self.talk).deal()

    def lines(self, kind: str, length: int) -> numpy.ndarray:
        """Lines one after another with pauses, each at a level of its own."""
        rng, sound, at = self.rng, numpy.zeros(length, "f4"), 0
        while True:
            line = self.next_line(kind)
            if at + len(line) > length:
                return sound
            level = 10 ** (rng.uniform(-14, 0) / 20)
            sound[at : at + len(line)] = line / max(rms(line), 1e-4) * 0.08 * level
            at += len(line) + int(rng.exponential(0.6) * RATE_HZ)

    def under(self, sound: numpy.ndarray) -> numpy.ndarray:
        """Music, effects and noise under the lines."""
        rng, length = self.rng, len(sound)
        if self.sounds.music and rng.random() < 0.5:
            music = stretch_of(rng, self.sounds.music, length)
            sound = sound + music / rms(music) * 0.08 * 10 ** (rng.uniform(-26, -4) / 20)
        for _ in range(rng.poisson(length / RATE_HZ / 12)):
            if not self.sounds.effects:
                break
            effect = self.sounds.effects[rng.integers(len(self.sounds.effects))][:length]
            at = rng.integers(length - len(effect) + 1)
            sound[at : at + len(effect)] += effect * rng.uniform(0.05, 0.5)
        if rng.random() < 0.7:
            noise = background(rng, length, sounds=Sounds())
            sound = sound + noise / rms(noise) * 0.08 * 10 ** (rng.uniform(-40, -8) / 20)
        return sound

    def programme(self, kind: str, length: int) -> numpy.ndarray:
        rng = self.rng
        if kind in ("film", "household"):
            sound = self.under(self.lines(kind, length))
        elif kind == "music":
            sound = stretch_of(rng, self.sounds.music or self.sounds.speech, length) * 0.5
        elif kind == "noise":
            noise = background(rng, length, sounds=Sounds())
            sound = noise / rms(noise) * 0.05
        else:
            quiet = coloured(rng, length, 0.5)
            return (quiet / rms(quiet) * 10 ** (rng.uniform(-75, -55) / 20)).astype("f4")
        if rng.random() < 0.8:
            sound = reverberant(rng, sound)
        if rng.random() < 0.6:
            sound = microphone(rng, sound)
        loudest = 10 ** (rng.uniform(-28, 0) / 20)
        return (sound / (numpy.abs(sound).max() + 1e-9) * loudest).astype("f4")

    def programmes(self, seconds: float) -> Iterator[numpy.ndarray]:
        left = int(seconds * RATE_HZ)
        kinds, shares = list(MIX), numpy.array(list(MIX.values()))
        while left > 0:
            length = min(left, int(self.rng.uniform(20, 60) * RATE_HZ))
            kind = str(self.rng.choice(kinds, p=shares / shares.sum()))
            # A programme too short for a line would deal lines for ever.
            yield self.programme(kind if length > 15 * RATE_HZ else "noise", length)
            left -= length


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--recorded", type=Path, required=True)
    parser.add_argument("--clips", type=Path, required=True)
    parser.add_argument("--hours", type=float, default=5)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    television = Television(recorded=options.recorded, clips=options.clips, seed=options.seed)
    minutes = sum(map(len, television.actors.clips)) / RATE_HZ / 60
    for sound in television.programmes(options.hours * 3600):
        samples = numpy.clip(numpy.round(sound * 32767), -32768, 32767).astype("<i2")
        try:
            sys.stdout.buffer.write(samples.tobytes())
        except BrokenPipeError:
            return
    print(
        f"{television.actors.dealt} lines of actors dealt from {len(television.actors.clips)} "
        f"({minutes:.0f} min), {television.talk.dealt} of synthetic voices from "
        f"{len(television.talk.clips)} and {television.near.dealt} near misses from "
        f"{len(television.near.clips)}",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
