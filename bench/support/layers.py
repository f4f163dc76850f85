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
    def __init__(self, name):
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
        super().__init__(name, prepare.stamp("layer", name))
        padding = self.kernel // 2
        self.place = (self.size + 2 * padding - self.kernel) // self.stride + 1
        self.multiplications = self.outputs * self.place**2 * (self.inputs // self.groups) * self.kernel**2
        self.winograd = self.kernel == 3 and self.stride == 1 and not depthwise
        self.make(padding)

    def make(self, padding):
        from onnx import TensorProto, helper, numpy_helper, save

        random = numpy.random.default_rng(1)
        fan_in = self.inputs // self.groups * self.kernel**2
        weights = random.normal(
            0, (2 / fan_in) ** 0.5, (self.outputs, self.inputs // self.groups, self.kernel, self.kernel)
        ).astype(numpy.float32)
        bias = random.normal(0, 0.1, self.outputs).astype(numpy.float32)
        image, result = [1, self.inputs, self.size, self.size], [1, self.outputs, self.place, self.place]
        graph = helper.make_graph(
            [
                helper.make_node(
                    "Conv",
                    ["x", "weights", "bias"],
                    ["sum"],
                    name="layer",
                    kernel_shape=[self.kernel] * 2,
                    strides=[self.stride] * 2,
                    pads=[padding] * 4,
                    group=self.groups,
                ),
                helper.make_node("Relu", ["sum"], ["y"], name="relu"),
            ],
            "layer",
            [helper.make_tensor_value_info("x", TensorProto.FLOAT, image)],
            [helper.make_tensor_value_info("y", TensorProto.FLOAT, result)],
            [numpy_helper.from_array(weights, "weights"), numpy_helper.from_array(bias, "bias")],
        )
        self.source = os.path.join(self.folder, "layer.onnx")
        save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8), self.source)
        self.files = {"onnx": self.source, "inputs": ["x"], "outputs": ["y"]}
        self.write_input({"x": image})
        self.arrays = os.path.join(self.folder, "layer.npz")
        shape = numpy.array(
            [self.inputs, self.outputs, self.size, self.kernel, self.stride, padding, self.groups], numpy.int64
        )
        numpy.savez(self.arrays, weights=weights, bias=bias, shape=shape, output=numpy.zeros(result, numpy.float32))

    def prepare(self, kind, build, options=()):
        if kind == "coco-layer":
            trace = os.path.join(self.folder, f"trace-{prepare.stamp(build, *options)[:8]}")
            return {**self.files, "coco-run": prepare.tool(build, "coco-run"), "options": list(options), "trace": trace}
        if kind == "onednn":
            return {**self.files, "onednn": onednn_library(), "layer": self.arrays}
        return super().prepare(kind, build, options)


def onednn_library():
    return prepare.library("onednn.c", ["-ldnnl"], "libdnnl-dev must be installed")
