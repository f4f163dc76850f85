#!/usr/bin/env python3
"""Random programs of functions, loops, conditions, branches and memory: what they return must not depend on the passes that ran.

random_programs.py [--opt=coco-opt] FIRST LAST [PASS ...] makes the programs of the seeds from FIRST up to, not including, LAST, lets
the interpreter run @main of each before and after each of the passes, and prints "N runs, N failed". A program that failed is
kept as random_program_SEED.mlir. Every program is valid, and no operation of it is undefined for the values that it may meet."""
import argparse
import random
import subprocess
import sys

PASSES = [
    ["--sccp"], ["--inline"], ["--inline=default-pipeline="], ["--mem2reg"], ["--loop-invariant-code-motion"],
    ["--control-flow-sink"], ["--canonicalize"], ["--cse"], ["--redundant-load-elimination"],
    ["--scf-loop-unroll=unroll-factor=2"], ["--scf-loop-unroll=unroll-factor=3 unroll-num-reps=2"],
    ["--scf-loop-unroll=unroll-full unroll-full-threshold=4"], ["--scf-loop-tile=tile-size=2"], ["--scf-loop-tile=tile-sizes=1,3"],
    ["--convert-scf-to-cf"], ["-p", "convert-scf-to-cf,canonicalize,sccp,inline,mem2reg,cse,symbol-dce"],
    ["-p", "inline,sccp,mem2reg,scf-loop-unroll{unroll-full=true},canonicalize,sccp,cse,loop-invariant-code-motion,"
           "control-flow-sink,symbol-privatize{exclude=main},symbol-dce"],
]
DEEPEST = 3


