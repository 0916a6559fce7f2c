"""The local models server: transcription, speech and embeddings behind the OpenAI API.

    python server.py --data BUTLER_DATA/models --port 8890 [--parts embeddings,speech]

Listens on 127.0.0.1 only. Asks for the key in `BUTLER_MODELS_KEY` when that is set.
"""

import argparse
import contextlib
import os
import sys
import threading
import time
from pathlib import Path

from parts import KINDS

os.environ["HF_HUB_OFFLINE"] = "1"  # weights come from fetch.py; nothing is fetched here

LOOKS_FOR_THE_PARENT_EVERY_SECONDS = 1.0
MODEL_DOES_NOT_LOAD = 3  # exit code; the sentence is the last line on stderr


def end_with(parent: int) -> None:
    """End at once when the parent is gone: it closes our stdin, or another one adopts us."""

    def wait_for_end_of_input() -> None:
        while os.read(0, 4096):
            pass
        os._exit(0)

    def watch_parent() -> None:
        while os.getppid() == parent:
            time.sleep(LOOKS_FOR_THE_PARENT_EVERY_SECONDS)
        os._exit(0)

    for watch in (wait_for_end_of_input, watch_parent):
        threading.Thread(target=watch, daemon=True).start()


def fail(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
    os._exit(MODEL_DOES_NOT_LOAD)


def kinds_in(text: str) -> list[str]:
    """The parts named in `text`, in their usual order. Raises ArgumentTypeError."""
    named = {name.strip() for name in text.split(",")}
    if not named <= set(KINDS):
        raise argparse.ArgumentTypeError(f"Name some of {', '.join(KINDS)}.")
    return [kind for kind in KINDS if kind in named]


def serve(chosen: argparse.Namespace) -> None:
    import uvicorn
    from starlette.applications import Starlette
    from starlette.middleware import Middleware

    from answers import HANDLERS, Guard
    from parts import Parts
    from routes import Routes

    parts = Parts(
        chosen.data, kinds=chosen.parts, threads=chosen.threads, language=chosen.language
    )

    @contextlib.asynccontextmanager
    async def life(_app):
        parts.start(on_failure=fail)
        yield

    app = Starlette(
        routes=Routes(parts).all(),
        exception_handlers=HANDLERS,
        middleware=[Middleware(Guard, key=os.environ.get("BUTLER_MODELS_KEY"))],
        lifespan=life,
    )
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=chosen.port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=1,
    )
    os._exit(0)  # a model may be in the middle of a run, and nobody waits for it


def main() -> None:
    parser = argparse.ArgumentParser(description="Serve the local models.")
    parser.add_argument("--data", type=Path, required=True, help="BUTLER_DATA/models")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument(
        "--parts",
        type=kinds_in,
        default=list(KINDS),
        help="what is served, separated by commas; all of it if not given",
    )
    parser.add_argument("--language", help="the household's language, e.g. en")
    parser.add_argument("--threads", type=int, help="overrides what the set-up chose")
    parser.add_argument("--with-parent", action="store_true", help="end with the parent")
    chosen = parser.parse_args()
    if chosen.with_parent:
        end_with(os.getppid())
    serve(chosen)


if __name__ == "__main__":
    main()
