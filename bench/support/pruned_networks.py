"""Networks pruned by coco-prune in one run each, and what each engine needs of them.

Every contestant computes the pruned weights: dense engines their zeros as ordinary numbers, sparse ones leave them out
as far as they can. VGG-16, ResNets and MobileNet-V2 come from coco-zoo, NAME for images of 224x224 as of ImageNet,
NAME@32 for those of CIFAR-10; vdsr is a published network."""

import os
import re

import prepare

PATTERNS = ["--patterns=8", "--connectivity=3.6"]  # 4 of 9 positions, one of 3.6 kernels; 1x1 kernels likewise
POINTWISE = [*PATTERNS, "--share=4"]  # of 1x1 layers four filters keep the same channels
SETTINGS = {
    "vgg16": [*PATTERNS, "--matrix=8"],
    "resnet18": PATTERNS,
    "resnet50": POINTWISE,
    "mobilenet-v2": POINTWISE,
    "vdsr": PATTERNS,
}
NETWORKS = [name for net in ("vgg16", "resnet18", "resnet50", "mobilenet-v2") for name in (net, f"{net}@32")] + ["vdsr"]


def settings(name):
    """The options of coco-prune for a network, which may be a file of one of these names."""
    for network, options in SETTINGS.items():
        if os.path.basename(name).startswith(network):
            return options
    return PATTERNS


class PrunedNetwork(prepare.Network):
    """Of `dense`, the network as it was found, the pruned one; whose weights all contestants compute."""

    def __init__(self, name, build, options=None):
        self.dense = prepare.Network(name, build)
        self.settings = settings(name) if options is None else options
        pruner = prepare.tool(build, "coco-prune")
        label = re.sub(r"[^A-Za-z0-9.@-]", "_", self.dense.name)
        source = self.dense.files["onnx"]
        made = self.dense.made(
            f"{label}-pruned.onnx",
            prepare.stamp("@" + pruner, "@" + source, *self.settings),
            lambda path: prepare.run([pruner, source, *self.settings, "--data=none", "-o", path]),
        )
        super().__init__(made, build)
        self.name = self.dense.name

    def prepare(self, kind, build, options=()):
        if kind == "coco-zeros":
            return {**self.files, **self.compile(build, ("--sparse=none", *options))}
        if kind == "deepsparse":
            return {**self.files, "python": prepare.python("deepsparse", "deepsparse")}
        if kind == "tflite-sparse":
            return {**self.files, "tflite": self.made("litert-sparse/network.tflite", "sparse", self.convert_sparse)}
        return super().prepare(kind, build, options)

    def convert_sparse(self, path):
        """LiteRT's converter marks tensors with many zeros as sparse, where it is asked to."""
        python = prepare.python("litert", "tensorflow")
        saved = os.path.join(os.path.dirname(super().prepare("tflite", None)["tflite"]))
        program = (
            "import sys, tensorflow as tf; converter = tf.lite.TFLiteConverter.from_saved_model(sys.argv[1]); "
            "converter.optimizations = [tf.lite.Optimize.EXPERIMENTAL_SPARSITY]; "
            "open(sys.argv[2], 'wb').write(converter.convert())"
        )
        os.makedirs(os.path.dirname(path), exist_ok=True)
        prepare.run([python, "-c", program, saved, path], env=prepare.QUIET_TENSORFLOW)
