"""A small network over time, trained with nothing but numpy: every layer is a convolution.

A layer [width, inputs, outputs] sees `width` steps of its input at once; a layer as wide as all
steps that are left is a dense one. So the same network scores one window (16 steps → 1 number) or
a whole recording at once (n steps → n - 15 numbers).
"""

import json
import struct
from pathlib import Path

import numpy

MAGIC = b"BWAKE2\0\0"
SLOPE = 0.1  # of the leaky ReLU between layers
DECAY = 1e-4  # of the weights
FIRST, SECOND = 0.9, 0.999  # moments of Adam (Kingma and Ba, 2015)


def columns(batch: numpy.ndarray, width: int) -> numpy.ndarray:
    """(batch, steps, channels) → (batch, steps - width + 1, width * channels)."""
    count, steps, channels = batch.shape
    left = steps - width + 1
    parts = [batch[:, k : k + left] for k in range(width)]
    return numpy.concatenate(parts, 2) if width > 1 else batch.reshape(count, left, channels)


class Network:
    """`shapes` are [width, inputs, outputs] of each layer; the last one has a single output."""

    def __init__(self, shapes: list[tuple[int, int, int]], seed: int):
        rng = numpy.random.default_rng(seed)
        self.shapes = shapes
        self.weights = [
            (rng.standard_normal((w * a, b)) * numpy.sqrt(2 / (w * a))).astype("f4")
            for w, a, b in shapes
        ]
        self.biases = [numpy.zeros(b, "f4") for _, _, b in shapes]
        self.moments = [
            (numpy.zeros_like(one), numpy.zeros_like(one)) for one in self.weights + self.biases
        ]
        self.count = 0

    def run(self, batch: numpy.ndarray) -> tuple[numpy.ndarray, list[numpy.ndarray]]:
        """(batch, steps, channels) → logits (batch, steps left), and what each layer saw."""
        seen = []
        for at, (width, _, _) in enumerate(self.shapes):
            seen.append(columns(batch, width))
            batch = seen[-1] @ self.weights[at] + self.biases[at]
            if at < len(self.shapes) - 1:
                batch = numpy.maximum(batch, SLOPE * batch)
        return batch[:, :, 0], seen

    def logits(self, windows: numpy.ndarray) -> numpy.ndarray:
        return self.run(windows)[0][:, 0]

    def step(self, windows: numpy.ndarray, wanted: numpy.ndarray, rate: float) -> float:
        """One step down the logistic loss of windows with what is `wanted` of them; the loss."""
        logits, seen = self.run(windows)
        said = 1 / (1 + numpy.exp(-numpy.clip(logits[:, 0], -30, 30)))
        gradient = ((said - wanted) / len(wanted))[:, None, None].astype("f4")
        by_weight, by_bias = [], []
        for at in reversed(range(len(self.shapes))):
            rows = gradient.reshape(-1, gradient.shape[2])
            by_weight.insert(0, seen[at].reshape(len(rows), -1).T @ rows + DECAY * self.weights[at])
            by_bias.insert(0, rows.sum(0))
            if at:
                gradient = self._back(gradient, seen, at)
        self._adam(by_weight + by_bias, rate)
        right = numpy.where(wanted > 0, said, 1 - said)
        return float(-numpy.log(right + 1e-9).mean())

    def _back(self, gradient: numpy.ndarray, seen: list, at: int) -> numpy.ndarray:
        """From the output of layer `at` to the output of the layer before it."""
        width, channels, _ = self.shapes[at]
        of_columns = gradient @ self.weights[at].T
        left = gradient.shape[1]
        back = numpy.zeros((len(gradient), left + width - 1, channels), "f4")
        signs = numpy.zeros(back.shape, bool)
        for k in range(width):
            part = slice(k * channels, (k + 1) * channels)
            back[:, k : k + left] += of_columns[:, :, part]
            signs[:, k : k + left] = seen[at][:, :, part] > 0
        return back * numpy.where(signs, 1, SLOPE).astype("f4")

    def _adam(self, slopes: list[numpy.ndarray], rate: float) -> None:
        self.count += 1
        for one, slope, (first, second) in zip(
            self.weights + self.biases, slopes, self.moments, strict=True
        ):
            first += (1 - FIRST) * (slope - first)
            second += (1 - SECOND) * (slope**2 - second)
            mean = first / (1 - FIRST**self.count)
            spread = numpy.sqrt(second / (1 - SECOND**self.count))
            one -= rate * mean / (spread + 1e-8)

    def folded(self, mean: numpy.ndarray, scale: numpy.ndarray) -> list[tuple]:
        """Weights and biases for inputs as they are, where it was trained on (x - mean) * scale."""
        width = self.shapes[0][0]
        scales, means = numpy.tile(scale, width), numpy.tile(mean, width)
        first = self.weights[0] * scales[:, None]
        bias = self.biases[0] - (means * scales) @ self.weights[0]
        return [(first, bias), *zip(self.weights[1:], self.biases[1:], strict=True)]


def write_members(path: Path, members: list[list[tuple]], about: dict) -> None:
    """Magic, length of a JSON header, the header, then float16: weights (in × out) and biases."""
    header = json.dumps({**about, "members": len(members), "slope": SLOPE}).encode()
    header += b" " * (-len(header) % 4)
    with open(path, "wb") as file:
        file.write(MAGIC + struct.pack("<I", len(header)) + header)
        for weight, bias in (layer for member in members for layer in member):
            file.write(weight.astype("<f2").tobytes() + bias.astype("<f2").tobytes())
