"""What the server answers: health, models, and the routes of the parts it was started with."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from answers import Refused
from parts import Parts, resident_mb

PATHS = {
    "transcription": ("/v1/audio/transcriptions", "/openai/v1/audio/transcriptions"),
    "speech": ("/v1/audio/speech", "/v1/audio/voices"),
    "embeddings": ("/v1/embeddings",),
}


class Routes:
    """What the server answers, given its parts."""

    def __init__(self, parts: Parts):
        self.parts = parts

    def all(self) -> list[Route]:
        routes = [Route("/health", self.health), Route("/v1/models", self.models)]
        for kind, paths in PATHS.items():
            if kind in self.parts.kinds:
                routes += routes_of(kind, self.parts)
            else:
                routes += [without(kind, path) for path in paths]
        return routes

    async def health(self, _request: Request) -> Response:
        """200 when every wanted model is warm; 503 with those that are, until then."""
        body = {
            "ok": self.parts.warm,
            "parts": self.parts.kinds,
            "warm": self.parts.warm_after,
            "waiting": {kind: one.inside for kind, one in self.parts.workers.items()},
            "rss_mb": resident_mb(),
            "chosen": self.parts.chosen,
        }
        return JSONResponse(body, 200 if self.parts.warm else 503)

    async def models(self, _request: Request) -> Response:
        names = self.parts.model_names()
        listed = [{"id": name, "object": "model", "owned_by": "butler"} for name in names]
        return JSONResponse({"object": "list", "data": listed})


def routes_of(kind: str, parts: Parts) -> list[Route]:
    """Imported only when wanted: a server of embeddings has no packages for sound."""
    if kind == "transcription":
        from transcription_routes import TranscriptionRoutes

        return TranscriptionRoutes(parts).all()
    if kind == "speech":
        from speech_routes import SpeechRoutes

        return SpeechRoutes(parts).all()
    from embedding_routes import EmbeddingRoutes

    return EmbeddingRoutes(parts).all()


def without(kind: str, path: str) -> Route:
    async def refuse(_request: Request) -> Response:
        raise Refused(404, f"This server runs without {kind}. Add {kind} to its --parts.")

    return Route(path, refuse, methods=["GET", "POST"])
