"""The OpenAI routes: transcriptions, speech, embeddings, models, voices; and health."""

import base64
import struct
import threading
from collections.abc import AsyncIterator

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

import speak
from answers import Refused, json_body
from embed import DIMENSIONS
from embed import NAME as EMBEDDING_MODEL
from jobs import ClientGone, unless_gone
from parts import Parts, resident_mb
from pieces import pieces
from transcribe import BadAudio, Wish

INPUT_CHARACTERS_MAX = 4096
EMBEDDING_INPUTS_MAX = 512
SPEECH_MODELS = ("kokoro", "tts-1")
LENGTH_UNKNOWN = 0xFFFFFFFF


class Routes:
    """What the server answers, given its parts."""

    def __init__(self, parts: Parts):
        self.parts = parts

    def all(self) -> list[Route]:
        post = {"methods": ["POST"]}
        return [
            Route("/health", self.health),
            Route("/v1/models", self.models),
            Route("/v1/audio/voices", self.voices),
            Route("/v1/audio/transcriptions", self.transcriptions, **post),
            # Groq's client puts this prefix before the path: the same plugin asks Groq and us.
            Route("/openai/v1/audio/transcriptions", self.transcriptions, **post),
            Route("/v1/audio/speech", self.speech, **post),
            Route("/v1/embeddings", self.embeddings, **post),
        ]

    async def health(self, _request: Request) -> Response:
        """200 when every model is warm; 503 with those that are, until then."""
        body = {
            "ok": self.parts.warm,
            "warm": self.parts.warm_after,
            "waiting": {kind: one.inside for kind, one in self.parts.workers.items()},
            "rss_mb": resident_mb(),
            "chosen": self.parts.chosen,
        }
        return JSONResponse(body, 200 if self.parts.warm else 503)

    async def models(self, _request: Request) -> Response:
        names = [*self.parts.transcription_models(), *SPEECH_MODELS, EMBEDDING_MODEL]
        listed = [{"id": name, "object": "model", "owned_by": "butler"} for name in names]
        return JSONResponse({"object": "list", "data": listed})

    async def voices(self, _request: Request) -> Response:
        return JSONResponse({"voices": speak.voices_in(self.parts.weights)})

    async def transcriptions(self, request: Request) -> Response:
        async with request.form() as form:
            upload = form.get("file")
            if not isinstance(upload, UploadFile):
                raise Refused(400, "Send the recording as the form field file.", "file")
            name, wish = self._wish(form)
            layout = text_of(form, "response_format") or "json"
            if layout not in ("json", "text", "verbose_json"):
                raise Refused(400, "Choose json, text or verbose_json.", "response_format")
            data = await upload.read()
        worker, cancelled = self.parts.workers["transcription"], threading.Event()

        def work() -> dict:
            return self.parts.transcriber(name).transcribe(data, wish, cancelled)

        with worker.place():
            try:
                result = await unless_gone(request, worker.run(work), cancelled.set)
            except BadAudio as bad:
                raise Refused(400, str(bad), "file") from bad
        if layout == "text":
            return PlainTextResponse(result["text"])
        return JSONResponse(result if layout == "verbose_json" else {"text": result["text"]})

    def _wish(self, form: FormData) -> tuple[str, Wish]:
        """The model and the options of a transcription. Raises Refused."""
        here = self.parts.transcription_models()
        name = text_of(form, "model") or "whisper-1"
        name = self.parts.transcription_model if name == "whisper-1" else name
        if name not in here:
            raise Refused(404, f"There is no model {name}. Use {' or '.join(here)}.", "model")
        language = (text_of(form, "language") or self.parts.language or "").split("-")[0]
        if name.endswith(".en") and language not in ("", "en"):
            raise Refused(400, f"{name} knows English only. Use base.", "language")
        if language and language not in known_languages():
            raise Refused(400, f"{language} is no language code; en is one.", "language")
        beam_size = number_of(form, "beam_size", least=1, most=10)
        wish = Wish(
            language=language or None,
            prompt=text_of(form, "prompt"),
            hotwords=text_of(form, "hotwords"),
            temperature=number_of(form, "temperature", least=0, most=1) or 0.0,
            beam_size=int(beam_size) if beam_size else None,
            vad_filter=(text_of(form, "vad_filter") or "true").lower() in ("true", "1"),
        )
        return name, wish

    async def speech(self, request: Request) -> Response:
        body = await json_body(request)
        voice, speed, layout = self._speech_options(body)
        text = body.get("input")
        if not isinstance(text, str) or not text.strip():
            raise Refused(400, "Send the text to speak as input.", "input")
        if len(text) > INPUT_CHARACTERS_MAX:
            sentence = f"The text is longer than {INPUT_CHARACTERS_MAX} characters; split it."
            raise Refused(400, sentence, "input")
        spoken = pieces(text)
        stream = self._speak(request, spoken, voice=voice, speed=speed)
        first = await anext(stream, b"")
        kind = "audio/wav" if layout == "wav" else "audio/pcm"
        if layout == "wav":
            first = wav_header(len(first) if len(spoken) == 1 else None) + first

        async def everything() -> AsyncIterator[bytes]:
            yield first
            try:
                async for chunk in stream:
                    yield chunk
            except (ClientGone, speak.Cancelled):
                return

        return StreamingResponse(everything(), media_type=kind)

    def _speech_options(self, body: dict) -> tuple[str, float, str]:
        if body.get("model", "kokoro") not in SPEECH_MODELS:
            raise Refused(404, f"There is no such model. Use {SPEECH_MODELS[0]}.", "model")
        voices = speak.voices_in(self.parts.weights)
        voice = body.get("voice") or speak.DEFAULT_VOICE
        if voice not in voices:
            raise Refused(404, f"There is no such voice. Use {', '.join(voices)}.", "voice")
        speed = body.get("speed", 1)
        if not isinstance(speed, (int, float)) or not 0.5 <= speed <= 2:
            raise Refused(400, "The speed is a number from 0.5 to 2.", "speed")
        layout = body.get("response_format", "wav")
        if layout not in ("pcm", "wav"):
            raise Refused(400, "This server speaks pcm and wav.", "response_format")
        return voice, float(speed), layout

    async def _speak(
        self, request: Request, spoken: list[tuple[str, float]], *, voice: str, speed: float
    ) -> AsyncIterator[bytes]:
        """16-bit PCM, piece by piece; the model stops within a step when the client leaves."""
        worker, synthesis = self.parts.workers["speech"], speak.Synthesis()
        with worker.place():
            for piece, pause_seconds in spoken:

                def work(piece=piece, pause_seconds=pause_seconds) -> bytes:
                    samples = self.parts.speaker.say(piece, voice, speed=speed, synthesis=synthesis)
                    return speak.pcm(samples, pause_seconds)

                yield await unless_gone(request, worker.run(work), synthesis.cancel)

    async def embeddings(self, request: Request) -> Response:
        body = await json_body(request)
        if body.get("model", EMBEDDING_MODEL) != EMBEDDING_MODEL:
            raise Refused(404, f"There is no such model. Use {EMBEDDING_MODEL}.", "model")
        texts = body.get("input")
        texts = [texts] if isinstance(texts, str) else texts
        good = isinstance(texts, list) and all(isinstance(one, str) and one for one in texts)
        if not good or not 0 < len(texts) <= EMBEDDING_INPUTS_MAX:
            sentence = f"Send one text, or 1 to {EMBEDDING_INPUTS_MAX} of them, as input."
            raise Refused(400, sentence, "input")
        if body.get("dimensions", DIMENSIONS) != DIMENSIONS:
            raise Refused(400, f"The vectors have {DIMENSIONS} dimensions.", "dimensions")
        layout = body.get("encoding_format", "float")
        if layout not in ("float", "base64"):
            raise Refused(400, "Choose float or base64.", "encoding_format")
        worker = self.parts.workers["embeddings"]
        with worker.place():
            work = worker.run(lambda: self.parts.embedder.embed(texts))
            vectors, tokens = await unless_gone(request, work)
        rows = [
            base64.b64encode(row.tobytes()).decode() if layout == "base64" else row.tolist()
            for row in vectors
        ]
        data = [
            {"object": "embedding", "index": index, "embedding": row}
            for index, row in enumerate(rows)
        ]
        usage = {"prompt_tokens": tokens, "total_tokens": tokens}
        answer = {"object": "list", "model": EMBEDDING_MODEL, "data": data, "usage": usage}
        return JSONResponse(answer)


def text_of(form: FormData, name: str) -> str | None:
    value = form.get(name)
    return value if isinstance(value, str) and value else None


def number_of(form: FormData, name: str, *, least: float, most: float) -> float | None:
    value = text_of(form, name)
    if value is None:
        return None
    try:
        number = float(value)
    except ValueError:
        number = least - 1
    if not least <= number <= most:
        raise Refused(400, f"{name} is a number from {least} to {most}.", name)
    return number


def known_languages() -> tuple[str, ...]:
    from faster_whisper.tokenizer import _LANGUAGE_CODES

    return _LANGUAGE_CODES


def wav_header(data_bytes: int | None) -> bytes:
    """RIFF header for 24 kHz mono. A stream whose length is unknown says the largest."""
    size = LENGTH_UNKNOWN if data_bytes is None else data_bytes
    rate = speak.SAMPLE_RATE_HZ
    return struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        *(b"RIFF", min(size + 36, LENGTH_UNKNOWN), b"WAVE"),
        *(b"fmt ", 16, 1, 1, rate, rate * 2, 2, 16),
        *(b"data", size),
    )
