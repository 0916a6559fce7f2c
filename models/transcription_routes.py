"""POST /v1/audio/transcriptions: a recording in, its words out."""

import threading

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from answers import Refused
from jobs import unless_gone
from parts import Parts
from transcribe import BadAudio, Wish


class TranscriptionRoutes:
    """What is answered with the transcription model."""

    def __init__(self, parts: Parts):
        self.parts = parts

    def all(self) -> list[Route]:
        # Groq's client puts a prefix before the path: the same plugin asks Groq and us.
        paths = ("/v1/audio/transcriptions", "/openai/v1/audio/transcriptions")
        return [Route(path, self.transcriptions, methods=["POST"]) for path in paths]

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
