"""POST /v1/embeddings: texts in, vectors out."""

import base64

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from answers import Refused, json_body
from embed import DIMENSIONS
from jobs import unless_gone
from parts import EMBEDDING_MODEL, Parts

INPUTS_MAX = 512


class EmbeddingRoutes:
    """What is answered with the embedding model."""

    def __init__(self, parts: Parts):
        self.parts = parts

    def all(self) -> list[Route]:
        return [Route("/v1/embeddings", self.embeddings, methods=["POST"])]

    async def embeddings(self, request: Request) -> Response:
        body = await json_body(request)
        if body.get("model", EMBEDDING_MODEL) != EMBEDDING_MODEL:
            raise Refused(404, f"There is no such model. Use {EMBEDDING_MODEL}.", "model")
        texts = body.get("input")
        texts = [texts] if isinstance(texts, str) else texts
        good = isinstance(texts, list) and all(isinstance(one, str) and one for one in texts)
        if not good or not 0 < len(texts) <= INPUTS_MAX:
            sentence = f"Send one text, or 1 to {INPUTS_MAX} of them, as input."
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
