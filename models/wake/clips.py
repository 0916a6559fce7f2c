"""The spoken corpus on disk: a file a clip, and lines of JSON that say what each one is."""

import hashlib
import json
from pathlib import Path

import numpy


def clip_name(*parts: object) -> str:
    """The same words by the same voice are the same file."""
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:20]


def write_clip(path: Path, sound: numpy.ndarray) -> None:
    peak = numpy.abs(sound).max() or 1
    numpy.save(path, numpy.clip(sound / peak * 0.9 * 32767, -32768, 32767).astype("<i2"))


def read_clip(path: Path) -> numpy.ndarray:
    return numpy.load(path).astype(numpy.float32) / 32768


def spoken(folder: Path, part: str) -> list[dict]:
    """The lines of a part (train or test), each with its `file`."""
    lines = []
    for path in sorted(folder.glob("clips-*.jsonl")):
        lines += [json.loads(line) for line in path.read_text("utf8").splitlines()]
    return [one for one in lines if one["part"] == part]


def is_of(one: dict, word: str) -> bool:
    return one.get("word") == word
