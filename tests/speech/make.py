"""Makes the speech fixtures with the local models server: Kokoro voices, 16 kHz, cut tight.

    python tests/speech/make.py --url http://127.0.0.1:PORT/v1

Run with the Python of the models server's environment. The last sample of a clip is the end of
speech, so that a bench can start its clock there. Noise is made from a fixed seed.
"""

import argparse
import io
import json
import urllib.request
import wave
from pathlib import Path

import av
import numpy

HERE = Path(__file__).parent
RATE_HZ = 16_000
VOICES = ("af_heart", "am_michael", "bf_emma", "bm_george", "af_bella", "am_puck")
# Where the voice in turn slurs a word, another one says the sentence.
VOICE_OF = {
    "What should I cook with leftover rice?": "am_michael",
    "How do I get a red wine stain out of a carpet?": "bm_george",
    "Could you please tell me,": "af_bella",
}
BEFORE_SPEECH_MS = 80
FRAME_MS = 10
# A frame this much quieter than the loudest one is no longer speech.
END_OF_SPEECH_DB = 38

HOUSEHOLD = (
    "What time is it?",
    "What's the date today?",
    "What time is it in Tokyo?",
    "Set a tea timer for ten seconds.",
    "Set a pasta timer for eight minutes.",
    "How much time is left on the pasta timer?",
    "Cancel the pasta timer.",
    "Turn on the kitchen lights, please.",
    "Set a timer for half an hour.",
    "Which timers are running?",
    "What day is it tomorrow?",
    "What time is it in New York?",
    "Turn off the light in the bedroom.",
    "What's the weather going to be like this afternoon?",
    "Add milk and eggs to the shopping list.",
    "How many grams are in a cup of flour?",
    "Tell me something interesting about honey bees.",
    "What should I cook with leftover rice?",
    "Remind me to water the plants on Friday.",
    "Who painted the Mona Lisa?",
    "Close the blinds in the living room.",
    "Play some quiet music in the kitchen.",
    "How do I get a red wine stain out of a carpet?",
    "Good night, please lock the front door.",
)
BARGE_IN = (
    "Stop, wait a moment.",
    "No, not that one.",
    "Excuse me, hold on a second.",
)
WAKE = (("Hey Butler.", "af_heart"), ("Hey Butler, who painted the Mona Lisa?", "am_michael"))
PAUSE = (
    ("Turn on the lights in the kitchen,", "and in the hallway too."),
    ("Set a timer for the potatoes,", "for twenty five minutes."),
    ("I would like to know,", "what time it is in London."),
    ("Could you please tell me,", "how long the pasta timer has left?"),
    ("When I get home this evening,", "please turn the heating up."),
)


class Maker:
    def __init__(self, url: str, key: str | None):
        self.url, self.key = url, key

    def speak(self, text: str, voice: str) -> numpy.ndarray:
        """The text as float32 samples at 16 kHz, without silence around it."""
        wish = {"model": "kokoro", "voice": voice, "input": text, "response_format": "pcm"}
        request = urllib.request.Request(
            f"{self.url}/audio/speech",
            json.dumps(wish).encode(),
            {"Content-Type": "application/json", "Authorization": f"Bearer {self.key}"},
        )
        with urllib.request.urlopen(request, timeout=60) as response:
            return trimmed(at_16_khz(response.read()))


def at_16_khz(pcm_24_khz: bytes) -> numpy.ndarray:
    samples = numpy.frombuffer(pcm_24_khz, "<i2").reshape(1, -1)
    frame = av.AudioFrame.from_ndarray(samples, "s16", "mono")
    frame.sample_rate = 24_000
    resampler = av.AudioResampler("s16", "mono", RATE_HZ)
    blocks = [*resampler.resample(frame), *resampler.resample(None)]
    joined = numpy.concatenate([block.to_ndarray()[0] for block in blocks])
    return joined.astype(numpy.float32) / 32768


