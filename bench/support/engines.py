"""The contestants: each loads a prepared network and runs it on given inputs, on a given number of threads.

An engine is a class with the constructor (files, threads) and with inputs(arrays), run() and outputs(): run() is what
is timed. `files` names what prepare.py made of the network; arrays are in the order of the ONNX model's inputs, and
outputs() is in the order of its outputs. Modules are imported late, so that a missing one costs only its own engine."""

import ctypes
import json
import os
import subprocess
import time

import numpy


class Engine:
    def repeat(self, seconds, least):
        """Seconds of at least LEAST runs, and of as many as fit in SECONDS."""
        times, clock = [], time.perf_counter
        end = clock() + seconds
        while len(times) < least or clock() < end:
            start = clock()
            self.run()
            times.append(clock() - start)
        return times


def aligned(size, alignment):
    """SIZE bytes of zeros at a multiple of ALIGNMENT."""
    buffer = numpy.zeros(size + alignment, numpy.uint8)
    start = -buffer.ctypes.data % alignment
    return buffer[start : start + size]


# ---- CoCo: a shared library of coco-compile, called as a C program would ----


class Tensor(ctypes.Structure):
    _fields_ = [
        ("name", ctypes.c_char_p),
        ("element", ctypes.c_uint32),
        ("rank", ctypes.c_uint32),
        ("shape", ctypes.c_int64 * 8),
        ("size", ctypes.c_uint64),
    ]


class Info(ctypes.Structure):
    _fields_ = [
        ("magic", ctypes.c_uint32),
        ("version", ctypes.c_uint32),
        ("name", ctypes.c_char_p),
        ("input_count", ctypes.c_uint32),
        ("output_count", ctypes.c_uint32),
        ("inputs", ctypes.POINTER(Tensor)),
        ("outputs", ctypes.POINTER(Tensor)),
        ("scratch_size", ctypes.c_uint64),
        ("scratch_alignment", ctypes.c_uint64),
        ("weights_size", ctypes.c_uint64),
        ("weights_external", ctypes.c_uint32),
        ("reserved", ctypes.c_uint32),
    ]


class Coco(Engine):
    def __init__(self, files, threads):
        library = ctypes.CDLL(files["coco"])
        self.info = Info.in_dll(library, "network_info")
        self.function = library.network_run
        self.function.restype = ctypes.c_int32
        self.scratch = aligned(self.info.scratch_size, max(self.info.scratch_alignment, 64))
        self.pool = ctypes.c_void_p()
        if threads > 1:
            runtime = ctypes.CDLL(files["runtime"])
            runtime.coco_thread_pool_threads.restype = ctypes.c_void_p
            create = runtime.coco_thread_pool_create
            create.argtypes = [ctypes.c_uint32, ctypes.POINTER(ctypes.c_void_p)]
            pool = ctypes.c_void_p()
            if create(threads, ctypes.byref(pool)) != 0:
                raise RuntimeError("no thread pool")
            self.pool = ctypes.c_void_p(runtime.coco_thread_pool_threads(pool))

    def inputs(self, arrays):
        self.arrays = [numpy.ascontiguousarray(array) for array in arrays]
        shapes = [tuple(self.info.outputs[i].shape[: self.info.outputs[i].rank]) for i in range(self.info.output_count)]
        self.results = [numpy.zeros(shape, numpy.float32) for shape in shapes]
        pointers = [ctypes.c_void_p(a.ctypes.data) for a in self.arrays + self.results + [self.scratch]] + [self.pool]
        self.arguments = pointers

    def run(self):
        status = self.function(*self.arguments)
        if status != 0:
            raise RuntimeError(f"network_run returned {status}")

    def outputs(self):
        return self.results


