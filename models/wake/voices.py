"""The voices that speak the corpus: Kokoro and mixes of it, Piper, espeak-ng and Flite."""

import ctypes
import json
import shutil
import subprocess
import tempfile
import wave
from pathlib import Path

import numpy
import onnxruntime

RATE_HZ = 16_000
# Never heard in training, nor in a mix of voices: what is measured is measured on these.
HELD_OUT_KOKORO = (
    *("af_sarah", "af_kore", "am_echo", "am_puck", "bf_lily", "bm_lewis", "bm_daniel"),
    *("ff_siwis", "im_nicola", "hf_beta", "jf_nezumi", "zm_yunxi"),
)
HELD_OUT_FLITE = ("rms",)
HELD_OUT_ESPEAK = ("f5", "m7", "m3")
FLITE = ("awb", "slt", "kal16", "rms")
ESPEAK = ("f1", "f2", "f3", "f4", "f5", "m1", "m2", "m3", "m4", "m5", "m6", "m7")
ESPEAK_ACCENTS = ("en-us", "en-gb", "en-gb-scotland", "en-gb-x-rp", "en-029")


def resample(sound: numpy.ndarray, rate_hz: float, to_hz: float = RATE_HZ) -> numpy.ndarray:
    """A clip at another rate, by cutting or padding its spectrum. float32 in, float32 out."""
    if rate_hz == to_hz or len(sound) < 2:
        return sound.astype(numpy.float32)
    length = max(1, round(len(sound) * to_hz / rate_hz))
    spectrum = numpy.fft.rfft(sound)
    wanted = length // 2 + 1
    fitted = numpy.zeros(wanted, spectrum.dtype)
    count = min(wanted, len(spectrum))
    fitted[:count] = spectrum[:count]
    return (numpy.fft.irfft(fitted, length) * (length / len(sound))).astype(numpy.float32)


def cut_tight(sound: numpy.ndarray, below_db: float = 38) -> numpy.ndarray:
    """The clip from its first to its last 10 ms that is not much quieter than its loudest."""
    frame = RATE_HZ // 100
    frames = sound[: len(sound) // frame * frame].reshape(-1, frame)
    if not len(frames):
        return sound
    level = 20 * numpy.log10(numpy.sqrt((frames**2).mean(1)) + 1e-9)
    loud = numpy.flatnonzero(level > level.max() - below_db)
    return sound[loud[0] * frame : (loud[-1] + 1) * frame]


class Kokoro:
    """Kokoro-82M on one thread. A voice may be a mix: `af_heart*0.4+bm_fable*0.6`."""

    def __init__(self, weights: Path, voices: Path):
        from kokoro_onnx import Kokoro as Model

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        folder = weights / "kokoro"
        session = onnxruntime.InferenceSession(
            str(folder / "model.int8.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self.model = Model.from_session(session, str(folder / "voices.npz"))
        self.voices = voices

    def style(self, voice: str) -> numpy.ndarray:
        total = 0
        for part in voice.split("+"):
            name, _, weight = part.partition("*")
            style = numpy.fromfile(self.voices / f"{name}.bin", "<f4").reshape(-1, 1, 256)
            total = total + float(weight or 1) * style
        return numpy.asarray(total, numpy.float32)

    def say(self, text: str, voice: str, *, speed: float, language: str) -> numpy.ndarray:
        samples, rate_hz = self.model.create(text, self.style(voice), speed, language)
        return resample(samples, rate_hz)


class Piper:
    """A Piper voice: VITS behind phonemes of espeak-ng (github.com/rhasspy/piper)."""

    def __init__(self, folder: Path):
        import espeakng_loader
        from phonemizer.backend import EspeakBackend
        from phonemizer.backend.espeak.wrapper import EspeakWrapper

        EspeakWrapper.set_library(espeakng_loader.get_library_path())
        EspeakWrapper.set_data_path(espeakng_loader.get_data_path())
        model = next(folder.rglob("*.onnx"))
        self.config = json.loads(Path(f"{model}.json").read_text("utf8"))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )
        self.backend = EspeakBackend("en-us", preserve_punctuation=True, with_stress=True)

    def say(self, text: str, *, speed: float) -> numpy.ndarray:
        ids = self.config["phoneme_id_map"]
        sequence = [*ids["^"], *ids["_"]]
        for symbol in self.backend.phonemize([text])[0].strip():
            if symbol in ids:
                sequence += [*ids[symbol], *ids["_"]]
        sequence += ids["$"]
        audio = self.session.run(
            None,
            {
                "input": numpy.array([sequence], numpy.int64),
                "input_lengths": numpy.array([len(sequence)], numpy.int64),
                "scales": numpy.array([0.667, 1 / speed, 0.8], numpy.float32),
            },
        )[0]
        return resample(audio.reshape(-1), self.config["audio"]["sample_rate"])


class Espeak:
    """espeak-ng's own formant voices, through the library that Kokoro's phonemes come from."""

    SYNCHRONOUS, UTF8 = 2, 1

    def __init__(self):
        import espeakng_loader

        self.library = ctypes.CDLL(espeakng_loader.get_library_path())
        path = str(espeakng_loader.get_data_path()).encode()
        self.rate_hz = self.library.espeak_Initialize(self.SYNCHRONOUS, 0, path, 0)
        if self.rate_hz <= 0:
            raise SystemExit("espeak-ng does not start: install espeakng-loader again.")
        self.heard: list[bytes] = []
        kind = ctypes.CFUNCTYPE(
            ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
        )
        self.take = kind(self._take)  # kept: the library holds only a pointer to it
        self.library.espeak_SetSynthCallback(self.take)

    def _take(self, samples, count, _events) -> int:
        if samples and count > 0:
            self.heard.append(ctypes.string_at(samples, count * 2))
        return 0

    def say(self, text: str, voice: str, *, speed: float) -> numpy.ndarray:
        self.heard.clear()
        self.library.espeak_SetVoiceByName(voice.encode())
        self.library.espeak_SetParameter(1, round(165 * speed), 0)
        data = text.encode()
        self.library.espeak_Synth(data, len(data) + 1, 0, 1, 0, self.UTF8, None, None)
        sound = numpy.frombuffer(b"".join(self.heard), "<i2").astype(numpy.float32) / 32768
        return resample(sound, self.rate_hz)


class Flite:
    """CMU Flite's recorded-speech voices: the program `flite` of most Linux systems."""

    def __init__(self):
        self.program = shutil.which("flite")

    def say(self, text: str, voice: str, *, speed: float) -> numpy.ndarray:
        with tempfile.NamedTemporaryFile(suffix=".wav") as file:
            stretch = f"duration_stretch={1 / speed:.2f}"
            command = [self.program, "-voice", voice, "--setf", stretch, "-t", text]
            subprocess.run([*command, "-o", file.name], check=True, capture_output=True)
            with wave.open(file.name) as read:
                sound = numpy.frombuffer(read.readframes(read.getnframes()), "<i2")
                return resample(sound.astype(numpy.float32) / 32768, read.getframerate())
