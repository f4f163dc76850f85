"""Convolutions measured one by one: their names, and the models of one layer that are made of them.

A name is INPUT-OUTPUT@SIZE:KxK/STRIDE, as in 64-256@56:1x1 or 128-128@56:3x3/2; 3x3 and stride 1 need not be said, and
CHANNELS@SIZE:3x3dw is depthwise. Padding is K / 2 on every side; every layer has a bias and a ReLU."""

import os
import re

import numpy

import prepare

SETS = {
    "vgg": ["64-64@224", "128-128@112", "256-256@56", "512-512@28", "512-512@14"],
    "resnet": [
        "3-64@224:7x7/2",
        "64-64@56:1x1",
        "64-256@56:1x1",
        "256-64@56:1x1",
        "256-512@56:1x1/2",
        "128-128@56:3x3/2",
        "512-128@28:1x1",
        "128-512@28:1x1",
        "128-128@28",
        "1024-256@14:1x1",
        "256-1024@14:1x1",
        "256-256@14",
        "2048-512@7:1x1",
        "512-512@7",
    ],
    "mobilenet": [
        "3-32@224:3x3/2",
        "32@112:3x3dw",
        "16-96@112:1x1",
        "96@112:3x3/2dw",
        "144-24@56:1x1",
        "144@56:3x3dw",
        "192@28:3x3dw",
        "384@14:3x3dw",
        "384-64@14:1x1",
        "960@7:3x3dw",
        "320-1280@7:1x1",
    ],
}
PATTERN = re.compile(r"(?:(\d+)-)?(\d+)@(\d+)(?::(\d+)x\4(?:/(\d+))?(dw)?)?")


def expand(names):
    """The layers that a list of names and sets means."""
    return [layer for name in names.split(",") if name for layer in SETS.get(name, [name])]