def trimmed(samples: numpy.ndarray) -> numpy.ndarray:
    """From a breath before the first sound to the very end of the last one."""
    size = RATE_HZ * FRAME_MS // 1000
    frames = samples[: samples.size // size * size].reshape(-1, size)
    loudness = 20 * numpy.log10(numpy.sqrt((frames**2).mean(1)) + 1e-9)
    speech = numpy.flatnonzero(loudness > loudness.max() - END_OF_SPEECH_DB)
    start = max(0, speech[0] * size - BEFORE_SPEECH_MS * RATE_HZ // 1000)
    return samples[start : (speech[-1] + 1) * size]


def write(name: str, samples: numpy.ndarray) -> str:
    pcm = (numpy.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setparams((1, 2, RATE_HZ, 0, "NONE", ""))
        file.writeframes(pcm)
    (HERE / f"{name}.wav").write_bytes(buffer.getvalue())
    return f"{name}.wav"


def non_speech() -> dict[str, numpy.ndarray]:
    """Sounds of a house in which nobody speaks."""
    random = numpy.random.default_rng(20)
    seconds = numpy.arange(2 * RATE_HZ) / RATE_HZ
    noise = random.standard_normal(seconds.size)
    hum = sum(numpy.sin(2 * numpy.pi * 50 * k * seconds) / k for k in (1, 2, 3, 5))
    clicks = numpy.zeros(seconds.size)
    for at in (0.3, 0.9, 1.0, 1.6):
        length = RATE_HZ // 100
        start = int(at * RATE_HZ)
        fading = numpy.exp(-numpy.arange(length) / 30)
        clicks[start : start + length] = random.standard_normal(length) * fading
    return {
        "silence": numpy.zeros(seconds.size),
        "white-noise": 0.03 * noise,
        "hum": 0.08 * hum,
        "clicks": 0.6 * clicks,
        "cough": 0.5 * cough(random, seconds),
    }


def cough(random: numpy.random.Generator, seconds: numpy.ndarray) -> numpy.ndarray:
    """Two bursts of noise through the mouth's resonances, each with its sharp start."""
    sound = numpy.zeros(seconds.size)
    for at, length in ((0.4, 0.22), (0.85, 0.3)):
        count = int(length * RATE_HZ)
        spectrum = numpy.fft.rfft(random.standard_normal(count))
        hertz = numpy.fft.rfftfreq(count, 1 / RATE_HZ)
        mouth = sum(numpy.exp(-(((hertz - f) / 350) ** 2)) for f in (600, 1400, 2600))
        burst = numpy.fft.irfft(spectrum * mouth, count)
        shape = numpy.exp(-numpy.arange(count) / (count / 4))
        start = int(at * RATE_HZ)
        sound[start : start + count] = burst / numpy.abs(burst).max() * shape
    return sound


def voice_of(text: str, index: int) -> str:
    return VOICE_OF.get(text, VOICES[index % len(VOICES)])


def make(maker: Maker) -> dict:
    def clip(name: str, text: str, voice: str) -> dict:
        wav = write(name, maker.speak(text, voice))
        return {"id": name, "wav": wav, "text": text, "voice": voice}

    household = [
        clip(f"household-{index + 1:02}", text, voice_of(text, index))
        for index, text in enumerate(HOUSEHOLD)
    ]
    barge_in = [
        clip(f"barge-in-{index + 1}", text, VOICES[index]) for index, text in enumerate(BARGE_IN)
    ]
    wake = [clip(f"wake-{index + 1}", *said) for index, said in enumerate(WAKE)]
    pause = []
    for index, (before, after) in enumerate(PAUSE):
        name, voice = f"pause-{index + 1}", voice_of(before, index)
        parts = {"a": clip(f"{name}-a", before, voice), "b": clip(f"{name}-b", after, voice)}
        pause.append({"id": name, "text": f"{before} {after}", "voice": voice, **parts})
    noises = [
        {"id": name, "wav": write(name, samples)} for name, samples in non_speech().items()
    ]
    return {
        "sampleRateHz": RATE_HZ,
        "household": household,
        "bargeIn": barge_in,
        "wake": wake,
        "pause": pause,
        "nonSpeech": noises,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the speech fixtures.")
    parser.add_argument("--url", required=True, help="the models server, ending in /v1")
    parser.add_argument("--key", help="its key, if it has one")
    chosen = parser.parse_args()
    corpus = make(Maker(chosen.url, chosen.key))
    (HERE / "corpus.json").write_text(json.dumps(corpus, indent=2) + "\n")


if __name__ == "__main__":
    main()
