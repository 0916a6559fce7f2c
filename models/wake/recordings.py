"""Recorded human speech, music and noises from Debian packages, as clips of 16 kHz.

    python models/wake/recordings.py --out FOLDER [--part test]

Needs apt-get and dpkg-deb (Debian or Ubuntu); the packages are downloaded and unpacked into the
folder, never installed. Two adventure games with all their voice acting, the voices and the music
of another game and the prompts of a telephone exchange: every source belongs either to training or
to the test, so that no speaker is in both.
"""

import argparse
import hashlib
import io
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy

from voices import RATE_HZ, resample

TRAIN, TEST = "train", "test"
PACKAGES = {
    "beneath-a-steel-sky": TRAIN,
    "drascula": TRAIN,
    "asterisk-core-sounds-es-wav": TRAIN,
    "asterisk-core-sounds-fr-wav": TRAIN,
    "asterisk-core-sounds-it-wav": TRAIN,
    "flight-of-the-amazon-queen": TEST,
    "asterisk-core-sounds-en-wav": TEST,
    "pocketsphinx-testdata": TEST,
    "hedgewars-data": "both",
}
STEEL_SKY_SPEECH_FROM = 50_000  # numbers of its files from here on are lines of dialogue
STEEL_SKY_HEADER_BYTES = 22
GAME_RATE_HZ = 11_025
LONGEST_SECONDS = 90


def unsigned_8_bit(data: bytes, rate_hz: float) -> numpy.ndarray:
    sound = (numpy.frombuffer(data, numpy.uint8).astype(numpy.float32) - 128) / 128
    return resample(sound, rate_hz)


def steel_sky(root: Path) -> Iterator[numpy.ndarray]:
    """Lines of dialogue in Beneath a Steel Sky: ScummVM's engines/sky/disk.cpp reads them so."""
    folder = root / "usr/share/scummvm/beneath-a-steel-sky"
    table, disk = (folder / "sky.dnr").read_bytes(), (folder / "sky.dsk").read_bytes()
    for at in range(4, 4 + 8 * struct.unpack_from("<I", table)[0], 8):
        number, low, high = struct.unpack_from("<HHH", table, at)
        last = struct.unpack_from("<H", table, at + 6)[0]
        offset = low | (high & 0xFF) << 16
        flags = high >> 8 | last << 8
        if offset & 0x800000:
            offset = (offset & 0x7FFFFF) << 4
        if number >= STEEL_SKY_SPEECH_FROM:
            data = disk[offset : offset + (flags & 0x3FFFFF)]
            yield unsigned_8_bit(data[STEEL_SKY_HEADER_BYTES:], GAME_RATE_HZ)


def amazon_queen(root: Path) -> Iterator[numpy.ndarray]:
    """Lines of dialogue in Flight of the Amazon Queen: engines/queen/resource.cpp of ScummVM."""
    data = (root / "usr/share/scummvm/flight-of-the-amazon-queen/queen.1c").read_bytes()
    for at in range(15, 15 + 21 * struct.unpack_from(">H", data, 13)[0], 21):
        name = data[at : at + 12].split(b"\0")[0]
        offset, size = struct.unpack_from(">II", data, at + 13)
        if not name.endswith(b".SB"):
            continue
        # The packaged game holds its speech as MP3 (its header says compression 1).
        yield decoded(io.BytesIO(data[offset : offset + size]))


def drascula(root: Path) -> Iterator[numpy.ndarray]:
    for path in sorted((root / "usr/share/scummvm/drascula/en").glob("*.[aA][lL][sS]")):
        yield unsigned_8_bit(path.read_bytes(), GAME_RATE_HZ)


def decoded(file: Path | io.BytesIO) -> numpy.ndarray:
    import av

    with av.open(file if isinstance(file, io.BytesIO) else str(file)) as container:
        resampler = av.AudioResampler("flt", "mono", RATE_HZ)
        parts = []
        for frame in container.decode(audio=0):
            parts += [out.to_ndarray()[0] for out in resampler.resample(frame)]
            if sum(map(len, parts)) > LONGEST_SECONDS * RATE_HZ:
                break
        parts += [out.to_ndarray()[0] for out in resampler.resample(None)]
    return numpy.concatenate(parts) if parts else numpy.zeros(0, numpy.float32)


