"""What a set-up step says: one JSON object a line on stdout, and the sentence it ends with."""

import json
import os
import signal
import threading
import time

NO_SPACE = 28  # exit code, after errno ENOSPC
UNAVAILABLE = 69  # exit code, after sysexits' EX_UNAVAILABLE


class SetupFailed(Exception):
    """A step cannot go on. `sentence` says what is missing and how to get it."""

    def __init__(self, kind: str, sentence: str, exit_code: int):
        super().__init__(sentence)
        self.kind, self.sentence, self.exit_code = kind, sentence, exit_code


def say(**fields) -> None:
    """Print one progress line, e.g. {"step":"weights","file":"base/model.bin","bytes":1}."""
    print(json.dumps(fields), flush=True)


class Progress:
    """Bytes of one file, printed at most four times a second."""

    def __init__(self, file: str, total: int, source: str):
        self.fields = {"step": "weights", "file": file, "source": source}
        self.total, self.printed_at = total, 0.0

    def at(self, count: int) -> None:
        now = time.monotonic()
        if count < self.total and now - self.printed_at < 0.25:
            return
        self.printed_at = now
        say(**self.fields, bytes=count, total=self.total)


def no_space(needed_bytes: int, free_bytes: int, folder) -> SetupFailed:
    needed, free = -(-needed_bytes // 1_000_000), free_bytes // 1_000_000
    return SetupFailed(
        "no-space",
        f"The disk is full: the voice models need {needed} MB in {folder} and {free} MB are "
        "free. Make room and start again; what is already there is kept.",
        NO_SPACE,
    )


def end_with_parent() -> None:
    """End this process and its children when the parent closes our stdin, as its death does."""

    def wait_for_end_of_input() -> None:
        while os.read(0, 4096):
            pass
        if hasattr(os, "killpg") and os.getpgid(0) == os.getpid():
            os.killpg(0, signal.SIGKILL)
        os._exit(1)

    threading.Thread(target=wait_for_end_of_input, daemon=True).start()


def run_step(step, watch_parent: bool) -> int:
    """Run a set-up step; turn its failure into one JSON line and an exit code."""
    if watch_parent:
        end_with_parent()
    try:
        step()
        return 0
    except SetupFailed as failure:
        say(error=failure.kind, sentence=failure.sentence)
        return failure.exit_code