class Program:
    """Lines of text. `values` are the names of i32 in scope, the latest last."""

    def __init__(self, seed):
        self.random, self.lines, self.count, self.functions = random.Random(seed), [], 0, []
        for number in range(self.random.randrange(1, 3)):
            self.function(f"f{number}")
        self.main()

    def fresh(self):
        self.count += 1
        return f"%v{self.count}"

    def line(self, indent, text):
        self.lines.append("  " * indent + text)

    def value(self, indent, text):
        name = self.fresh()
        self.line(indent, f"{name} = {text}")
        return name

    def index(self, indent, low, high):
        return self.value(indent, f"arith.constant {self.random.randrange(low, high)} : index")

    def expression(self, indent, values):
        left, right, kind = self.random.choice(values), self.random.choice(values), self.random.randrange(7)
        if kind == 0:
            made = self.value(indent, f"arith.constant {self.random.randrange(-5, 9)} : i32")
        elif kind < 5:
            word = self.random.choice(["addi", "subi", "muli", "xori", "andi", "maxsi"])
            made = self.value(indent, f"arith.{word} {left}, {right} : i32")
        elif kind == 5:
            word = self.random.choice(["slt", "eq", "ne", "sge"])
            condition = self.value(indent, f"arith.cmpi {word}, {left}, {right} : i32")
            made = self.value(indent, f"arith.select {condition}, {left}, {right} : i32")
        else:
            divisor = self.value(indent, f"arith.constant {self.random.choice([1, 2, 3, 7])} : i32")
            made = self.value(indent, f"arith.divsi {left}, {divisor} : i32")
        values.append(made)

    def loop(self, indent, values, slot, array, depth):
        low, high, step = self.index(indent, -2, 3), self.index(indent, -2, 9), self.index(indent, 1, 4)
        result, counter, carried = self.fresh(), self.fresh(), self.fresh()
        first = self.random.choice(values)
        self.line(indent, f"{result} = scf.for {counter} = {low} to {high} step {step} iter_args({carried} = {first}) -> i32 {{")
        inner = [*values, carried, self.value(indent + 1, f"arith.index_cast {counter} : index to i32")]
        self.body(indent + 1, inner, slot, array, depth + 1)
        self.line(indent + 1, f"scf.yield {inner[-1]} : i32")
        self.line(indent, "}")
        values.append(result)

    def condition(self, indent, values, slot, array, depth):
        left, right = self.random.choice(values), self.random.choice(values)
        condition = self.value(indent, f"arith.cmpi slt, {left}, {right} : i32")
        result = self.fresh()
        self.line(indent, f"{result} = scf.if {condition} -> i32 {{")
        for end in ("} else {", "}"):
            inner = list(values)
            self.body(indent + 1, inner, slot, array, depth + 1)
            self.line(indent + 1, f"scf.yield {inner[-1]} : i32")
            self.line(indent, end)
        values.append(result)

    def nest(self, indent, values, array):
        """Two loops around a load and a store, whose places may or may not let the turns change their order."""
        zero, one = self.index(indent, 0, 1), self.index(indent, 1, 2)
        rows, columns, i, j = self.index(indent, 1, 6), self.index(indent, 1, 6), self.fresh(), self.fresh()
        to = self.random.choice([(i, j), (j, i), (zero, i), (zero, j), (zero, zero)])
        origin = self.random.choice([to, to, (i, j), (zero, j)])
        factor = self.random.choice(values)
        self.line(indent, f"scf.for {i} = {zero} to {rows} step {one} {{")
        self.line(indent + 1, f"scf.for {j} = {zero} to {columns} step {one} {{")
        loaded = self.value(indent + 2, f"memref.load {array}[{origin[0]}, {origin[1]}] : memref<6x6xi32>")
        number = self.value(indent + 2, f"arith.index_cast {j} : index to i32")
        product = self.value(indent + 2, f"arith.muli {loaded}, {factor} : i32")
        total = self.value(indent + 2, f"arith.addi {product}, {number} : i32")
        self.line(indent + 2, f"memref.store {total}, {array}[{to[0]}, {to[1]}] : memref<6x6xi32>")
        self.line(indent + 1, "}")
        self.line(indent, "}")

    def body(self, indent, values, slot, array, depth):
        for _ in range(self.random.randrange(2, 6)):
            kind = self.random.randrange(12)
            if kind == 5:
                self.line(indent, f"memref.store {self.random.choice(values)}, {slot}[] : memref<i32>")
            elif kind == 6:
                values.append(self.value(indent, f"memref.load {slot}[] : memref<i32>"))
            elif kind == 7 and depth < DEEPEST:
                self.loop(indent, values, slot, array, depth)
            elif kind == 8 and depth < DEEPEST:
                self.condition(indent, values, slot, array, depth)
            elif kind == 9 and self.functions:
                name, left, right = self.random.choice(self.functions), self.random.choice(values), self.random.choice(values)
                values.append(self.value(indent, f"func.call @{name}({left}, {right}) : (i32, i32) -> i32"))
            elif kind == 10 and depth < DEEPEST - 1:
                self.nest(indent, values, array)
            else:
                self.expression(indent, values)

    def memory(self):
        return self.value(1, "memref.alloca() : memref<i32>"), self.value(1, "memref.alloc() : memref<6x6xi32>")

    def blocks(self, values, slot, array):
        """An optional way to the last block, which loads what either way stored."""
        condition = self.value(1, f"arith.cmpi slt, {self.random.choice(values)}, {self.random.choice(values)} : i32")
        self.line(1, f"cf.cond_br {condition}, ^way, ^end({values[-1]} : i32)")
        self.line(0, "^way:")
        inner = list(values)
        self.body(1, inner, slot, array, 2)
        argument = self.fresh()
        self.line(1, f"cf.br ^end({inner[-1]} : i32)")
        self.line(0, f"^end({argument}: i32):")
        loaded = self.value(1, f"memref.load {slot}[] : memref<i32>")
        values.append(self.value(1, f"arith.addi {loaded}, {argument} : i32"))

    def function(self, name):
        visibility = "private " if self.random.random() < 0.7 else ""
        values = [self.fresh(), self.fresh()]
        self.line(0, f"func.func {visibility}@{name}({values[0]}: i32, {values[1]}: i32) -> i32 {{")
        slot, array = self.memory()
        self.body(1, values, slot, array, 1)
        if self.random.random() < 0.4:
            self.blocks(values, slot, array)
        self.line(1, f"return {values[-1]} : i32")
        self.line(0, "}")
        self.functions.append(name)

    def main(self):
        self.line(0, "func.func @main() -> (i32, memref<6x6xi32>) {")
        slot, array = self.memory()
        values = [self.value(1, f"arith.constant {self.random.randrange(-3, 4)} : i32")]
        self.body(1, values, slot, array, 0)
        self.body(1, values, slot, array, 0)
        self.line(1, f"return {values[-1]}, {array} : i32, memref<6x6xi32>")
        self.line(0, "}")


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--opt", default="coco-opt")
    options.add_argument("first", type=int)
    options.add_argument("last", type=int)
    options.add_argument("passes", nargs="*", help="pipelines; all of the list in this file when none is given")
    options = options.parse_args()
    runs = failed = 0

    def interpret(text, arguments):
        return subprocess.run([options.opt, "--interpret=@main", *arguments], input=text, capture_output=True, text=True)

    for seed in range(options.first, options.last):
        text = "\n".join(Program(seed).lines) + "\n"
        wanted = interpret(text, [])
        for arguments in [["-p", text] for text in options.passes] or PASSES:
            got = interpret(text, arguments)
            runs += 1
            if wanted.returncode == 0 and got.returncode == 0 and got.stdout == wanted.stdout:
                continue
            failed += 1
            print(f"seed {seed}, {' '.join(arguments)}: {(got.stderr or wanted.stderr or 'another result').splitlines()[0]}")
            with open(f"random_program_{seed}.mlir", "w", encoding="utf-8") as file:
                file.write(text)
    print(f"{runs} runs, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
