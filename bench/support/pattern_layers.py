"""VGG-16's layers L2 to L9, pruned to patterns: eight masks of four entries, and of 3.6 kernels one stays.

Weights are those of coco-zoo's VGG-16, pruned by coco-prune. A layer is measured alone, and in a network of two, where
a small layer of patterns reads its result: so that it writes what a reader needs, the halos of its patches included."""

import os

import numpy

import ablation
import layers
import pipelines
import prepare

MASKS = "0x1b0,0xd8,0x36,0x1b,0x3a,0xb8,0xb2,0x9a"
RATE = "3.6"
READER = 16  # filters of the layer that reads
# Shape, and the number of the convolution in the network.
LAYERS = {
    "L2": ("64-64@224", 2),
    "L3": ("64-128@112", 3),
    "L4": ("128-128@112", 4),
    "L5": ("128-256@56", 5),
    "L6": ("256-256@56", 6),
    "L7": ("256-512@28", 8),
    "L8": ("512-512@28", 9),
    "L9": ("512-512@14", 11),
}
BALANCES = ("none", "filter", "runs")


class PatternLayer(layers.Layer):
    def __init__(self, name, build, balance="none", rate=RATE, span=0):
        if name not in LAYERS:
            raise prepare.Unavailable(f"no such layer; there are {', '.join(LAYERS)}")
        shape, self.number = LAYERS[name]
        self.layer, self.build, self.balance, self.rate, self.span = name, build, balance, rate, span
        super().__init__(shape, f"pattern {balance} {rate} {span}")
        self.name = name if balance == "none" else f"{name} {balance}{span or ''}"

    def make(self, padding):
        dense = self.made("dense.onnx", "1", self.write_dense)
        pruner = prepare.tool(self.build, "coco-prune")
        options = [f"--masks={MASKS}", f"--connectivity={self.rate}", f"--balance={self.balance}", "--first"]
        options += [f"--span={self.span}"] if self.span else []
        self.pruned = self.made(
            "pruned.onnx",
            prepare.stamp("@" + pruner, "@" + dense, *options),
            lambda path: prepare.run([pruner, dense, *options, "-o", path]),
        )
        self.own = layers.convolutions(self.pruned)[0]
        self.take(self.own.weights, self.own.bias, padding)
        self.network = self.pruned
        support = (self.own.weights != 0).reshape(self.outputs * self.inputs, -1).sum(axis=1)
        if support.max() > 4:
            raise prepare.Unavailable(f"a kernel of {self.name} keeps {support.max()} entries")
        self.kernels = int((support > 0).sum())
        self.kept = 4 * self.kernels * self.place**2  # multiply-adds

    def write_dense(self, path):
        source, _ = prepare.find("vgg16", self.build)
        own = layers.convolutions(source)[self.number - 1]
        if own.weights.shape != (self.outputs, self.inputs, 3, 3):
            raise prepare.Unavailable(f"convolution {self.number} of VGG-16 has weights of {own.weights.shape}")
        random = numpy.random.default_rng(1)
        weights = random.normal(0, (2 / (9 * self.outputs)) ** 0.5, (READER, self.outputs, 3, 3)).astype(numpy.float32)
        layers.save(
            path, [self.inputs, self.size], [own, layers.Convolution(weights, numpy.zeros(READER, numpy.float32))]
        )

    def prepare(self, kind, build, options=()):
        if kind == "coco-dense":
            return self.in_profile(pipelines.as_dense(self, self.pruned, build), build, options)
        if kind == "coco-step":
            text = ablation.loops(self, build, options[0], [f"--variant={ablation.variant()}"])
            return self.in_profile(text, build, counted=1)
        if kind.startswith("coco"):
            options = ("--sparse=all", *options)
        return super().prepare(kind, build, options)

    def lowered(self, name, build, pipeline):
        key = prepare.stamp("@" + prepare.tool(build, "coco-opt"), "@" + self.pruned, pipeline)
        return self.made(f"{name}-{key[:6]}.mlir", key, lambda path: self.lower(build, pipeline, path))

    def lower(self, build, pipeline, path):
        pipelines.run(build, pipelines.imported(self, self.pruned, build), pipeline, path)
