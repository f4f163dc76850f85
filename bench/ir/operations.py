#!/usr/bin/env python3
"""What an operation costs coco-opt: bench/ir/operations.py [--build=DIR] [--peer=mlir-opt-19] [JOB ...].

Writes two files of operations in functions of 1,000, counts instructions with callgrind on both, and prints the slope, which is
free of start-up and repeats whatever else the machine does; and the slope of the largest memory, without valgrind, over files of
four times as many operations, less the text itself. Jobs: unregistered (parse, verify, print), arith, cse, canonicalize, sccp (each
arith and the pass). With --peer its instructions stand beside, and the ratio."""
import argparse
import os
import re
import subprocess
import tempfile

OPERATIONS = 1000
JOBS = {"unregistered": ["--allow-unregistered-dialect"], "arith": [], "cse": ["--cse"], "canonicalize": ["--canonicalize"], "sccp": ["--sccp"]}
options = argparse.ArgumentParser(description=__doc__)
options.add_argument("--build", default="build/release")
options.add_argument("--peer")
options.add_argument("jobs", nargs="*", choices=[*JOBS, []], default=[])
options = options.parse_args()


def write(folder, functions, job):
    path = os.path.join(folder, "operations.mlir")
    operation = '"bench.operation"(%{}, %b) {{width = 1 : i32}} : (i32, i32) -> i32' if job == "unregistered" else "arith.addi %{}, %b : i32"
    with open(path, "w", encoding="utf-8") as file:
        for function in range(functions):
            lines = [f"    %{i} = {operation.format(i - 1 if i else 'a')}" for i in range(OPERATIONS)]
            file.write(f"  func.func @f{function}(%a: i32, %b: i32) -> i32 {{\n" + "\n".join(lines) + f"\n    return %{OPERATIONS - 1} : i32\n  }}\n")
    return path


def instructions(folder, tool, functions, job):
    path = write(folder, functions, job)
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", tool, *JOBS[job], path, "-o", os.path.join(folder, "out.mlir")]
    return int(re.search(r"Collected : (\d+)", subprocess.run(command, check=True, capture_output=True, text=True).stderr).group(1))


def slope(folder, tool, job):
    return (instructions(folder, tool, 100, job) - instructions(folder, tool, 20, job)) / (80 * OPERATIONS)


def peak(folder, tool, functions, job):
    """The largest resident memory, less the text that was read and the text that was written, in bytes."""
    path, out = write(folder, functions, job), os.path.join(folder, "out.mlir")
    pid = os.spawnlp(os.P_NOWAIT, tool, tool, *JOBS[job], path, "-o", out)
    _, status, usage = os.wait4(pid, 0)
    if status:
        raise SystemExit(f"{tool} failed")
    return usage.ru_maxrss * 1024 - os.path.getsize(path) - os.path.getsize(out)


with tempfile.TemporaryDirectory() as scratch:
    own = os.path.join(options.build, "bin", "coco-opt")
    for name in options.jobs or JOBS:
        cost = slope(scratch, own, name)
        memory = (peak(scratch, own, 400, name) - peak(scratch, own, 80, name)) / (320 * OPERATIONS)
        line = f"{name:13} {cost:7.0f} instructions an operation, {memory:4.0f} bytes beyond the text"
        if options.peer:
            peer = slope(scratch, options.peer, name)
            line += f"; {options.peer} {peer:7.0f}, ratio {cost / peer:.2f}"
        print(line, flush=True)