class Layer(prepare.Subject):
    def __init__(self, name, kind="layer"):
        found = PATTERN.fullmatch(name)
        if not found:
            raise prepare.Unavailable(
                f"no such layer; there are the sets {', '.join(SETS)}, and names like 64-256@56:1x1 and 32@112:3x3dw"
            )
        inputs, outputs, size, kernel, stride, depthwise = found.groups()
        self.outputs, self.size, self.kernel, self.stride = int(outputs), int(size), int(kernel or 3), int(stride or 1)
        self.inputs = int(inputs or outputs)
        self.groups = self.outputs if depthwise else 1
        if (inputs is None) != (depthwise is not None):
            raise prepare.Unavailable("a depthwise layer has one number of channels, and ends in dw")
        super().__init__(name, prepare.stamp(kind, name))
        padding = self.kernel // 2
        self.place = (self.size + 2 * padding - self.kernel) // self.stride + 1
        self.multiplications = self.outputs * self.place**2 * (self.inputs // self.groups) * self.kernel**2
        self.winograd = self.kernel == 3 and self.stride == 1 and not depthwise
        self.make(padding)

    def make(self, padding):
        random = numpy.random.default_rng(1)
        fan_in = self.inputs // self.groups * self.kernel**2
        weights = random.normal(
            0, (2 / fan_in) ** 0.5, (self.outputs, self.inputs // self.groups, self.kernel, self.kernel)
        ).astype(numpy.float32)
        bias = random.normal(0, 0.1, self.outputs).astype(numpy.float32)
        self.take(weights, bias, padding)

    def take(self, weights, bias, padding):
        """The model of one layer with these weights, and what the libraries need. self.network is the model in which the
        layer is the first, and what CoCo's functions are taken from."""
        self.source = self.network = os.path.join(self.folder, "layer.onnx")
        save(self.source, [self.inputs, self.size], [Convolution(weights, bias, self.stride, padding, self.groups)])
        self.files = {"onnx": self.source, "inputs": ["x"], "outputs": ["y"]}
        self.write_input({"x": [1, self.inputs, self.size, self.size]})
        self.arrays = os.path.join(self.folder, "layer.npz")
        shape = numpy.array(
            [self.inputs, self.outputs, self.size, self.kernel, self.stride, padding, self.groups], numpy.int64
        )
        result = numpy.zeros([1, self.outputs, self.place, self.place], numpy.float32)
        numpy.savez(self.arrays, weights=weights, bias=bias, shape=shape, output=result)

    def in_profile(self, model, build, options=(), counted=0):
        return in_profile(self, model, build, options, counted)

    def prepare(self, kind, build, options=()):
        if kind == "coco-layer":
            return self.in_profile(self.network, build, options)
        if kind in LIBRARIES:
            return {**self.files, "library": prepare.library(*LIBRARIES[kind]), "layer": self.arrays}
        return super().prepare(kind, build, options)


LIBRARIES = {
    "onednn": ("onednn.c", ["-ldnnl"], "libdnnl-dev must be installed"),
    "kernels": ("kernels.c", ["-march=native", "-fopenmp"], "a C compiler must be installed"),
    "csr": ("csr.c", ["-fopenmp"], "a C compiler for x86-64 must be installed"),
}


def in_profile(subject, model, build, options=(), counted=0):
    """Files for a model of which coco-run tells the time of one layer, the first unless COUNTED says otherwise."""
    trace = os.path.join(subject.folder, f"trace-{prepare.stamp(model, build, *options)[:8]}")
    return {
        **subject.files,
        "onnx": model,
        "counted": [counted, counted + 1],
        "coco-run": prepare.tool(build, "coco-run"),
        "options": list(options),
        "trace": trace,
    }


class Convolution:
    def __init__(self, weights, bias, stride=1, padding=1, groups=1):
        self.weights, self.bias, self.stride, self.padding, self.groups = weights, bias, stride, padding, groups

    def nodes(self, number, source, result):
        from onnx import helper

        tensors = ["weights", "bias"] if number == 0 else [f"weights{number}", f"bias{number}"]
        convolution = helper.make_node(
            "Conv",
            [source, *tensors],
            [f"sum{number}"],
            name=f"layer{number or ''}",
            kernel_shape=self.weights.shape[2:],
            strides=[self.stride] * 2,
            pads=[self.padding] * 4,
            group=self.groups,
        )
        relu = helper.make_node("Relu", [f"sum{number}"], [result], name=f"relu{number or ''}")
        return [convolution, relu], list(zip(tensors, (self.weights, self.bias)))


def convolutions(model):
    """The convolutions of a model, with their weights."""
    import onnx

    network = onnx.load(model)
    tensors = {tensor.name: tensor for tensor in network.graph.initializer}
    return [
        Convolution(*(onnx.numpy_helper.to_array(tensors[name]) for name in node.input[1:3]))
        for node in network.graph.node
        if node.op_type == "Conv"
    ]


def save(path, image, convolutions):
    """A model of CONVOLUTIONS, each with a ReLU, one after the other, on an IMAGE of channels and extent. The output of
    each is one of the model: y, y1, ..."""
    from onnx import TensorProto, helper, numpy_helper
    from onnx import save as write

    nodes, weights, results, source, size = [], [], [], "x", image[1]
    for number, convolution in enumerate(convolutions):
        result = f"y{number or ''}"
        made, tensors = convolution.nodes(number, source, result)
        nodes += made
        weights += [numpy_helper.from_array(array, name) for name, array in tensors]
        kernel = convolution.weights.shape[2]
        size = (size + 2 * convolution.padding - kernel) // convolution.stride + 1
        shape = [1, convolution.weights.shape[0], size, size]
        results.append(helper.make_tensor_value_info(result, TensorProto.FLOAT, shape))
        source = result
    given = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, image[0], image[1], image[1]])
    graph = helper.make_graph(nodes, "layer", [given], results, weights)
    write(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8), path)