def files(folder: Path, *endings: str) -> Iterator[numpy.ndarray]:
    for path in sorted(one for ending in endings for one in folder.rglob(f"*.{ending}")):
        yield decoded(path)


def by_name(path: Path) -> str:
    """A whole folder of voices goes to one part, by a hash of its name."""
    return TEST if hashlib.sha256(path.name.encode()).digest()[0] % 3 == 0 else TRAIN


def clips_of(package: str, root: Path) -> Iterator[tuple[str, str, numpy.ndarray]]:
    """Kind, part and sound of everything useful in an unpacked package."""
    part = PACKAGES[package]
    games = {
        "beneath-a-steel-sky": steel_sky,
        "flight-of-the-amazon-queen": amazon_queen,
        "drascula": drascula,
    }
    if package in games:
        yield from (("speech", part, sound) for sound in games[package](root))
    elif package.startswith("asterisk"):
        yield from (("speech", part, sound) for sound in files(root / "usr/share", "wav"))
    elif package == "pocketsphinx-testdata":
        yield from (("speech", part, sound) for sound in files(root / "usr/share", "wav"))
    else:
        data = root / "usr/share/games/hedgewars/Data"
        for folder in sorted((data / "Sounds/voices").iterdir()):
            yield from (("speech", by_name(folder), sound) for sound in files(folder, "ogg"))
        for path in sorted((data / "Music").glob("*.ogg")):
            yield "music", by_name(path), decoded(path)
        for path in sorted((data / "Sounds").glob("*.ogg")):
            yield "effect", by_name(path), decoded(path)


def unpacked(package: str, folder: Path) -> Path:
    root = folder / "packages" / package
    if root.exists():
        return root
    folder.mkdir(parents=True, exist_ok=True)
    downloads = folder / "downloads"
    downloads.mkdir(exist_ok=True)
    root.parent.mkdir(exist_ok=True)
    try:
        if not list(downloads.glob(f"{package}_*.deb")):
            subprocess.run(["apt-get", "-q", "download", package], cwd=downloads, check=True)
        archive = next(downloads.glob(f"{package}_*.deb"))
        subprocess.run(["dpkg-deb", "-x", archive, root], check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SystemExit(
            f"{package} could not be fetched: this needs apt-get and dpkg-deb with Debian's main "
            f"packages (apt-get update first). {error}"
        ) from None
    return root


def fetch(folder: Path, part: str | None = None) -> None:
    """Writes FOLDER/{train,test}/{speech,music,effect}/PACKAGE.npz: int16 clips in a row."""
    for package, belongs in PACKAGES.items():
        if part is not None and belongs not in (part, "both"):
            continue
        done = folder / f"{package}.done"
        if done.exists():
            continue
        gathered: dict[tuple[str, str], list[numpy.ndarray]] = {}
        for kind, belongs_to, sound in clips_of(package, unpacked(package, folder)):
            if len(sound) < RATE_HZ // 4 or numpy.abs(sound).max() < 0.01:
                continue
            clip = numpy.clip(sound * 32767, -32768, 32767).astype("<i2")
            gathered.setdefault((belongs_to, kind), []).append(clip)
        for (belongs_to, kind), clips in gathered.items():
            path = folder / belongs_to / kind
            path.mkdir(parents=True, exist_ok=True)
            ends = numpy.cumsum([len(clip) for clip in clips])
            numpy.savez(path / f"{package}.npz", sound=numpy.concatenate(clips), ends=ends)
            minutes = ends[-1] / RATE_HZ / 60
            print(f"{package}: {belongs_to} {kind}, {len(clips)} clips, {minutes:.1f} min")
        done.touch()


def recordings(folder: Path, part: str, kind: str) -> list[numpy.ndarray]:
    """The clips of a part and kind, float32; empty when nothing was fetched."""
    made = []
    for path in sorted((folder / part / kind).glob("*.npz")):
        with numpy.load(path) as file:
            made += numpy.split(file["sound"], file["ends"][:-1])
    return [clip.astype(numpy.float32) / 32768 for clip in made]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--part", choices=(TRAIN, TEST))
    options = parser.parse_args()
    fetch(options.out, options.part)


if __name__ == "__main__":
    main()
