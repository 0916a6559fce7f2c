"""Sentences as vectors: MiniLM, mean of the token vectors, length one."""

from pathlib import Path

import numpy
from tokenizers import Tokenizer

from runtime import session

DIMENSIONS = 384
TOKENS_MAX = 256
# Four long texts at once: the server stays at its 200 MB (sixteen: 580 MB), and is no slower.
BATCH = 4


class Embedder:
    """The embedding model. Used by one thread."""

    def __init__(self, weights: Path, threads: int):
        folder = weights / "minilm"
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(TOKENS_MAX)
        self.tokenizer.enable_padding()
        self.session = session(folder / "model.onnx", threads, arena=False)

    def embed(self, texts: list[str]) -> tuple[numpy.ndarray, int]:
        """One row of 384 float32 for each text, and the tokens that were read."""
        rows, tokens = [], 0
        for start in range(0, len(texts), BATCH):
            vectors, count = self._batch(texts[start : start + BATCH])
            rows.append(vectors)
            tokens += count
        return numpy.concatenate(rows), tokens

    def _batch(self, texts: list[str]) -> tuple[numpy.ndarray, int]:
        encoded = self.tokenizer.encode_batch(texts)
        ids = numpy.array([one.ids for one in encoded], numpy.int64)
        mask = numpy.array([one.attention_mask for one in encoded], numpy.int64)
        inputs = {
            "input_ids": ids,
            "attention_mask": mask,
            "token_type_ids": numpy.zeros_like(ids),
        }
        hidden = self.session.run(None, inputs)[0]
        mean = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
        unit = mean / numpy.linalg.norm(mean, axis=1, keepdims=True)
        return unit.astype(numpy.float32), int(mask.sum())
