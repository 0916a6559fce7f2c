"""Choose the sizes by measurement: how fast does this machine speak and transcribe?

    python measure.py --data FOLDER --language en --hardware "NAME x CORES"

Speaks one sentence, lets each candidate transcribe it, and writes chosen.json.
"""

import argparse
import datetime
import json
import os
import sys
import threading
import time
from pathlib import Path

from fetch import Weights
from report import run_step, say

SENTENCE = "Please turn on the lights in the kitchen."
ANSWERS_WITHIN_SECONDS = 1.2
# `base` does about twice the work of `tiny.en`; half of that as doubt. A machine on which
# tiny.en is slower than this is spared the larger download.
HOPELESS_SECONDS = ANSWERS_WITHIN_SECONDS / 1.5
RUNS = 3
THREADS_MAX = 4


def best_of(runs: int, work) -> float:
    """The fastest of some runs: what other programs take is not the machine's fault."""
    seconds = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return round(min(seconds), 3)


def measure_speech(weights: Path, threads: int) -> tuple[bytes, dict]:
    """A recording of the sentence as WAV, and how long it took."""
    from speak import DEFAULT_VOICE, SAMPLE_RATE_HZ, Speaker, Synthesis, pcm, wav_header

    say(step="measure", file="kokoro")
    speaker = Speaker(weights, threads)

    def speak() -> bytes:
        return pcm(speaker.say(SENTENCE, DEFAULT_VOICE, speed=1.0, synthesis=Synthesis()))

    sound = speak()
    seconds = best_of(RUNS - 1, speak)
    length = len(sound) / 2 / SAMPLE_RATE_HZ
    figures = {
        "characters": len(SENTENCE),
        "seconds": seconds,
        "audioSeconds": round(length, 2),
        "realTimeFactor": round(seconds / length, 2),
    }
    return wav_header(len(sound)) + sound, figures


def measure_transcription(weights: Path, name: str, *, threads: int, clip: bytes) -> dict:
    from transcribe import BEAM_SIZES, Transcriber, Wish

    say(step="measure", file=name)
    transcriber = Transcriber(weights, name, threads)
    wish, never = Wish(language="en"), threading.Event()
    heard = transcriber.transcribe(clip, wish, never)
    seconds = best_of(RUNS, lambda: transcriber.transcribe(clip, wish, never))
    return {
        "seconds": seconds,
        "beamSize": BEAM_SIZES[name],
        "clipSeconds": round(heard["duration"], 2),
    }


def choose(chosen: argparse.Namespace) -> None:
    """Fetch what a choice needs, measure, and write chosen.json in one step."""
    weights = Weights(chosen.data)
    english = chosen.language.split("-")[0] == "en"
    weights.fetch(["kokoro", "tiny.en" if english else "base"])
    threads = chosen.threads or min(THREADS_MAX, os.cpu_count() or 1)
    clip, speech = measure_speech(weights.folder, threads)
    transcription = {}
    if english:
        small = measure_transcription(weights.folder, "tiny.en", threads=threads, clip=clip)
        transcription["tiny.en"] = small
    if not english or small["seconds"] <= HOPELESS_SECONDS:
        weights.fetch(["base"])
        base = measure_transcription(weights.folder, "base", threads=threads, clip=clip)
        transcription["base"] = base
    large = transcription.get("base")
    fast_enough = large is not None and large["seconds"] <= ANSWERS_WITHIN_SECONDS
    name = "base" if fast_enough or not english else "tiny.en"
    result = {
        "transcription": {"model": name, "beamSize": transcription[name]["beamSize"]},
        "speech": {"model": "kokoro", "voice": "af_heart"},
        "threads": threads,
        "language": chosen.language,
        "hardware": chosen.hardware,
        "measured": {
            "at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            "transcription": transcription,
            "speech": speech,
        },
    }
    partial = chosen.data / "chosen.json.partial"
    partial.write_text(json.dumps(result, indent=2) + "\n")
    os.replace(partial, chosen.data / "chosen.json")
    say(step="measure", done=True, transcription=name)


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure this machine and choose the sizes.")
    parser.add_argument("--data", type=Path, required=True, help="BUTLER_DATA/models")
    parser.add_argument("--language", default="en")
    parser.add_argument("--hardware", default="unknown", help="kept beside the figures")
    parser.add_argument("--threads", type=int)
    parser.add_argument("--with-parent", action="store_true", help="end when stdin is closed")
    chosen = parser.parse_args()
    return run_step(lambda: choose(chosen), chosen.with_parent)


if __name__ == "__main__":
    sys.exit(main())
