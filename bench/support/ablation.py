"""What each step is worth that a pruned layer goes through: the order of kernels and filters (FKR), the elimination of
redundant loads (LRE), the schedule. Time is taken in turn as for engines; instructions and loads are counted, in the IR,
in the object, and executed: with callgrind on the AVX2 variant, with a plugin of qemu on AArch64."""

import glob
import os
import re
import shutil

import numpy

import arm64
import arm64_layer
import engines
import match
import pipelines
import prepare
import spending

# What is printed, and what there is: the order of filters, which lr-schedule changes once more for each group of channels
# whatever it was; elimination of loads; groups of channels as graph-to-pattern chooses them, else all in one; the block
# of registers that lr-schedule chooses, else 2x3 vectors.
ALL_CHANNELS = "1000000"  # more than any layer has
STEPS = {
    "fkr": ("+ FKR", {"order"}),
    "lre": ("+ LRE", {"order", "loads"}),
    "schedule": ("+ schedule", {"order", "loads", "groups", "block"}),
    "no-loads": ("all but LRE", {"order", "groups", "block"}),
    "no-groups": ("all but groups of channels", {"order", "loads", "block"}),
    "no-block": ("all but the block of registers", {"order", "loads", "groups"}),
}
IN_C = {"kernels": 0, "kernels-by-pattern": 1}
PARTS = ("time", "host", "aarch64")
HOST, ARM64 = ["--variant=avx2"], ["--target=arm64"]
TUNING = r"tuning = #lr\.tuning<[^>]*>, "


def variant():
    """The variant of this machine."""
    with open("/proc/cpuinfo", encoding="ascii") as file:
        return "avx512" if re.search(r"\bavx512vl\b", file.read()) else "avx2"


def loops(layer, build, step, given):
    """The text of the loops level of a layer's network after a step, for a target or variant."""
    parts = STEPS[step][1]
    lowering = pipelines.text(build, "graph-optimize", "lower-to-lr")
    if "order" not in parts:
        lowering = pipelines.with_options(lowering, "graph-to-pattern", reorder="false")
    if "groups" not in parts:
        lowering = pipelines.with_options(lowering, "graph-to-pattern", span=ALL_CHANNELS)
    scheduled = scheduled_text(layer, build, layer.lowered("lr", build, lowering), given)
    to_loops = pipelines.text(build, "lower-to-loops")
    if "loads" not in parts:
        to_loops = pipelines.without(to_loops, "redundant-load-elimination")
    name = f"{step}-{prepare.stamp(*given)[:6]}"
    tuned = "block" in parts
    key = prepare.stamp("@" + prepare.tool(build, "coco-opt"), "@" + scheduled, to_loops, str(tuned))
    return layer.made(f"loops-{name}.mlir", key, lambda path: to_loops_text(build, scheduled, tuned, to_loops, path))


def scheduled_text(layer, build, text, given):
    compiler = prepare.tool(build, "coco-compile")
    name = prepare.stamp(text, *given)[:6]

    def make(path):
        folder = os.path.join(layer.folder, f"levels-{name}")
        prepare.run([compiler, text, *given, f"--dump-ir={folder}", "-o", path + ".o"])
        pipelines.run(build, glob.glob(os.path.join(folder, "*lr-scheduled*.mlir"))[0], None, path)
        shutil.rmtree(folder)
        os.remove(path + ".o")

    return layer.made(f"scheduled-{name}.mlir", prepare.stamp("@" + compiler, "@" + text, *given), make)


def to_loops_text(build, scheduled, tuned, pipeline, path):
    source = scheduled
    if not tuned:
        source = f"{os.path.splitext(scheduled)[0]}-untuned.mlir"
        with open(scheduled, encoding="utf-8") as file:
            lines = [re.sub(TUNING, "", line) if "lr.pattern_conv" in line else line for line in file]
        with open(source, "w", encoding="utf-8") as file:
            file.writelines(lines)
    pipelines.run(build, source, pipeline, path)


# ---- What is counted ----


def loads_in_ir(text):
    """Loads in the function of the second layer that @main calls: the first is the relayout of the input."""
    with open(text, encoding="utf-8") as file:
        lines = file.readlines()
    name = [re.search(r"\bcall @([\w$.-]+)", line).group(1) for line in lines if re.match(r"\s*call @", line)][1]
    inside, count = False, 0
    for line in lines:
        if "func.func" in line:
            inside = f"@{name}(" in line
        count += inside and re.search(r"\b(?:memref|vector)\.load\b", line) is not None
    return count


