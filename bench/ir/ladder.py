#!/usr/bin/env python3
"""Whether coco-opt's cost grows linearly: bench/ir/ladder.py [--build=DIR] [--steps=10000,20000,40000] [--seconds=N,N] [--check]
[SHAPE ...].

For each shape of program and each pass on it: instructions (callgrind, less those for an empty module) at every step and the
exponent between the last two, 1 being linear; over 1.1 is marked, and with --check is a failure. With --seconds, instead, each is
run at those sizes without valgrind, and its time and largest memory are printed: for sizes that callgrind would take hours for."""
import argparse
import math
import os
import re
import subprocess
import tempfile


def functions(n, width=1000):
    """N operations in functions of WIDTH."""
    for f in range(max(1, n // width)):
        yield f"func.func @f{f}(%a: i32, %b: i32) -> i32 {{\n"
        for i in range(min(n, width)):
            yield f"  %{i} = arith.addi %{i - 1 if i else 'a'}, %b : i32\n"
        yield f"  return %{min(n, width) - 1} : i32\n}}\n"


def block(n):
    """N operations in one block."""
    return functions(n, n)


def uses(n):
    """One value with N uses, none of which folds."""
    yield "func.func private @g(i32)\nfunc.func @f(%a: i32, %b: i32) {\n  %0 = arith.addi %a, %b : i32\n"
    for _ in range(n):
        yield "  func.call @g(%0) : (i32) -> ()\n"
    yield "  return\n}\n"


def constants(n):
    """N different constants, in the middle of a block, each used."""
    yield "func.func private @g(i32)\nfunc.func @f() {\n"
    for i in range(n):
        yield f"  %{i} = arith.constant {i} : i32\n  func.call @g(%{i}) : (i32) -> ()\n"
    yield "  return\n}\n"


def folds(n):
    """A chain of N operations that folds to one constant."""
    yield "func.func @f() -> i32 {\n  %c = arith.constant 1 : i32\n"
    for i in range(n):
        yield f"  %{i} = arith.addi %{i - 1 if i else 'c'}, %c : i32\n"
    yield f"  return %{n - 1} : i32\n}}\n"


def same(n):
    """N equal operations on one value."""
    yield "func.func private @g(i32)\nfunc.func @f(%a: i32) {\n"
    for i in range(n):
        yield f"  %{i} = arith.addi %a, %a : i32\n  func.call @g(%{i}) : (i32) -> ()\n"
    yield "  return\n}\n"


def calls(n, blocks=False, private="private "):
    """N calls in one function of one function with a body: of one block, or of two."""
    body = "  cf.br ^end\n^end:\n" if blocks else ""
    yield f"func.func {private}@g(%a: i32) -> i32 {{\n  %0 = arith.muli %a, %a : i32\n{body}  return %0 : i32\n}}\n"
    yield "func.func @f(%a: i32) -> i32 {\n"
    for i in range(n):
        yield f"  %{i} = func.call @g(%{i - 1 if i else 'a'}) : (i32) -> i32\n"
    yield f"  return %{n - 1} : i32\n}}\n"


def block_calls(n):
    """The same, of a function of two blocks."""
    return calls(n, True)


def symbols(n):
    """N functions, each called by the one before."""
    for i in range(n):
        yield f"func.func private @f{i}() {{\n" + (f"  func.call @f{i + 1}() : () -> ()\n" if i + 1 < n else "") + "  return\n}\n"
    yield "func.func @main() {\n  func.call @f0() : () -> ()\n  return\n}\n"


def branches(n):
    """A chain of N blocks."""
    yield "func.func @f(%a: i32) -> i32 {\n  cf.br ^b0\n"
    for i in range(n):
        yield f"^b{i}:\n  %{i} = arith.addi %{i - 1 if i else 'a'}, %a : i32\n  cf.br ^b{i + 1}\n"
    yield f"^b{n}:\n  return %{n - 1} : i32\n}}\n"


def aliases(n):
    """N aliases of types and of attributes, each used once."""
    for i in range(n // 2):
        yield f"!t{i} = tensor<{i + 1}xf32>\n#a{i} = {i} : i64\n"
    for i in range(n // 2):
        yield f"func.func private @f{i}(!t{i}) attributes {{test.a = #a{i}}}\n"


def names(n):
    """N values named by words, used in the opposite order in one operation."""
    yield "func.func private @g()\nfunc.func @f(%a: i32) {\n"
    for i in range(n):
        yield f"  %word_{i} = arith.addi %a, %a : i32\n"
    yield f"  \"test.use\"({', '.join(f'%word_{i}' for i in reversed(range(n)))}) : ({', '.join(['i32'] * n)}) -> ()\n  return\n}}\n"


def forward(n):
    """N values used before they are defined."""
    yield "func.func @f() {\n  cf.br ^b\n^a:\n"
    for i in range(n):
        yield f"  \"test.use\"(%{i}) : (i32) -> ()\n"
    yield "  return\n^b:\n"
    for i in range(n):
        yield f"  %{i} = \"test.make\"() : () -> i32\n"
    yield "  cf.br ^a\n}\n"


def loops(n, depth=500):
    """Operations inside DEPTH loops in each other, N in all."""
    yield "func.func @f(%a: index) {\n"
    for i in range(depth):
        yield f"scf.for %i{i} = %a to %a step %a {{\n"
    for i in range(n):
        yield f"  %{i} = arith.muli %{i - 1 if i else 'a'}, %i{i % depth} : index\n"
    yield f"  \"test.use\"(%{n - 1}) : (index) -> ()\n"
    yield "}\n" * depth + "return\n}\n"


def errors(n):
    """N operations that each miss an operand: an error and its line for each."""
    yield "func.func @f(%a: i32) {\n"
    for i in range(n):
        yield f"  %{i} = \"arith.addi\"(%a) : (i32) -> i32\n"
    yield "  return\n}\n"


def rejected(n):
    """N operations that the verifier rejects: each error may show its operation."""
    yield "func.func @f(%a: i32) {\n"
    for i in range(n):
        yield f"  %{i} = \"arith.trunci\"(%a) : (i32) -> i64\n"
    yield "  return\n}\n"


def conditions(n):
    """N conditions, one behind the other in a block."""
    yield "func.func private @g()\nfunc.func @f(%c: i1) {\n"
    for _ in range(n):
        yield "  scf.if %c {\n    func.call @g() : () -> ()\n  }\n"
    yield "  return\n}\n"


FAILING = (errors, rejected)
SHAPES = {shape.__name__: shape for shape in (functions, block, uses, constants, folds, same, calls, block_calls, symbols, branches, aliases,
                                              names, forward, loops, conditions, *FAILING)}
PASSES = {"read and write": [], "cse": ["--cse"], "canonicalize": ["--canonicalize"], "sccp": ["--sccp"], "symbol-dce": ["--symbol-dce"], "inline": ["--inline"],
          "licm": ["--loop-invariant-code-motion"], "scf-to-cf": ["--convert-scf-to-cf"]}
MARKED = 1.1
options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
options.add_argument("--build", default="build/release")
options.add_argument("--steps", default="10000,20000,40000")
options.add_argument("--seconds")
options.add_argument("--check", action="store_true")
options.add_argument("--passes", default=",".join(PASSES))
options.add_argument("shapes", nargs="*", choices=[*SHAPES, []], default=[])
options = options.parse_args()
TOOL = os.path.join(options.build, "bin", "coco-opt")


def command(folder, arguments):
    return [TOOL, "--allow-unregistered-dialect", os.path.join(folder, "in.mlir"), "-o", os.path.join(folder, "out.mlir"), *arguments]


def write(folder, pieces):
    with open(os.path.join(folder, "in.mlir"), "w", encoding="utf-8") as file:
        file.writelines(pieces)


def instructions(folder, arguments, fails=False):
    run = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command(folder, arguments)]
    done = subprocess.run(run, capture_output=True, text=True)
    if bool(done.returncode) != fails:
        raise SystemExit(done.stderr)
    return int(re.search(r"Collected : (\d+)", done.stderr).group(1))


def counted(folder, shape, arguments):
    write(folder, [])
    empty = instructions(folder, arguments)
    steps, costs = [int(n) for n in options.steps.split(",")], []
    for n in steps:
        write(folder, shape(n))
        costs.append(instructions(folder, arguments, shape in FAILING) - empty)
    exponent = math.log(costs[-1] / costs[-2]) / math.log(steps[-1] / steps[-2])
    each = ", ".join(f"{cost / n:.0f}" for cost, n in zip(costs, steps))
    if exponent > MARKED and options.check:
        raise SystemExit(f"{shape.__name__} {arguments}: {each} instructions each, which is not linear")
    return f"{each} instructions for each of {options.steps}: exponent {exponent:.2f}{'  <--' if exponent > MARKED else ''}"


def timed(folder, shape, arguments):
    results = []
    for n in options.seconds.split(","):
        write(folder, shape(int(n)))
        process = subprocess.Popen(command(folder, arguments), stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        if bool(status) != (shape in FAILING):
            raise SystemExit(f"failed with status {status}")
        results.append(f"{usage.ru_utime + usage.ru_stime:.2f} s and {usage.ru_maxrss / 1024:.0f} MiB for {n}")
    return "; ".join(results)


with tempfile.TemporaryDirectory() as scratch:
    for name in options.shapes or SHAPES:
        for passed in options.passes.split(","):
            measure = timed if options.seconds else counted
            print(f"{name:12} {passed:15} {measure(scratch, SHAPES[name], PASSES[passed])}", flush=True)
