"""Errors in OpenAI's shape, the key, and the limit on uploads: what every route shares."""

import hmac
import json

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from jobs import Busy, ClientGone

UPLOAD_BYTES_MAX = 25_000_000
DROPPED_BYTES_MAX = 250_000_000
RETRY_AFTER_SECONDS = "1"


class Refused(Exception):
    """Answered with `status` and a sentence; `parameter` names what is wrong."""

    def __init__(self, status: int, sentence: str, parameter: str | None = None):
        super().__init__(sentence)
        self.status, self.sentence, self.parameter = status, sentence, parameter


def error(status: int, sentence: str, parameter: str | None = None, **headers) -> Response:
    kind = "invalid_request_error" if status < 500 else "server_error"
    body = {"message": sentence, "type": kind, "param": parameter, "code": None}
    return JSONResponse({"error": body}, status, headers or None)


async def on_refused(_request: Request, refused: Exception) -> Response:
    assert isinstance(refused, Refused)
    return error(refused.status, refused.sentence, refused.parameter)


async def on_http(_request: Request, refused: Exception) -> Response:
    assert isinstance(refused, HTTPException)
    return error(refused.status_code, refused.detail)


async def on_busy(_request: Request, busy: Exception) -> Response:
    return error(503, str(busy), **{"Retry-After": RETRY_AFTER_SECONDS})


async def on_client_gone(_request: Request, _gone: Exception) -> Response:
    return Response(status_code=499)


async def on_failure(_request: Request, failure: Exception) -> Response:
    return error(500, f"The model failed ({type(failure).__name__}). Try again.")


HANDLERS = {
    HTTPException: on_http,
    Refused: on_refused,
    Busy: on_busy,
    ClientGone: on_client_gone,
    Exception: on_failure,
}


class Guard:
    """ASGI middleware: asks for the key, and stops an upload that is too large."""

    def __init__(self, app, key: str | None):
        self.app, self.key = app, key

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        headers = dict(scope["headers"])
        if self.key and scope["path"] != "/health" and not self._knows(headers):
            refusal = error(401, "Send the models server's key as a bearer token.")
            return await refusal(scope, receive, send)
        return await self.app(scope, limited(receive), send)

    def _knows(self, headers: dict) -> bool:
        sent = headers.get(b"authorization", b"")
        return hmac.compare_digest(sent, f"Bearer {self.key}".encode())


def limited(receive):
    """Count the body as it comes. What is too much is read and dropped before the refusal,
    because a client that is still sending would see a broken connection, not the sentence.
    """
    count = 0

    async def counted():
        nonlocal count
        message = await receive()
        count += len(message.get("body", b""))
        if count <= UPLOAD_BYTES_MAX:
            return message
        while message.get("more_body") and count <= DROPPED_BYTES_MAX:
            message = await receive()
            count += len(message.get("body", b""))
        raise Refused(413, f"The upload is larger than {UPLOAD_BYTES_MAX // 1_000_000} MB.")

    return counted


async def json_body(request: Request) -> dict:
    try:
        body = json.loads(await request.body())
    except (json.JSONDecodeError, UnicodeDecodeError):
        body = None
    if not isinstance(body, dict):
        raise Refused(400, "Send a JSON object.")
    return body
