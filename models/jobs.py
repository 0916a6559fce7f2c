"""One worker thread for each kind of work, and a limit on the requests that may wait for it."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from starlette.requests import Request

LOOKS_FOR_THE_CLIENT_EVERY_SECONDS = 0.05


class Busy(Exception):
    """Too many requests of this kind wait already; answered with 503 and Retry-After."""


class ClientGone(Exception):
    """The client closed the connection: nobody waits for the answer."""


class Worker:
    """Runs one job after the other, so that models never fight for the same cores."""

    def __init__(self, kind: str, waiting_max: int):
        self.kind, self.waiting_max, self.inside = kind, waiting_max, 0
        self.thread = ThreadPoolExecutor(1, thread_name_prefix=kind)

    @contextmanager
    def place(self):
        """Hold one of the places in the queue for a whole request."""
        if self.inside >= self.waiting_max:
            raise Busy(f"{self.inside} requests for {self.kind} wait already; try again soon.")
        self.inside += 1
        try:
            yield
        finally:
            self.inside -= 1

    async def run(self, function: Callable, *arguments) -> Any:
        return await asyncio.get_running_loop().run_in_executor(
            self.thread, function, *arguments
        )


async def unless_gone(
    request: Request, work: Coroutine, cancel: Callable[[], None] = lambda: None
) -> Any:
    """Await `work`; when the client leaves first, call `cancel` and raise ClientGone."""
    task = asyncio.ensure_future(work)
    try:
        while True:
            done, _ = await asyncio.wait({task}, timeout=LOOKS_FOR_THE_CLIENT_EVERY_SECONDS)
            if done:
                return task.result()
            if await request.is_disconnected():
                raise ClientGone
    finally:
        if not task.done():
            cancel()
            task.cancel()
