#!/usr/bin/env python3
"""What an operation costs coco-opt to parse, verify and print: bench/ir/operations.py [--build=DIR].

Writes two files of arith.addi in functions of 1,000 operations, counts instructions with callgrind on both, and prints the
slope, which is free of start-up and repeats whatever else the machine does."""
import argparse
import os
import re
import subprocess
import tempfile

options = argparse.ArgumentParser(description=__doc__)
options.add_argument("--build", default="build/release")
options = options.parse_args()
opt = os.path.join(options.build, "bin", "coco-opt")
OPERATIONS = 1000


def instructions(folder, functions):
    path = os.path.join(folder, "operations.mlir")
    with open(path, "w", encoding="utf-8") as file:
        for function in range(functions):
            lines = ["    %0 = arith.addi %a, %b : i32"]
            lines += [f"    %{i} = arith.addi %{i - 1}, %b : i32" for i in range(1, OPERATIONS)]
            file.write(f"  func.func @f{function}(%a: i32, %b: i32) -> i32 {{\n" + "\n".join(lines) + f"\n    return %{OPERATIONS - 1} : i32\n  }}\n")
    output = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", opt, path, "-o", os.path.join(folder, "out.mlir")],
                            check=True, capture_output=True, text=True).stderr
    return int(re.search(r"Collected : (\d+)", output).group(1))


with tempfile.TemporaryDirectory() as scratch:
    few, many = instructions(scratch, 20), instructions(scratch, 100)
print(f"{(many - few) / (80 * OPERATIONS):.0f} instructions an operation")
