#!/usr/bin/env python3
"""Real networks on every target: tests/conformance/run.py [--build=DIR] [--only=TEXT].

Published networks with their authors' reference outputs come from COCO_TEST_DATA/models; where that is absent they are
skipped. The networks of coco-zoo need nothing from outside and are compared with the interpreter, pruned ones too. ONNX's node suite comes
from COCO_TEST_DATA/conformance/onnx/node: what is refused there is listed, and no failure, but fewer cases may not pass than
NODE_SUITE says; its results are left in build/conformance for scripts/conformance-report. Prints a line per case and,
last, "conformance: N passed, N failed, N skipped"."""
import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
import zeros

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PUBLISHED = ["mnist-8", "squeezenet1.1", "resnet20-cifar10", "resnet20-cifar10-bn", "super-resolution-10", "ultraface-slim-320", "yunet-320", "vdsr"]
TARGETS = ["interpreter", "host", "arm64"]
# Network, size, targets that are compared with the interpreter.
ZOO = [("squeezenet1.1", 224, ["host", "arm64"]), ("resnet18", 224, ["host", "arm64"]), ("resnet18", 32, ["host", "arm64"]),
       ("vgg16", 32, ["host"]), ("resnet50", 32, ["host"]), ("mobilenet-v2", 32, ["host", "arm64"])]

# Network, size, options of coco-prune, how many layers get code for their zeros, or, the first one of most, for what it goes to. On every target, beside the interpreter, which computes
# the zeros as the numbers that they are. Of other sizes than 32 only what --only names exactly.
PATTERNS = ["--patterns=8", "--connectivity=3.6"]
PRUNED = [("resnet18", 32, PATTERNS, 20), ("vgg16", 32, [*PATTERNS, "--matrix=8"], 16), ("mobilenet-v2", 32, PATTERNS, 34),
          ("resnet50", 32, PATTERNS, 53), ("vgg16", 224, [*PATTERNS, "--matrix=8"], 16), ("resnet18", 224, PATTERNS, 20),
          ("resnet50", 224, PATTERNS, 53), ("mobilenet-v2", 224, PATTERNS, 34)]
FOUND = ("pattern.conv", "pattern.linear", "pattern.block_conv")

# Target of the node suite, and how many of its cases pass at least. arm64 takes minutes: --only="node suite on arm64".
NODE_SUITE = [("interpreter", 1138), ("host", 1135), ("arm64", 1135)]

options = argparse.ArgumentParser()
options.add_argument("--build", default="build/release")
options.add_argument("--only", default="")
options = options.parse_args()
binaries = os.path.join(ROOT, options.build, "bin")
data = os.environ.get("COCO_TEST_DATA", "")
counts = {"passed": 0, "failed": 0, "skipped": 0}


def report(name, outcome, detail=""):
    counts[outcome] += 1
    print(f"{outcome:8} {name}{': ' if detail else ''}{detail}", flush=True)


def tool(name, *arguments):
    return subprocess.run([os.path.join(binaries, name), *arguments], capture_output=True, text=True, stdin=subprocess.DEVNULL)


def case(name, *arguments):
    if options.only not in name:
        return
    started = time.monotonic()
    result = tool("coco-run", *arguments)
    seconds = f"{time.monotonic() - started:.1f} s"
    if result.returncode == 0:
        report(name, "passed", seconds)
    else:
        report(name, "failed", f"exit {result.returncode}, {seconds}\n{result.stdout}{result.stderr}")


def runnable(target):
    return target != "arm64" or (shutil.which("qemu-aarch64") and shutil.which("aarch64-linux-gnu-gcc"))


def measured(target):
    """On this machine the case also fails unless the scratch that is written is the size that was planned."""
    return ["--measure-scratch"] if target == "host" else []


for network in PUBLISHED:
    folder = os.path.join(data, "models", network)
    for target in TARGETS:
        name = f"{network} on {target}"
        if not data or not os.path.exists(os.path.join(folder, "model.onnx")):
            report(name, "skipped", "no such model in COCO_TEST_DATA")
        elif not runnable(target):
            report(name, "skipped", "no emulator or cross compiler")
        else:
            case(name, os.path.join(folder, "model.onnx"), f"--test-data={folder}", f"--target={target}", *measured(target))

with tempfile.TemporaryDirectory() as scratch:
    for network, size, targets in ZOO:
        model = os.path.join(scratch, f"{network}-{size}.onnx")
        made = tool("coco-zoo", network, f"--size={size}", "-o", model)
        if made.returncode != 0:
            report(f"coco-zoo {network}", "failed", made.stderr)
            continue
        for target in targets:
            name = f"zoo {network} at {size} on {target}"
            if not runnable(target):
                report(name, "skipped", "no emulator or cross compiler")
            else:
                case(name, model, f"--target={target}", "--compare=interpreter", *measured(target))