def is_load_of_x86(text):
    """Whether an instruction in AT&T's syntax reads a vector or a float from memory: its last operand is what it
    writes."""
    mnemonic, _, operands = text.partition(" ")
    if mnemonic.startswith("lea") or not re.search(r"%[xyz]mm", operands):
        return False
    parts = re.findall(r"(?:\([^)]*\)|[^,(])+", operands.split("#")[0])
    return any("(" in part for part in parts[:-1])


def is_load_of_arm64(text):
    return re.match(r"ld\w+\s+\{?\s*[qvsd]\d", text) is not None


def functions_of_layer(listed, main):
    """Names of the functions of the layer that is called second."""
    _, functions, calls = listed
    return sorted(arm64.layer_functions(calls, next(name for name in functions if name.startswith(main)))[1])


def host_program(layer, build, text, given, base):
    prepare.run([prepare.tool(build, "coco-compile"), text, *given, "--name=network", "-o", base + ".o"])
    prepare.run(
        [
            "cc",
            "-O2",
            "-no-pie",
            f"-I{prepare.ROOT}/include",
            "-o",
            base,
            arm64.source("arm64_object.c"),
            base + ".o",
            "-lm",
        ]
    )
    listed = arm64.listing(base, tool="objdump", calling="call|jmp")
    return listed, functions_of_layer(listed, "network.main")


def static_loads(listed, names, is_load):
    instructions, functions, _ = listed
    places = [functions[name] for name in names]
    return sum(is_load(text) for at, text in instructions.items() if any(a <= at < b for a, b in places))


def executed(program, arguments, listed, names, is_load):
    """Instructions and loads of functions in one run."""
    instructions, functions, _ = listed
    key = prepare.stamp("@" + program, "callgrind", *arguments[:-1])
    folder = os.path.dirname(program)
    totals = prepare.remembered(folder, key, lambda: runs_by_address(program, arguments))
    places = [functions[name] for name in names]
    inside = {at: count for at, count in totals.items() if any(first <= at < end for first, end in places)}
    return sum(inside.values()), sum(count for at, count in inside.items() if is_load(instructions.get(at, "")))


def runs_by_address(program, arguments):
    """How often each instruction ran in a process of one run, by callgrind: the layer's functions run in nothing else,
    and do the same every time."""
    log = program + ".callgrind"
    options = ["--dump-instr=yes", "--compress-pos=no", "--compress-strings=no", f"--callgrind-out-file={log}"]
    try:
        prepare.run(["valgrind", "--tool=callgrind", *options, program, *arguments, "1"])
    except FileNotFoundError:
        raise prepare.Unavailable("valgrind must be installed") from None
    counts = runs_of_instructions(log)
    os.remove(log)
    return counts


def runs_of_instructions(log):
    """How often each instruction ran, by address. A line after calls= has the cost of what was called."""
    counts, called = {}, False
    with open(log, encoding="utf-8") as file:
        for line in file:
            if line.startswith("calls="):
                called = True
            elif line.startswith("0x"):
                address, _, count = line.split()[:3]
                if not called:
                    counts[int(address, 16)] = counts.get(int(address, 16), 0) + int(count)
                called = False
    return counts


def raw_layer(layer):
    """What the program of kernels.c reads."""
    path = os.path.join(layer.folder, "kernels.raw")
    with open(path, "wb") as file, numpy.load(layer.input) as image:
        numpy.array([layer.inputs, layer.outputs, layer.size], numpy.int64).tofile(file)
        for array in (image[image.files[0]], layer.own.weights, layer.own.bias):
            numpy.ascontiguousarray(array, numpy.float32).tofile(file)
    return path


def in_c_on_host(layer, order, row):
    program = os.path.join(layer.folder, "kernels-host")
    source = arm64.source("kernels.c")
    options = ["-O2", "-no-pie", "-mavx2", "-mfma", "-DPROGRAM"]
    prepare.run(["cc", *options, "-o", program, source])
    listed = arm64.listing(program, tool="objdump")
    names = [name for name in listed[1] if name.startswith("form_")]
    arguments = [str(order), raw_layer(layer), program + ".out"]
    row["instructions"], row["loads"] = executed(program, arguments, listed, names, is_load_of_x86)


def in_c_on_arm64(layer, order, row):
    program = os.path.join(layer.folder, "kernels-arm64")
    arm64.cross("-static", "-DPROGRAM", "-o", program, arm64.source("kernels.c"))
    arguments = [str(order), raw_layer(layer), program + ".out"]
    key = prepare.stamp("@" + program, "qemu", *arguments[:-1])
    counts = prepare.remembered(layer.folder, key, lambda: arm64.one_run(program, arguments, program + ".counts"))
    _, functions, _ = arm64.listing(program)
    places = [place for name, place in functions.items() if name.startswith("form_")]
    total = arm64.total(counts, lambda address: any(first <= address < end for first, end in places))
    row["arm64"] = {"instructions": total["instructions"], "loads": total["vector_loads"]}


