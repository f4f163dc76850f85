"""The networks, and what each engine needs of them: made once, kept under build/bench, and made again when the tool
that makes it has changed."""

import hashlib
import json
import os
import re
import subprocess
import sys

import numpy

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FOLDER = os.path.join(ROOT, "build", "bench")
ZOO = ["vgg16", "resnet50", "mobilenet-v2", "squeezenet1.1"]
ZOO_NAME = re.compile(r"(vgg16|resnet18|resnet50|mobilenet-v2|squeezenet1\.1)(?:@(\d+))?")  # and the extent of its image
# Name, extents of its inputs where the model leaves them open.
PUBLISHED = {"super-resolution-10": {"input": [1, 1, 224, 224]}, "vdsr": {"y": [1, 1, 224, 224]}, "yunet-320": {}}
NETWORKS = ZOO + list(PUBLISHED)
QUIET_TENSORFLOW = dict(os.environ, CUDA_VISIBLE_DEVICES="", TF_CPP_MIN_LOG_LEVEL="3")


class Unavailable(Exception):
    """A network or a contestant cannot be had here; the message says why."""


def run(command, **options):
    result = subprocess.run(
        command, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options
    )
    if result.returncode != 0:
        raise Unavailable(f"{os.path.basename(command[0])} failed: " + " ".join(result.stdout.split()[-40:]))
    return result.stdout


def tool(build, name):
    path = os.path.join(build, "bin", name)
    if not os.path.exists(path):
        raise Unavailable(f"{path} is missing: scripts/build release")
    return path


def python(name, package):
    """The Python of an environment that holds one peer: build/peers-NAME, or the one that COCO_BENCH_<NAME> names."""
    folder = os.environ.get(f"COCO_BENCH_{name.upper()}") or os.path.join(ROOT, "build", f"peers-{name}")
    path = os.path.join(folder, "bin", "python")
    if not os.path.exists(path):
        raise Unavailable(f"{package} is not there: bench/peers/install-{name}")
    return path


