"""Speech from text: Kokoro, one piece at a time, ended at once when nobody listens."""

import struct
import threading
from pathlib import Path

import numpy
import onnxruntime

from runtime import session

SAMPLE_RATE_HZ = 24_000
LENGTH_UNKNOWN = 0xFFFFFFFF
DEFAULT_VOICE = "af_heart"
# The first letter of a Kokoro voice is its language.
LANGUAGES = {
    "a": "en-us",
    "b": "en-gb",
    "e": "es",
    "f": "fr-fr",
    "h": "hi",
    "i": "it",
    "p": "pt-br",
}


class Cancelled(Exception):
    """The run was ended because its client has gone."""


class Synthesis:
    """One request's hold on the model: `cancel` ends even a run that is under way."""

    def __init__(self):
        self.cancelled = threading.Event()
        self.options = onnxruntime.RunOptions()

    def cancel(self) -> None:
        self.cancelled.set()
        self.options.terminate = True


class CancellableSession:
    """An onnxruntime session whose runs obey the synthesis they belong to."""

    def __init__(self, real: onnxruntime.InferenceSession):
        self.real, self.synthesis = real, Synthesis()

    def __getattr__(self, name: str):
        return getattr(self.real, name)

    def run(self, outputs, inputs):
        return self.real.run(outputs, inputs, self.synthesis.options)


class Speaker:
    """The Kokoro model with its voices. Used by one thread."""

    def __init__(self, weights: Path, threads: int):
        from kokoro_onnx import Kokoro

        folder = weights / "kokoro"
        self.session = CancellableSession(session(folder / "model.int8.onnx", threads))
        self.kokoro = Kokoro.from_session(self.session, str(folder / "voices.npz"))

    def say(
        self, text: str, voice: str, *, speed: float, synthesis: Synthesis
    ) -> numpy.ndarray:
        """Speak one piece: float32 samples at 24 kHz. Text without sound gives no samples."""
        if synthesis.cancelled.is_set():
            raise Cancelled
        if not any(letter.isalnum() for letter in text):
            return numpy.zeros(0, numpy.float32)
        self.session.synthesis = synthesis
        try:
            samples, _ = self.kokoro.create(text, voice, speed, LANGUAGES[voice[0]])
        except ValueError as error:
            if "phonemes" in str(error):
                return numpy.zeros(0, numpy.float32)
            raise
        except Exception:
            if synthesis.cancelled.is_set():
                raise Cancelled from None
            raise
        return samples


def voices_in(weights: Path) -> list[str]:
    return sorted(path.stem for path in (weights / "kokoro" / "voices").glob("*.bin"))


def pcm(samples: numpy.ndarray, pause_seconds: float = 0.0) -> bytes:
    """16-bit little-endian mono, with silence behind it."""
    sound = (numpy.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()
    return sound + bytes(2 * round(pause_seconds * SAMPLE_RATE_HZ))


def wav_header(data_bytes: int | None) -> bytes:
    """RIFF header for 24 kHz mono. A stream whose length is unknown says the largest."""
    size = LENGTH_UNKNOWN if data_bytes is None else data_bytes
    rate = SAMPLE_RATE_HZ
    return struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        *(b"RIFF", min(size + 36, LENGTH_UNKNOWN), b"WAVE"),
        *(b"fmt ", 16, 1, 1, rate, rate * 2, 2, 16),
        *(b"data", size),
    )
