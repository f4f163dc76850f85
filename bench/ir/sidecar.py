#!/usr/bin/env python3
"""How much a module costs beyond its ops when it names much weight: bench/ir/sidecar.py [--build=DIR] [--megabytes=500].

Writes a safetensors file of that size beside a text of 100 layers, and times `coco-opt --canonicalize` on it, in turn with the
same text beside weights of a few bytes. Prints the minimum of 20 runs of each, their difference, and the peak of memory."""
import argparse
import json
import os
import resource
import struct
import subprocess
import tempfile
import time

options = argparse.ArgumentParser(description=__doc__)
options.add_argument("--build", default="build/release")
options.add_argument("--megabytes", type=int, default=500)
options = options.parse_args()
opt = os.path.join(options.build, "bin", "coco-opt")
LAYERS = 100


def module(folder, bytes_each):
    """The text's path; its weights stand beside it."""
    count = bytes_each // 4
    header = {f"w{i}": {"dtype": "F32", "shape": [count], "data_offsets": [i * count * 4, (i + 1) * count * 4]} for i in range(LAYERS)}
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-(8 + len(text)) % 64)
    with open(os.path.join(folder, "weights.safetensors"), "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        file.truncate(8 + len(text) + LAYERS * count * 4)
    lines = [f"  %{i} = graph.constant dense_resource<w{i}> : tensor<{count}xf32>" for i in range(LAYERS)]
    sums = []
    for i in range(1, LAYERS):
        left = "%0" if i == 1 else f"%s{i - 1}"
        sums.append(f"  %s{i} = graph.add {left}, %{i} : (tensor<{count}xf32>, tensor<{count}xf32>) -> tensor<{count}xf32>")
    path = os.path.join(folder, "model.mlir")
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"func.func @main() -> tensor<{count}xf32> {{\n" + "\n".join(lines + sums) + f"\n  return %s{LAYERS - 1} : tensor<{count}xf32>\n}}\n"
                   '{-#\n  external_resources: {\n    coco: {\n      weights: "weights.safetensors"\n    }\n  }\n#-}\n')
    return path


def seconds(path):
    started = time.perf_counter()
    subprocess.run([opt, path, "--symbol-dce", "-o", path + ".out"], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


with tempfile.TemporaryDirectory() as large, tempfile.TemporaryDirectory() as small:
    heavy = module(large, options.megabytes * 1000000 // LAYERS)
    light = module(small, 64)
    best_heavy = best_light = float("inf")
    for _ in range(20):
        best_light = min(best_light, seconds(light))
        best_heavy = min(best_heavy, seconds(heavy))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(f"{options.megabytes} MB of weights: {best_heavy * 1e3:.2f} ms; 6 KB: {best_light * 1e3:.2f} ms; "
          f"difference {(best_heavy - best_light) * 1e3:+.2f} ms; peak {peak / 1024:.1f} MiB")
