"""Scenes for training: the word in rooms and contexts with its end marked, and hours without it."""

from dataclasses import dataclass
from pathlib import Path

import numpy

from clips import is_of, read_clip, spoken
from features import BLOCK, FIRST_STEP_ENDS, HEAD_STEPS, Features, step_after, windows
from recordings import recordings
from room import Sounds, mixed, speaker_of
from voices import RATE_HZ

BEFORE_SECONDS = 2.4
AFTER_SECONDS = 1.2
HIT_STEPS = 4  # a head may fire from the end of the word until about 350 ms after it
HIT_AFTER_SECONDS = 0.03  # before this the last sound of the word has only begun
# Before this the word is not over; later than this it begins to leave the window.
EARLY_SECONDS, LATE_SECONDS = 0.35, 1.0
SIGNAL_TO_NOISE_DB = (2.0, 30.0)


@dataclass
class Stream:
    """Embeddings of one stretch of sound, and the last steps of windows to learn from."""

    embeddings: numpy.ndarray
    steps: numpy.ndarray


def filled_up(sound: numpy.ndarray, blocks: int = 1) -> numpy.ndarray:
    """Silence behind it up to a whole number of blocks: quick to transform."""
    return numpy.concatenate([sound, numpy.zeros(-len(sound) % (blocks * BLOCK), "f4")])


class Stage:
    """Everything of one part (train or test) that scenes are made of."""

    def __init__(self, features: Features, *, clips: Path, recorded: Path, part: str):
        self.features, self.folder = features, clips
        self.lines = spoken(clips, part)
        self.sounds = Sounds(
            *(recordings(recorded, part, kind) for kind in ("speech", "music", "effect"))
        )

    def words(self, word: str, kind: str = "word") -> list[dict]:
        return [one for one in self.lines if is_of(one, word) and one["kind"] == kind]

    def others(self) -> list[dict]:
        """Talk and near misses; not the other words, which call Butler too."""
        return [one for one in self.lines if "word" not in one]

    def clip(self, one: dict) -> numpy.ndarray:
        return read_clip(self.folder / one["file"])

    def scene(self, rng: numpy.random.Generator, one: dict) -> tuple[numpy.ndarray, int]:
        """A word with what goes before and after it, in a room; and the sample where it ends."""
        word = speaker_of(rng, self.clip(one))
        before = numpy.zeros(int(BEFORE_SECONDS * RATE_HZ) + rng.integers(BLOCK), "f4")
        after = numpy.zeros(int(AFTER_SECONDS * RATE_HZ), "f4")
        for room, at_end in ((before, True), (after, False)):
            if rng.random() < 0.35:
                other = self.clip(self.lines[rng.integers(len(self.lines))])
                gap = int(rng.uniform(0.05, 0.5) * RATE_HZ)
                piece = (other[-(len(room) - gap) :] if at_end else other[: len(room) - gap]).copy()
                if at_end:
                    room[len(room) - gap - len(piece) : len(room) - gap] = piece
                else:
                    room[gap : gap + len(piece)] = piece
        sound = filled_up(numpy.concatenate([before, word * rng.uniform(0.6, 1.4), after]))
        made = mixed(rng, sound, sounds=self.sounds, signal_to_noise_db=SIGNAL_TO_NOISE_DB)
        return made, len(before) + len(word)


def hits_and_misses(stage: Stage, rng: numpy.random.Generator, one: dict):
    """Windows at the end of the word (hits), and those around it that are not (misses)."""
    sound, end = stage.scene(rng, one)
    embeddings = stage.features.embeddings(sound)
    first = step_after(end + int(HIT_AFTER_SECONDS * RATE_HZ))
    hits = numpy.arange(first, first + HIT_STEPS)
    ends = FIRST_STEP_ENDS + numpy.arange(len(embeddings)) * BLOCK
    apart = (ends < end - EARLY_SECONDS * RATE_HZ) | (ends > end + LATE_SECONDS * RATE_HZ)
    misses = numpy.flatnonzero(apart)
    usable = (HEAD_STEPS - 1, len(embeddings))
    hits = hits[(hits >= usable[0]) & (hits < usable[1])]
    return windows(embeddings, hits), Stream(embeddings, misses[misses >= usable[0]])


def first_words(stage: Stage, rng: numpy.random.Generator, one: dict) -> Stream:
    """A clip that begins with the word and goes on: the windows among which it ends."""
    clip = speaker_of(rng, stage.clip(one))
    before = numpy.zeros(int(BEFORE_SECONDS * RATE_HZ) + rng.integers(BLOCK), "f4")
    sound = filled_up(numpy.concatenate([before, clip, numpy.zeros(RATE_HZ // 2, "f4")]))
    sound = mixed(rng, sound, sounds=stage.sounds, signal_to_noise_db=SIGNAL_TO_NOISE_DB)
    embeddings = stage.features.embeddings(sound)
    first = max(HEAD_STEPS - 1, step_after(len(before) + RATE_HZ // 3))
    return Stream(embeddings, numpy.arange(first, min(first + 14, len(embeddings))))


def all_steps(embeddings: numpy.ndarray) -> Stream:
    return Stream(embeddings, numpy.arange(HEAD_STEPS - 1, len(embeddings)))


def talk(stage: Stage, rng: numpy.random.Generator, seconds: float) -> Stream:
    """Near misses and talk by the corpus's voices with pauses, a minute to a room."""
    others, parts, have = stage.others(), [], 0
    while have < seconds * RATE_HZ:
        pieces, length = [], 0
        while length < 20 * RATE_HZ:
            clip = speaker_of(rng, stage.clip(others[rng.integers(len(others))]))
            pause = numpy.zeros(int(rng.uniform(0.1, 1.2) * RATE_HZ), "f4")
            pieces += [clip * rng.uniform(0.4, 1), pause]
            length += len(clip) + len(pause)
        sound = filled_up(numpy.concatenate(pieces), 16)
        parts.append(
            mixed(rng, sound, sounds=stage.sounds, signal_to_noise_db=SIGNAL_TO_NOISE_DB)
        )
        have += length
    return all_steps(stage.features.embeddings(numpy.concatenate(parts)))


def recorded(stage: Stage, rng: numpy.random.Generator, plain: bool) -> list[Stream]:
    """All recorded speech once, as it is or in rooms with noises, then the music and effects."""
    made = []
    order = rng.permutation(len(stage.sounds.speech))
    for group in numpy.array_split(order, max(1, len(order) // 16)):
        sound = numpy.concatenate(
            [p for at in group for p in (stage.sounds.speech[at], numpy.zeros(3_000, "f4"))]
        )
        if not plain:
            sound = filled_up(speaker_of(rng, filled_up(sound, 16)), 16)
            sound = mixed(rng, sound, sounds=stage.sounds, signal_to_noise_db=(0, 30))
        made.append(all_steps(stage.features.embeddings(sound)))
    for sound in [*stage.sounds.music, *stage.sounds.effects]:
        loudest = 10 ** (rng.uniform(-25, 0) / 20)
        sound = sound / (numpy.abs(sound).max() + 1e-9) * loudest
        made.append(all_steps(stage.features.embeddings(sound)))
    return made
