"""The models of the server: which are wanted, how far each is warm, who may use it."""

import json
import sys
import threading
import time
from pathlib import Path

from jobs import Worker

WAITING_MAX = {"transcription": 8, "speech": 8, "embeddings": 32}
KINDS = tuple(WAITING_MAX)
SPEECH_MODELS = ("kokoro", "tts-1")
EMBEDDING_MODEL = "all-minilm-l6-v2"


class Parts:
    """Loads the models of `kinds` side by side; the others are not here."""

    def __init__(
        self, data: Path, *, kinds: list[str], threads: int | None, language: str | None
    ):
        self.kinds = kinds
        self.weights = data / "weights"
        self.chosen = read_chosen(data)
        self.threads = threads or self.chosen["threads"]
        self.language = language
        self.workers = {kind: Worker(kind, WAITING_MAX[kind]) for kind in kinds}
        self.warm_after: dict[str, float] = {}
        self.transcribers: dict = {}
        self.loading = threading.Lock()

    @property
    def transcription_model(self) -> str:
        return self.chosen["transcription"]["model"]

    @property
    def warm(self) -> bool:
        return len(self.warm_after) == len(self.kinds)

    def model_names(self) -> list[str]:
        """What may be asked for as `model`."""
        names = {
            "transcription": self.transcription_models(),
            "speech": SPEECH_MODELS,
            "embeddings": [EMBEDDING_MODEL],
        }
        return [name for kind in self.kinds for name in names[kind]]

    def transcription_models(self) -> list[str]:
        """Those whose weights are here; the chosen one first."""
        here = [name for name in ("base", "tiny.en") if (self.weights / name).is_dir()]
        return sorted(here, key=lambda name: name != self.transcription_model)

    def transcriber(self, name: str):
        """The model of that name, loaded at its first use. Called on the worker's thread."""
        from transcribe import Transcriber

        with self.loading:
            if name not in self.transcribers:
                self.transcribers[name] = Transcriber(self.weights, name, self.threads)
            return self.transcribers[name]

    def start(self, on_failure) -> None:
        """Load and warm every model on a thread of its own. `on_failure(sentence)` is called
        when one cannot load.
        """
        loaders = {
            "speech": self._warm_speech,
            "transcription": self._warm_transcription,
            "embeddings": self._warm_embeddings,
        }
        for kind in self.kinds:
            self.workers[kind].thread.submit(self._warm, kind, loaders[kind], on_failure)

    def _warm(self, kind: str, load, on_failure) -> None:
        started = time.monotonic()
        try:
            load()
            self.warm_after[kind] = round(time.monotonic() - started, 2)
        except Exception as error:
            on_failure(
                f"The local {kind} model does not load ({type(error).__name__}: {error}). "
                f"Delete {self.weights} and start again: it is fetched anew."
            )

    def _warm_speech(self) -> None:
        from speak import DEFAULT_VOICE, Speaker, Synthesis

        self.speaker = Speaker(self.weights, self.threads)
        self.speaker.say("Yes?", DEFAULT_VOICE, speed=1.0, synthesis=Synthesis())

    def _warm_transcription(self) -> None:
        from transcribe import Wish

        transcriber = self.transcriber(self.transcription_model)
        transcriber.warm(Wish(language="en", beam_size=1))

    def _warm_embeddings(self) -> None:
        from embed import Embedder

        self.embedder = Embedder(self.weights, self.threads)
        self.embedder.embed(["good morning"])


def read_chosen(data: Path) -> dict:
    """What the measurement at set-up chose. Without it: the small model, two threads."""
    try:
        return json.loads((data / "chosen.json").read_text())
    except FileNotFoundError:
        here = [name for name in ("tiny.en", "base") if (data / "weights" / name).is_dir()]
        return {"transcription": {"model": (here or ["tiny.en"])[0]}, "threads": 2}


def resident_mb() -> int:
    """The memory this process holds now (on systems without /proc: at its peak)."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        import resource

        return pages * resource.getpagesize() // 1_000_000
    except (OSError, ImportError):
        return peak_mb()


def peak_mb() -> int:
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // 1_000_000 if sys.platform == "darwin" else peak // 1000