class OnnxRuntime(Engine):
    def __init__(self, files, threads):
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(files["onnx"], options, providers=["CPUExecutionProvider"])

    def inputs(self, arrays):
        self.feeds = {entry.name: array for entry, array in zip(self.session.get_inputs(), arrays)}

    def run(self):
        self.results = self.session.run(None, self.feeds)

    def outputs(self):
        return self.results


class OpenVino(Engine):
    def __init__(self, files, threads):
        import openvino

        self.tensor = openvino.Tensor
        core = openvino.Core()
        self.compiled = core.compile_model(
            core.read_model(files["onnx"]),
            "CPU",
            {
                "INFERENCE_NUM_THREADS": threads,
                "NUM_STREAMS": 1,
                "INFERENCE_PRECISION_HINT": "f32",
                "PERFORMANCE_HINT": "LATENCY",
            },
        )
        self.request = self.compiled.create_infer_request()

    def inputs(self, arrays):
        self.arrays = arrays
        for port, array in zip(self.compiled.inputs, arrays):
            self.request.set_tensor(port, self.tensor(array, shared_memory=True))

    def run(self):
        self.request.infer()

    def outputs(self):
        return [self.request.get_tensor(port).data for port in self.compiled.outputs]


class Mnn(Engine):
    def __init__(self, files, threads):
        import MNN

        self.module = MNN
        self.output_names = files["outputs"]
        self.input_names = files["inputs"]
        self.net = MNN.Interpreter(files["mnn"])
        self.session = self.net.createSession({"backend": "CPU", "precision": "high", "numThread": threads})

    def inputs(self, arrays):
        kind = self.module.Tensor_DimensionType_Caffe
        for name, array in zip(self.input_names, arrays):
            host = self.module.Tensor(array.shape, self.module.Halide_Type_Float, array, kind)
            self.net.getSessionInput(self.session, name).copyFrom(host)

    def run(self):
        self.net.runSession(self.session)

    def outputs(self):
        results = []
        for name in self.output_names:
            tensor = self.net.getSessionOutput(self.session, name)
            shape = tensor.getShape()
            host = self.module.Tensor(
                shape,
                self.module.Halide_Type_Float,
                numpy.zeros(shape, numpy.float32),
                self.module.Tensor_DimensionType_Caffe,
            )
            tensor.copyToHostTensor(host)
            results.append(numpy.array(host.getData(), numpy.float32).reshape(shape))
        return results


class Ncnn(Engine):
    def __init__(self, files, threads):
        import ncnn

        self.module = ncnn
        self.net = ncnn.Net()
        self.net.opt.num_threads = threads
        self.net.opt.use_fp16_packed = self.net.opt.use_fp16_storage = self.net.opt.use_fp16_arithmetic = False
        self.net.opt.use_bf16_storage = False
        if self.net.load_param(files["ncnn"] + ".param") != 0 or self.net.load_model(files["ncnn"] + ".bin") != 0:
            raise RuntimeError("the converted network does not load")
        self.output_count = len(files["outputs"])

    def inputs(self, arrays):
        self.mats = [self.module.Mat(array[0]).clone() for array in arrays]

    def run(self):
        extractor = self.net.create_extractor()
        for i, mat in enumerate(self.mats):
            extractor.input(f"in{i}", mat)
        self.results = [extractor.extract(f"out{i}")[1] for i in range(self.output_count)]

    def outputs(self):
        return [numpy.array(mat) for mat in self.results]


class LiteRt(Engine):
    """With XNNPACK, which it takes by itself. Its images have the channels last: turning them is not in the times."""

    def __init__(self, files, threads):
        from ai_edge_litert.interpreter import Interpreter

        self.interpreter = Interpreter(files["tflite"], num_threads=threads)
        self.interpreter.allocate_tensors()

    def inputs(self, arrays):
        for detail, array in zip(self.interpreter.get_input_details(), arrays):
            self.interpreter.set_tensor(
                detail["index"], numpy.ascontiguousarray(array.transpose(0, 2, 3, 1)) if array.ndim == 4 else array
            )

    def run(self):
        self.interpreter.invoke()

    def outputs(self):
        results = [self.interpreter.get_tensor(detail["index"]) for detail in self.interpreter.get_output_details()]
        return [array.transpose(0, 3, 1, 2) if array.ndim == 4 else array for array in results]


