"""How onnxruntime is started here: few threads that sleep while they wait."""

from pathlib import Path

import onnxruntime


def session(path: Path, threads: int, *, arena: bool = True) -> onnxruntime.InferenceSession:
    """Open a model. Spinning threads would take the cores from the other models; a memory
    plan for each length of text would grow for as long as new lengths come (570 MB instead of
    410 MB after a dozen sentences, and no faster). Without an arena the memory of a long input
    is given back after it.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False
    options.enable_cpu_mem_arena = arena
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
