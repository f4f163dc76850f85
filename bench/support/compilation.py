"""What a peer does to make a network ready: python compilation.py ENGINE MODEL OUTPUT. Prints a line of JSON: the
seconds of that alone, and the memory that the process had needed before it, in KiB."""

import json
import os
import resource
import sys
import time


def onnxruntime(model, output):
    import onnxruntime as engine

    options = engine.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return lambda: engine.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def openvino(model, output):
    import openvino as engine

    core = engine.Core()
    core.get_versions("CPU")  # loads the plugin
    settings = {
        "INFERENCE_NUM_THREADS": 1,
        "NUM_STREAMS": 1,
        "INFERENCE_PRECISION_HINT": "f32",
        "PERFORMANCE_HINT": "LATENCY",
    }
    return lambda: core.compile_model(core.read_model(model), "CPU", settings)


def mnn_convert(model, output):
    import _tools

    return lambda: _tools.mnnconvert(
        ["convert", "-f", "ONNX", "--modelFile", model, "--MNNModel", output, "--bizCode", "bench"]
    )


def mnn_session(model, output):
    import MNN

    def make():
        net = MNN.Interpreter(output)
        return net, net.createSession({"backend": "CPU", "precision": "high", "numThread": 1})

    return make


ENGINES = {"onnxruntime": onnxruntime, "openvino": openvino, "mnn-convert": mnn_convert, "mnn-session": mnn_session}

if __name__ == "__main__":
    answer = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    work = ENGINES[sys.argv[1]](sys.argv[2], sys.argv[3])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, processor = time.perf_counter(), time.process_time()
    kept = work()
    answer.write(
        json.dumps(
            {"seconds": time.perf_counter() - start, "processor": time.process_time() - processor, "before": before}
        )
        + "\n"
    )
    answer.close()
    os._exit(0)  # what the engines do at their end is not of interest