def made(name, *command):
    """Whether a tool did its work; a failure is reported for NAME."""
    result = tool(*command)
    if result.returncode != 0:
        report(name, "failed", f"{command[0]}: exit {result.returncode}\n{result.stdout}{result.stderr}")
    return result.returncode == 0


def found(name, model, expected, scratch):
    """The layers of MODEL with code for their zeros are counted, and computed by the interpreter in the form that they have then."""
    imported, text = (os.path.join(scratch, f"{kind}.mlir") for kind in ("imported", "found"))
    weights = [f"--weights-out={path.removesuffix('mlir')}safetensors" for path in (imported, text)]
    if not made(name, "coco-translate", "--import-onnx", model, "-o", imported, weights[0]):
        return
    if not made(name, "coco-opt", imported, "--graph-optimize", "-o", text, weights[1]):
        return
    with open(text, encoding="utf-8") as file:
        count = sum(f"= {kind} " in line for line in file for kind in FOUND)
    if count != expected:
        report(name, "failed", f"code for the zeros of {count} layers, not of {expected}")
        return
    folder = os.path.join(scratch, "reference")
    shutil.rmtree(folder, ignore_errors=True)
    if made(name, "coco-run", model, "--target=interpreter", f"--save-test-data={folder}"):
        case(f"{name} on interpreter", text, "--target=interpreter", f"--test-data={folder}")


def pruned(name, model, expected, scratch):
    found(name, model, expected, scratch)
    for target in ("host", "arm64"):
        if runnable(target):
            case(f"{name} on {target}", model, f"--target={target}", "--sparse=all", "--compare=interpreter", *measured(target))
        else:
            report(f"{name} on {target}", "skipped", "no emulator or cross compiler")


def is_wanted(name, large):
    return options.only == name if large else not options.only or options.only in name or name in options.only


with tempfile.TemporaryDirectory() as scratch:
    dense, zeros_in = os.path.join(scratch, "dense.onnx"), os.path.join(scratch, "pruned.onnx")
    for network, size, settings, expected in PRUNED:
        name = f"pruned {network} at {size}"
        if not is_wanted(name, size != 32):
            continue
        if made(name, "coco-zoo", network, f"--size={size}", "-o", dense) and made(name, "coco-prune", dense, *settings, "--data=none", "-o", zeros_in):
            pruned(name, zeros_in, expected, scratch)
    name = "zeros of another tool in squeezenet1.1 at 32"
    if is_wanted(name, False) and made(name, "coco-zoo", "squeezenet1.1", "--size=32", "-o", dense):
        weights = os.path.join(scratch, "dense.safetensors")
        if made(name, "coco-translate", "--import-onnx", dense, "-o", os.path.join(scratch, "dense.mlir"), f"--weights-out={weights}"):
            zeros.prune(dense, weights, zeros_in)
            pruned(name, zeros_in, 26, scratch)


def node_suite(target, least):
    name, folder = f"node suite on {target}", os.path.join(data, "conformance", "onnx", "node")
    if options.only not in name or (target == "arm64" and options.only != name):
        return
    if not data or not os.path.isdir(folder) or not runnable(target):
        report(name, "skipped", "no such cases in COCO_TEST_DATA, or no emulator")
        return
    results = os.path.join(ROOT, "build", "conformance", f"node-suite-{target}.json")
    os.makedirs(os.path.dirname(results), exist_ok=True)
    if os.path.exists(results):
        os.remove(results)
    suite = [os.path.join(ROOT, options.build, "conformance", "node-suite"), folder, f"--target={target}", f"--json={results}"]
    if target == "host" and platform.machine() == "x86_64":  # the variant that would run is enough
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            suite.append("--variant=avx512" if "avx512dq" in file.read() else "--variant=avx2")
    result = subprocess.run(suite, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    try:
        with open(results, encoding="utf-8") as file:
            cases = json.load(file)
    except (OSError, ValueError):
        report(name, "failed", result.stdout + result.stderr)
        return
    passed = sum(case["outcome"] == "passed" for case in cases)
    counts["passed"] += passed
    for case in cases:
        if case["outcome"] == "failed":
            report(f"{name}: {case['case']}", "failed", case["message"])
    print(result.stdout.splitlines()[-1], flush=True)
    if passed < least:
        report(name, "failed", f"{passed} cases pass; there were {least}")


for target, least in NODE_SUITE:
    node_suite(target, least)

print(f"conformance: {counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
sys.exit(1 if counts["failed"] else 0)
