"""One layer, or a network, on an emulated AArch64: what it counts, in CoCo's code and in ONNX Runtime's library."""

import os
import re

import numpy

import arm64
import prepare

PEAK = 2  # FMLA a cycle
SHOWN = 0.9  # of the multiply-adds, that the loops do which are judged together


def raw_input(layer):
    path = os.path.join(layer.folder, "input.raw")
    with numpy.load(layer.input) as file:
        file[file.files[0]].tofile(path)
    return path


def kinds(build, model, given):
    """What the layers of a model are, in their order: lr.relayout, lr.conv, ..."""
    compiler = prepare.tool(build, "coco-compile")
    scratch = os.path.join(prepare.FOLDER, "kinds.o")
    report = prepare.run([compiler, model, "--target=arm64", "--report", *given, "-o", scratch])
    return re.findall(r"^ *\d+  \S+ +(lr\.\S+)", report, re.M)


def judged(row, counts, instructions):
    """Adds what llvm-mca says of the hottest loop, and of all that do most of the work together."""
    loops = arm64.hot_loops(counts, instructions)
    work, cycles, wanted = 0, 0, SHOWN * row["fmla"]
    for fmla, loop in loops:
        speed = arm64.loop_speed(loop, instructions)
        if not speed or not speed["fmla"]:
            return row
        if "loop" not in row:
            row["loop"] = {**speed, "percent_of_peak": 100 * speed["fmla"] / (PEAK * speed["cycles"])}
            row["hottest"] = [f"{address:x}: {instructions[address]}" for address in loop]
        cycles += fmla / speed["fmla"] * speed["cycles"]
        work += fmla
        if work >= wanted:
            break
    if work:
        row["loops_percent_of_peak"] = 100 * work / (PEAK * cycles)
    return row


def counted(subject, who, model, given, build):
    """A program of a MODEL's code, the counts of one run of it by address, and its first output."""
    base = os.path.join(subject.folder, f"arm64-{re.sub(r'[^A-Za-z0-9]+', '_', who)}")
    compiler = prepare.tool(build, "coco-compile")
    prepare.run([compiler, model, "--target=arm64", "--name=network", *given, "-o", base + ".o"])
    arm64.cross("-static", "-o", base, arm64.source("arm64_object.c"), base + ".o", "-lm", f"-I{subject.folder}")
    key = prepare.stamp("@" + base, "@" + raw_input(subject))
    result = os.path.join(subject.folder, f"arm64-{key}.out")
    arguments = [raw_input(subject), result]
    counts = prepare.remembered(subject.folder, key, lambda: arm64.one_run(base, arguments, base + ".counts"))
    return base, counts, numpy.fromfile(result, numpy.float32)


def network(subject, who, model, given, build):
    """A row of all the code of a network, and its output."""
    base, counts, output = counted(subject, who, model, given, build)
    places = [place for name, place in arm64.listing(base)[1].items() if name.startswith("network")]
    inside = arm64.total(counts, lambda address: any(start <= address < stop for start, stop in places))
    return {"who": who, **inside}, output


def coco(layer, who, model, kinds_of_layers, given, build):
    """Rows of the layer and of the whole network with its relayouts, and the layer's output. Of a network of several
    layers the first that is no relayout counts."""
    base, counts, output = counted(layer, who, model, given, build)
    instructions, functions, calls = arm64.listing(base)
    made_of = arm64.layer_functions(calls, next(name for name in functions if name.startswith("network.main")))
    if len(made_of) != len(kinds_of_layers):
        raise prepare.Unavailable(f"{len(kinds_of_layers)} layers are reported, and {len(made_of)} are called")
    first = next(names for kind, names in zip(kinds_of_layers, made_of) if kind != "lr.relayout")
    own = [functions[name] for name in first]
    everything = [place for name, place in functions.items() if name.startswith("network")]

    def inside(places):
        return lambda address: any(start <= address < stop for start, stop in places)

    row = {"who": who, **arm64.total(counts, inside(own))}
    row = judged(row, counts, {a: t for a, t in instructions.items() if inside(own)(a)})
    row["text"] = sum(stop - start for start, stop in own)
    whole = {"who": f"{who}, with relayouts", **arm64.total(counts, inside(everything))}
    return [row, whole] if layer.network == layer.source else [row], output


def onnxruntime(layer):
    program, library = arm64.onnxruntime_program()
    key = prepare.stamp("@" + program, "@" + library, "@" + layer.source, "@" + raw_input(layer))
    result = os.path.join(layer.folder, f"arm64-{key}.out")
    shape = "x".join(map(str, [1, layer.inputs, layer.size, layer.size]))
    size = 4 * layer.outputs * layer.place**2
    arguments = [library, layer.source, "x", shape, "y", raw_input(layer), result, str(size)]
    log = os.path.join(layer.folder, "arm64-onnxruntime.counts")

    def loaded(output):
        return int(re.search(r"loaded (\w+)", output).group(1), 16)

    counts = prepare.remembered(layer.folder, key, lambda: arm64.one_run(program, arguments, log, loaded))
    length = os.path.getsize(library)
    row = {"who": "ONNX Runtime", **arm64.total(counts, lambda address: 0 <= address < length)}
    hot = max(
        (address for address in counts if arm64.is_vector_fma(counts[address][0])),
        key=lambda address: counts[address][1],
    )
    return judged(row, counts, near(library, hot)), numpy.fromfile(result, numpy.float32)


def near(library, address, distance=8192):
    """The instructions around an address of a library's mapping. Its code lies at other addresses in the file's own
    count: the program headers tell the difference."""
    text = prepare.run(["aarch64-linux-gnu-objdump", "-p", library])
    first = min(int(value, 16) for value in re.findall(r"LOAD off\s+0x\w+ vaddr 0x(\w+)", text))
    instructions = arm64.listing(library, max(first + address - distance, 0), first + address + distance)[0]
    return {
        place - first: re.sub(r"\b([0-9a-f]+) <", lambda m: f"{int(m.group(1), 16) - first:x} <", line)
        for place, line in instructions.items()
    }


def reference(layer, build):
    """What the interpreter computes."""
    path = os.path.join(layer.folder, "interpreter.npz")
    prepare.run(
        [prepare.tool(build, "coco-run"), layer.source, layer.input, "--target=interpreter", f"--output-npz={path}"]
    )
    with numpy.load(path) as file:
        return file[file.files[0]].reshape(-1)