def on_host(layer, build, step, row):
    text = loops(layer, build, step, HOST)
    base = os.path.join(layer.folder, f"host-{step}")
    listed, names = host_program(layer, build, text, HOST, base)
    arguments = [arm64_layer.raw_input(layer), base + ".out"]
    row["instructions"], row["loads"] = executed(base, arguments, listed, names, is_load_of_x86)
    row["ir_loads"] = loads_in_ir(text)
    row["object_loads"] = static_loads(listed, names, is_load_of_x86)
    command = [prepare.tool(build, "coco-compile"), text, *HOST, "--name=network", "-o", base + ".o"]
    row["compile_seconds"] = spending.least([spending.spend(command) for _ in range(3)])["processor"]


def on_arm64(layer, build, step, row):
    text = loops(layer, build, step, ARM64)
    kinds = arm64_layer.kinds(build, layer.network, [])
    (total, *_), _ = arm64_layer.coco(layer, step, text, kinds, [], build)
    listed = arm64.listing(os.path.join(layer.folder, f"arm64-{step.replace('-', '_')}"))
    names = functions_of_layer(listed, "network.main")
    row["arm64"] = {
        "instructions": total["instructions"],
        "loads": total["vector_loads"],
        "ir_loads": loads_in_ir(text),
        "object_loads": static_loads(listed, names, is_load_of_arm64),
        "loops_percent_of_peak": total.get("loops_percent_of_peak"),
    }


def entries(build):
    for name, (printed, *_) in STEPS.items():
        yield match.Entry(name, printed, "coco-step", build, [name])
    for name in (*IN_C, match.REFERENCE):
        yield match.Entry(name, engines.STEP_ENGINES[name][0], name)


def times(layer, options, rows):
    """Puts the minima into the rows. True unless CoCo's outputs were wrong."""
    ready = match.requests(layer, sorted(entries(options.build), key=lambda entry: entry.label not in IN_C))
    done, peak, right = match.play(layer, 1, ready, options.seconds, options.repetitions, 0.1, options.lock)
    for contestant in done:
        best = min(contestant.times)
        if contestant.entry.label in rows:
            percent = 100 * 2e-9 * layer.kept / best / peak
            rows[contestant.entry.label].update(milliseconds=1e3 * best, percent_of_peak=percent, peak_gflops=peak)
    return right


def measure(layer, options, parts):
    """The rows of a layer, and whether all was right."""
    names = {**{name: engines.STEP_ENGINES[name][0] for name in IN_C}, **{name: row[0] for name, row in STEPS.items()}}
    head = {"bench": "pattern", "what": "ablation", "name": layer.name}
    rows = {name: {**head, "step": name, "printed": printed} for name, printed in names.items()}
    right = times(layer, options, rows) if "time" in parts else True
    for name, row in rows.items():
        if "host" in parts:
            in_c_on_host(layer, IN_C[name], row) if name in IN_C else on_host(layer, options.build, name, row)
        if "aarch64" in parts:
            in_c_on_arm64(layer, IN_C[name], row) if name in IN_C else on_arm64(layer, options.build, name, row)
    return list(rows.values()), right


# ---- Printing ----

COLUMNS = (
    ("best ms", 8, "milliseconds", "{:.3f}"),
    ("% of peak", 9, "percent_of_peak", "{:.1f}"),
    ("instructions", 13, "instructions", "{}"),
    ("loads", 11, "loads", "{}"),
    ("in the IR", 9, "ir_loads", "{}"),
    ("object", 7, "object_loads", "{}"),
    ("compiled s", 10, "compile_seconds", "{:.2f}"),
)
COLUMNS_ARM64 = (
    ("instructions", 13, "instructions", "{}"),
    ("loads", 11, "loads", "{}"),
    ("in the IR", 9, "ir_loads", "{}"),
    ("object", 7, "object_loads", "{}"),
    ("% of peak", 9, "loops_percent_of_peak", "{:.1f}"),
)


def cells(columns, row):
    shown = (format.format(row[key]) if row.get(key) is not None else "-" for _, _, key, format in columns)
    return " ".join(f"{cell:>{column[1]}}" for cell, column in zip(shown, columns))


def heads(columns):
    return " ".join(f"{head:>{width}}" for head, width, _, _ in columns)


def table(layer, rows):
    print(f"{layer.name}: one thread; counts of the AVX2 variant{'':32} | AArch64")
    print(f"  {'':30} {heads(COLUMNS)} | {heads(COLUMNS_ARM64)}")
    for row in rows:
        print(f"  {row['printed']:30} {cells(COLUMNS, row)} | {cells(COLUMNS_ARM64, row.get('arm64', {}))}", flush=True)
