"""POST /v1/audio/speech: text in, sound out piece by piece; and the voices there are."""

from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

import speak
from answers import Refused, json_body
from jobs import ClientGone, unless_gone
from parts import SPEECH_MODELS, Parts
from pieces import pieces

INPUT_CHARACTERS_MAX = 4096


class SpeechRoutes:
    """What is answered with the voice."""

    def __init__(self, parts: Parts):
        self.parts = parts

    def all(self) -> list[Route]:
        return [
            Route("/v1/audio/voices", self.voices),
            Route("/v1/audio/speech", self.speech, methods=["POST"]),
        ]

    async def voices(self, _request: Request) -> Response:
        return JSONResponse({"voices": speak.voices_in(self.parts.weights)})

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
            first = speak.wav_header(len(first) if len(spoken) == 1 else None) + first

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
