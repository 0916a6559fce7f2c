"""Text from speech: decode, look for a voice, and only then ask Whisper."""

import io
import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import av
import numpy

SAMPLE_RATE_HZ = 16_000
LONGEST_SECONDS = 15 * 60
BEAM_SIZES = {"tiny.en": 5, "base": 1}
VOICE_ACTIVITY = {
    "threshold": 0.5,
    "min_speech_duration_ms": 100,
    "min_silence_duration_ms": 500,
    "speech_pad_ms": 200,
}


class BadAudio(Exception):
    """The upload cannot be used; the sentence says why."""


@dataclass
class Wish:
    """What a request asks of the transcription."""

    language: str | None = None
    prompt: str | None = None
    hotwords: str | None = None
    temperature: float = 0.0
    beam_size: int | None = None
    vad_filter: bool = True


def decode(data: bytes) -> numpy.ndarray:
    """Any format that FFmpeg reads: float32 samples at 16 kHz. Raises BadAudio."""
    if not data:
        raise BadAudio("The file is empty. Send a recording.")
    resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE_HZ)
    blocks: list[numpy.ndarray] = []
    count = 0
    try:
        with av.open(io.BytesIO(data), metadata_errors="ignore") as container:
            for frame in itertools.chain(_checked(container), [None]):
                for block in resampler.resample(frame):
                    blocks.append(block.to_ndarray()[0])
                    count += blocks[-1].size
                if count > LONGEST_SECONDS * SAMPLE_RATE_HZ:
                    raise BadAudio(f"The recording is longer than {LONGEST_SECONDS // 60} min.")
    except (av.error.FFmpegError, ValueError, IndexError) as error:
        raise BadAudio(
            "The file is not audio that can be read. Send WAV, MP3, FLAC, OGG or WebM."
        ) from error
    if not blocks:
        raise BadAudio("The file holds no sound. Send a recording.")
    return numpy.concatenate(blocks).astype(numpy.float32) / 32768


def _checked(container):
    if not container.streams.audio:
        raise BadAudio("The file holds no audio track. Send a recording.")
    seconds = (container.duration or 0) / av.time_base
    if seconds > LONGEST_SECONDS:
        raise BadAudio(f"The recording is longer than {LONGEST_SECONDS // 60} min.")
    return container.decode(audio=0)


class Transcriber:
    """One Whisper model. Used by one thread."""

    def __init__(self, weights: Path, name: str, threads: int):
        from faster_whisper import WhisperModel

        self.name = name
        self.model = WhisperModel(
            str(weights / name), device="cpu", compute_type="int8", cpu_threads=threads
        )

    def transcribe(self, data: bytes, wish: Wish, cancelled: threading.Event) -> dict:
        """The text with its segments, in the shape of OpenAI's `verbose_json`."""
        if cancelled.is_set():
            return {}
        audio = decode(data)
        spoken, time_of = audio, float
        if wish.vad_filter:
            spoken, time_of = only_voice(audio)
        segments, language = [], wish.language or ""
        if spoken.size:
            segments, found = self._whisper(spoken, wish)
            language = found.language
        listed = []
        for segment in segments:
            if cancelled.is_set():
                return {}
            listed.append(as_openai(len(listed), segment, time_of))
        return {
            "task": "transcribe",
            "language": language,
            "duration": round(audio.size / SAMPLE_RATE_HZ, 3),
            "text": "".join(segment["text"] for segment in listed).strip(),
            "segments": listed,
        }

    def warm(self, wish: Wish) -> None:
        """Run both networks once on silence, so that the first person does not wait."""
        silence = numpy.zeros(SAMPLE_RATE_HZ, numpy.float32)
        only_voice(silence)
        list(self._whisper(silence, wish)[0])

    def _whisper(self, audio: numpy.ndarray, wish: Wish):
        return self.model.transcribe(
            audio,
            language="en" if self.name.endswith(".en") else wish.language,
            beam_size=wish.beam_size or BEAM_SIZES[self.name],
            temperature=wish.temperature,
            initial_prompt=wish.prompt,
            hotwords=wish.hotwords,
            condition_on_previous_text=False,
            without_timestamps=True,
        )


def only_voice(audio: numpy.ndarray):
    """The stretches in which somebody speaks, joined, and the way back to the real time."""
    from faster_whisper.vad import (
        SpeechTimestampsMap,
        VadOptions,
        get_speech_timestamps,
    )

    stretches = get_speech_timestamps(audio, VadOptions(**VOICE_ACTIVITY))
    if not stretches:
        return audio[:0], float
    spoken = numpy.concatenate([audio[one["start"] : one["end"]] for one in stretches])
    return spoken, SpeechTimestampsMap(stretches, SAMPLE_RATE_HZ).get_original_time


def as_openai(index: int, segment, time_of: Callable[[float], float]) -> dict:
    return {
        "id": index,
        "seek": segment.seek,
        "start": round(float(time_of(segment.start)), 2),
        "end": round(float(time_of(segment.end)), 2),
        "text": segment.text,
        "tokens": list(segment.tokens),
        "temperature": segment.temperature,
        "avg_logprob": segment.avg_logprob,
        "compression_ratio": segment.compression_ratio,
        "no_speech_prob": segment.no_speech_prob,
    }