def stamp(*parts):
    """A short name for a content: parts are strings, or files with a leading @."""
    digest = hashlib.sha256()
    for part in parts:
        if part.startswith("@"):
            with open(part[1:], "rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        else:
            digest.update(part.encode() + b"\0")
    return digest.hexdigest()[:16]


def find(name, build):
    """The ONNX file of a network, and the extents of its inputs."""
    made = ZOO_NAME.fullmatch(name)
    if made:
        path = os.path.join(FOLDER, f"{name}.onnx")
        if not os.path.exists(path):
            run([tool(build, "coco-zoo"), made.group(1), f"--size={made.group(2) or 224}", "-o", path + ".part"])
            os.replace(path + ".part", path)
        return path, {}
    if name in PUBLISHED:
        data = os.environ.get("COCO_TEST_DATA")
        path = os.path.join(data or "", "models", name, "model.onnx")
        if not data or not os.path.exists(path):
            raise Unavailable(
                f"a published network: COCO_TEST_DATA must name the folder that has models/{name}/model.onnx"
            )
        return path, PUBLISHED[name]
    if name.endswith(".onnx") and os.path.exists(name):
        return os.path.abspath(name), {}
    raise Unavailable(f"no such network; there are {', '.join(NETWORKS)}, and files that end in .onnx")


def multiplications(model):
    """Multiply-adds of convolutions and matrix products, counted as if direct. The shapes must be known."""
    shapes = {
        value.name: [d.dim_value for d in value.type.tensor_type.shape.dim]
        for value in [*model.graph.value_info, *model.graph.output, *model.graph.input]
    }
    shapes.update({value.name: list(value.dims) for value in model.graph.initializer})
    total = 0
    for node in model.graph.node:
        if node.op_type in ("Conv", "ConvTranspose"):
            weights = shapes[node.input[1]]
            places = shapes[node.output[0] if node.op_type == "Conv" else node.input[0]]
            kept = places if node.op_type == "Conv" else [places[0], weights[0], *places[2:]]
            total += int(numpy.prod(kept)) * int(numpy.prod(weights[1:]))
        elif node.op_type in ("Gemm", "MatMul"):
            transposed = any(a.name == "transA" and a.i for a in node.attribute)
            depth = shapes[node.input[0]][-2 if transposed else -1]
            total += int(numpy.prod(shapes[node.output[0]])) * depth
    return total


def remembered(folder, key, count):
    """The dictionary that COUNT makes, exact and slow to have, or that it made for an equal key before."""
    path = os.path.join(folder, f"counts-{key}.json")
    if not os.path.exists(path):
        items = list(count().items())
        with open(path + ".part", "w", encoding="ascii") as file:
            json.dump(items, file)
        os.replace(path + ".part", path)
    with open(path, encoding="ascii") as file:
        return dict(json.load(file))


class Subject:
    """What is measured: an ONNX model with fixed extents, its random input, and the files that contestants need.

    Who makes one sets multiplications, source (the model as it was found) and files, and calls write_input."""

    def __init__(self, name, key):
        self.name, self.extents = name, {}
        self.folder = os.path.join(FOLDER, re.sub(r"[^A-Za-z0-9.@-]", "_", name) + f"-{key[:6]}")
        os.makedirs(self.folder, exist_ok=True)

    def write_input(self, inputs):
        random = numpy.random.default_rng(0)
        self.input = os.path.join(self.folder, "input.npz")
        numpy.savez(self.input, **{name: random.random(shape, numpy.float32) for name, shape in inputs.items()})

    def made(self, name, key, make):
        """The file NAME of this network's folder, made by make(path) unless one of the same KEY is there."""
        path, mark = os.path.join(self.folder, name), os.path.join(self.folder, name + ".key")
        try:
            with open(mark, encoding="utf-8") as file:
                if file.read() == key:
                    return path
        except OSError:
            pass
        make(path)
        with open(mark, "w", encoding="utf-8") as file:
            file.write(key)
        return path

    def prepare(self, kind, build, options=()):
        """Sees to it that self.files has what a contestant of this kind needs; returns the files."""
        files = dict(self.files)
        if kind == "coco":
            files.update(self.compile(build, options))
        elif kind == "mnn":
            files["mnn"] = self.made("network.mnn", "mnn", self.convert_mnn)
        elif kind == "mnn-sparse":
            files["mnn"] = self.made(
                "sparse.mnn", "mnn-sparse", lambda path: self.convert_mnn(path, "--detectSparseSpeedUp")
            )
        elif kind == "ncnn":
            files["ncnn"] = self.made("ncnn/network.ncnn", "ncnn", self.convert_ncnn)
        elif kind == "tflite":
            files["tflite"] = self.made("litert/network_float32.tflite", "litert", self.convert_litert)
        return files

    def compile(self, build, options):
        compiler = tool(build, "coco-compile")
        archive = os.path.join(build, "libcoco-runtime.a")
        key = stamp("@" + compiler, "@" + archive, *options)
        folder = os.path.join(self.folder, f"coco-{stamp(os.path.abspath(build), *options)[:6]}")
        os.makedirs(folder, exist_ok=True)
        shapes = [f"--shape={name}={'x'.join(map(str, extents))}" for name, extents in self.extents.items()]
        base = os.path.relpath(folder, self.folder)
        library = self.made(
            f"{base}/network.so",
            key,
            lambda path: run(
                [compiler, self.source, "--name=network", "--emit=library", *shapes, *options, "-o", path]
            ),
        )
        runtime = self.made(
            f"{base}/runtime.so",
            key,
            lambda path: run(
                ["cc", "-shared", "-o", path, "-Wl,--whole-archive", archive, "-Wl,--no-whole-archive", "-lpthread"]
            ),
        )
        return {"coco": library, "runtime": runtime}

    def convert_mnn(self, path, *options):
        program = (
            "import _tools, sys; _tools.mnnconvert(['convert', '-f', 'ONNX', '--modelFile', sys.argv[1], "
            "'--MNNModel', sys.argv[2], '--bizCode', 'bench', *sys.argv[3:]])"
        )
        run([sys.executable, "-c", program, self.files["onnx"], path, *options])
        if not os.path.exists(path):
            raise Unavailable("MNN's converter wrote nothing")

    def convert_litert(self, path):
        converter = os.path.join(os.path.dirname(python("litert", "onnx2tf, which converts for it,")), "onnx2tf")
        folder = os.path.dirname(path)
        os.makedirs(folder, exist_ok=True)
        link = os.path.join(folder, "network.onnx")
        if not os.path.exists(link):
            os.symlink(self.files["onnx"], link)
        # The converter would fetch pictures from the net, with which it checks itself. Any will do.
        numpy.save(
            os.path.join(folder, "calibration_image_sample_data_20x128x128x3_float32.npy"),
            numpy.zeros((20, 128, 128, 3), numpy.float32),
        )
        run(
            [converter, "-i", "network.onnx", "-o", ".", "-n", "-nuo"],
            cwd=folder,
            env=QUIET_TENSORFLOW,
        )

    def convert_ncnn(self, path):
        import importlib.util

        found = importlib.util.find_spec("pnnx")
        if not found:
            raise Unavailable("pnnx, which converts for ncnn, is not installed")
        folder = os.path.dirname(path)
        os.makedirs(folder, exist_ok=True)
        copy = os.path.join(folder, "network.onnx")
        if not os.path.exists(copy):
            os.symlink(self.files["onnx"], copy)
        program = os.path.join(os.path.dirname(found.origin), "pnnx")
        run([program, "network.onnx", "fp16=0"], cwd=folder)
        for name in os.listdir(folder):
            if "ncnn" not in name or name.endswith(".py"):
                os.remove(os.path.join(folder, name))


class Network(Subject):
    def __init__(self, name, build):
        import onnx

        os.makedirs(FOLDER, exist_ok=True)
        source, extents = find(name, build)
        super().__init__(os.path.basename(name).removesuffix(".onnx"), stamp("@" + source, repr(extents)))
        self.source, self.extents = source, extents
        model = onnx.load(source)
        constants = {value.name for value in model.graph.initializer}
        inputs = [value for value in model.graph.input if value.name not in constants]
        for value in inputs:
            for dimension, extent in zip(value.type.tensor_type.shape.dim, extents.get(value.name, [])):
                dimension.dim_value = extent
        if extents:
            for value in model.graph.output:
                value.type.tensor_type.ClearField("shape")
        del model.graph.value_info[:]
        model = onnx.shape_inference.infer_shapes(model)
        self.multiplications = multiplications(model)
        self.files = {
            "onnx": source,
            "inputs": [v.name for v in inputs],
            "outputs": [v.name for v in model.graph.output],
        }
        if extents:
            self.files["onnx"] = os.path.join(self.folder, "fixed.onnx")
            onnx.save(model, self.files["onnx"])
        self.write_input({v.name: [d.dim_value for d in v.type.tensor_type.shape.dim] for v in inputs})


def library(name, options, needs):
    """A shared object of a C file of this folder."""
    os.makedirs(FOLDER, exist_ok=True)
    source = os.path.join(ROOT, "bench", "support", name)
    path = os.path.join(FOLDER, f"{name.removesuffix('.c')}-{stamp('@' + source)}.so")
    if not os.path.exists(path):
        try:
            run(["cc", "-O2", "-shared", "-fPIC", "-o", path, source, *options])
        except Unavailable as error:
            raise Unavailable(f"{needs} ({error})") from None
    return path


def peak_library():
    return library("peak.c", ["-lpthread"], "a C compiler for x86-64 must be installed")