class DeepSparse(Engine):
    def __init__(self, files, threads):
        import deepsparse

        self.engine = deepsparse.Engine(model=files["onnx"], batch_size=1, num_cores=threads)

    def inputs(self, arrays):
        self.arrays = arrays

    def run(self):
        self.results = self.engine.run(self.arrays, val_inp=False)

    def outputs(self):
        return self.results


# ---- One layer ----


class CocoLayer(Engine):
    """A network of one layer in coco-run, whose profile tells the time of each layer's function. What puts the
    network's input and output into other layouts is not counted: inside a network the layer's neighbours have the
    layout that it wants. Of a network of several layers those of files["counted"] count, a slice. Every turn is a
    process that compiles first, outside of the times."""

    def __init__(self, files, threads):
        self.folder = os.path.dirname(files["trace"])
        self.trace, self.names = files["trace"], files["outputs"]
        self.counted = slice(*files["counted"])
        self.command = [files["coco-run"], files["onnx"], *files["options"], f"--threads={threads}"]
        self.expected = 0.01

    def inputs(self, arrays):
        self.input = os.path.join(self.folder, "input.npz")

    def execute(self, *options):
        result = subprocess.run(
            [*self.command, self.input, *options],
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        if result.returncode != 0:
            raise RuntimeError(" ".join(result.stdout.split()[-40:]))

    def run(self):
        path = self.trace + ".npz"
        self.execute(f"--output-npz={path}")
        with numpy.load(path) as file:
            self.results = [file[name] for name in self.names]

    def repeat(self, seconds, least):
        self.execute(f"--profile-trace={self.trace}", f"--repeat={max(least, int(seconds / self.expected), 1)}")
        with open(self.trace, encoding="utf-8") as file:
            events = json.load(file)["traceEvents"]
        runs = {}
        for event in events:
            if event["cat"] != "lr.relayout":
                runs.setdefault(event["args"]["run"], []).append(1e-6 * event["dur"])
        times = [sum(layers[self.counted]) for layers in runs.values()]
        self.expected = min(times)
        return times

    def outputs(self):
        return self.results


class LayerLibrary(Engine):
    """A library of this folder that computes one layer: NAME_create, NAME_run, NAME_output; threads are OpenMP's."""

    name, option = None, 0

    def __init__(self, files, threads):
        os.environ["OMP_NUM_THREADS"] = str(threads)
        library = ctypes.CDLL(files["library"])
        self.create, self.execute, self.fetch = (
            getattr(library, f"coco_bench_{self.name}_{function}") for function in ("create", "run", "output")
        )
        with numpy.load(files["layer"]) as file:
            self.weights, self.bias, self.shape, self.result = (
                file["weights"],
                file["bias"],
                file["shape"],
                file["output"],
            )

    def inputs(self, arrays):
        self.tensors = [numpy.ascontiguousarray(array, numpy.float32) for array in (arrays[0], self.weights, self.bias)]
        pointers = (ctypes.c_void_p * 3)(*[array.ctypes.data for array in self.tensors])
        self.handle = ctypes.c_void_p()
        status = self.create(ctypes.c_void_p(self.shape.ctypes.data), pointers, self.option, ctypes.byref(self.handle))
        if status != 0:
            raise RuntimeError(
                f"{self.name} has no such convolution for this layer" if status == 3 else f"status {status}"
            )

    def run(self):
        status = self.execute(self.handle)
        if status != 0:
            raise RuntimeError(f"status {status}")

    def outputs(self):
        status = self.fetch(self.handle, ctypes.c_void_p(self.result.ctypes.data))
        if status != 0:
            raise RuntimeError(f"status {status}")
        return [self.result]


class OneDnn(LayerLibrary):
    name = "onednn"


class OneDnnWinograd(OneDnn):
    option = 1


class Csr(LayerLibrary):
    name = "csr"


class Kernels(LayerLibrary):
    name = "kernels"


class KernelsByPattern(Kernels):
    option = 1


class Peak:
    """Not a network: windows of multiply-adds. Its "times" are GFLOP/s, the larger the better."""

    def __init__(self, files, threads):
        self.function = ctypes.CDLL(files["peak"]).coco_bench_peak
        self.function.restype = ctypes.c_double
        self.function.argtypes = [ctypes.c_int, ctypes.c_double]
        self.threads = threads

    def repeat(self, seconds, least):
        return [self.function(self.threads, seconds)]


# The name that is printed, the class, the kind of file that it needs: those that run networks.
NETWORK_ENGINES = {
    "coco": ("CoCo", Coco, "coco"),
    "onnxruntime": ("ONNX Runtime", OnnxRuntime, "onnx"),
    "openvino": ("OpenVINO", OpenVino, "onnx"),
    "mnn": ("MNN", Mnn, "mnn"),
    "ncnn": ("ncnn", Ncnn, "ncnn"),
    "litert": ("LiteRT", LiteRt, "tflite"),
}
# Those that run one layer.
LAYER_ENGINES = {
    "coco-layer": ("CoCo", CocoLayer, "coco-layer"),
    "onednn-direct": ("oneDNN direct", OneDnn, "onednn"),
    "onednn-winograd": ("oneDNN Winograd", OneDnnWinograd, "onednn"),
    "onnxruntime": ("ONNX Runtime", OnnxRuntime, "onnx"),
}
# Those that run one pruned layer.
PATTERN_ENGINES = {
    "coco-pattern": ("CoCo", CocoLayer, "coco-layer"),
    "coco": ("CoCo, relayouts too", Coco, "coco"),
    "coco-dense": ("CoCo dense", CocoLayer, "coco-dense"),
    "onednn-direct": LAYER_ENGINES["onednn-direct"],
    "onednn-winograd": LAYER_ENGINES["onednn-winograd"],
    "onnxruntime": LAYER_ENGINES["onnxruntime"],
    "openvino": NETWORK_ENGINES["openvino"],
    "mnn": NETWORK_ENGINES["mnn"],
    "mnn-sparse": ("MNN sparse", Mnn, "mnn-sparse"),
    "csr": ("CSR", Csr, "csr"),
}
# Those that run pruned networks: "coco-zeros" treats zeros as ordinary numbers.
PRUNED_ENGINES = {
    "coco-pruned": ("CoCo", Coco, "coco"),
    "coco-zeros": ("CoCo dense", Coco, "coco-zeros"),
    **{name: NETWORK_ENGINES[name] for name in ("onnxruntime", "openvino", "mnn", "litert")},
    "mnn-sparse": PATTERN_ENGINES["mnn-sparse"],
    "deepsparse": ("DeepSparse", DeepSparse, "deepsparse"),
    "litert-sparse": ("LiteRT sparse", LiteRt, "tflite-sparse"),
}
# The steps of what becomes of a pruned layer.
STEP_ENGINES = {
    "kernels": ("none (C)", Kernels, "kernels"),
    "kernels-by-pattern": ("+ FKR (C)", KernelsByPattern, "kernels"),
    "coco-step": ("CoCo", CocoLayer, "coco-step"),
    "onnxruntime": LAYER_ENGINES["onnxruntime"],
}
ALL = {**STEP_ENGINES, **PATTERN_ENGINES, **LAYER_ENGINES, **NETWORK_ENGINES, **PRUNED_ENGINES}
CLASSES = {"peak": Peak, **{name: row[1] for name, row in ALL.items()}}
KINDS = {name: row[2] for name, row in ALL.items()}
