"""Layers pruned in blocks of 16 outputs by coco-prune: matrix products and block-punched convolutions.

A product is INPUTS-OUTPUTS, or INPUTS-OUTPUTSxROWS for several vectors at once; a convolution has the name of a layer
(layers.py). Weights are random; every layer has a bias and a ReLU."""

import os
import re

import numpy

import layers
import pipelines
import prepare

LAYERS = (
    "25088-4096",
    "4096-4096",
    "2048-1000",
    "768-3072x128",
    "256-256@28",
    "512-512@7",
    "256-256@28:1x1",
    "1024-256@14:1x1",
)
PRODUCT = re.compile(r"(\d+)-(\d+)(?:x(\d+))?")


class Blocks:
    """What both kinds have in common: the pruned model."""

    def prune(self, build, rate):
        pruner = prepare.tool(build, "coco-prune")
        options = ["--scheme=blocks", f"--connectivity={rate}", f"--matrix={rate}", "--first", "--data=none"]
        return self.made(
            "pruned.onnx",
            prepare.stamp("@" + pruner, "@" + self.dense, *options),
            lambda path: prepare.run([pruner, self.dense, *options, "-o", path]),
        )


class BlockConvolution(Blocks, layers.Layer):
    def __init__(self, name, build, rate):
        self.build, self.rate = build, rate
        super().__init__(name, f"blocks {rate}")
        self.name = f"{name} {rate}x"

    def make(self, padding):
        super().make(padding)
        self.dense = os.path.join(self.folder, "whole.onnx")
        os.replace(self.source, self.dense)
        pruned = layers.convolutions(self.prune(self.build, self.rate))[0]
        self.take(pruned.weights, pruned.bias, padding)
        self.kept = int((pruned.weights != 0).sum()) * self.place**2

    def prepare(self, kind, build, options=()):
        if kind == "coco-dense":
            return self.in_profile(pipelines.as_dense(self, self.network, build), build, options)
        if kind.startswith("coco"):
            options = ("--sparse=all", *options)
        return super().prepare(kind, build, options)


class BlockProduct(Blocks, prepare.Subject):
    winograd = False

    def __init__(self, name, build, rate):
        found = PRODUCT.fullmatch(name)
        self.inputs, self.outputs, self.rows = (int(number or 1) for number in found.groups())
        super().__init__(f"{name} {rate}x", prepare.stamp("blocks", name, str(rate)))
        self.multiplications = self.inputs * self.outputs * self.rows
        self.dense = self.made("whole.onnx", "1", self.write)
        self.source = self.network = self.prune(build, rate)
        self.files = {"onnx": self.source, "inputs": ["x"], "outputs": ["y"]}
        self.write_input({"x": [self.rows, self.inputs]})
        import onnx

        weights = onnx.numpy_helper.to_array(onnx.load(self.source).graph.initializer[0])
        self.kept = int((weights != 0).sum()) * self.rows

    def write(self, path):
        import onnx
        from onnx import TensorProto, helper, numpy_helper

        random = numpy.random.default_rng(1)
        weights = random.normal(0, (2 / self.inputs) ** 0.5, (self.outputs, self.inputs)).astype(numpy.float32)
        bias = random.normal(0, 0.1, self.outputs).astype(numpy.float32)
        nodes = [
            helper.make_node("Gemm", ["x", "weights", "bias"], ["sum"], name="layer", transB=1),
            helper.make_node("Relu", ["sum"], ["y"], name="relu"),
        ]
        given = helper.make_tensor_value_info("x", TensorProto.FLOAT, [self.rows, self.inputs])
        result = helper.make_tensor_value_info("y", TensorProto.FLOAT, [self.rows, self.outputs])
        tensors = [numpy_helper.from_array(weights, "weights"), numpy_helper.from_array(bias, "bias")]
        graph = helper.make_graph(nodes, "layer", [given], [result], tensors)
        onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8), path)

    def prepare(self, kind, build, options=()):
        if kind == "coco-layer":
            return layers.in_profile(self, self.network, build, ("--sparse=all", *options))
        if kind == "coco-dense":
            return layers.in_profile(self, pipelines.as_dense(self, self.network, build), build, options)
        if kind in layers.LIBRARIES:
            raise prepare.Unavailable("it is here for convolutions")
        if kind.startswith("coco"):
            options = ("--sparse=all", *options)
        return super().prepare(kind, build, options)


def make(name, build, rate):
    return (BlockProduct if PRODUCT.fullmatch(name) else BlockConvolution)(name, build, rate)
