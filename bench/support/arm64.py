"""Counting on an emulated AArch64: programs, the emulator with the plugin, what an opcode is, and loops."""

import os
import re
import subprocess

import prepare

PLACE = os.path.join(prepare.FOLDER, "arm64")
LIBRARIES = "/usr/aarch64-linux-gnu/lib"
CPU_INFO = """processor\t: 0
BogoMIPS\t: 100.00
Features\t: fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm lrcpc dcpop asimddp
CPU implementer\t: 0x41
CPU architecture: 8
CPU variant\t: 0x3
CPU part\t: 0xd0c
CPU revision\t: 1

"""


# ---- Programs ----


def root():
    """A system root: the cross compiler's libraries, and what ONNX Runtime reads about processors."""
    folder = os.path.join(PLACE, "root")
    processors = os.path.join(folder, "sys", "devices", "system", "cpu")
    os.makedirs(processors, exist_ok=True)
    os.makedirs(os.path.join(folder, "proc"), exist_ok=True)
    if not os.path.exists(os.path.join(folder, "lib")):
        os.symlink(LIBRARIES, os.path.join(folder, "lib"))
    for path, text in (
        ("proc/cpuinfo", CPU_INFO),
        ("sys/devices/system/cpu/possible", "0\n"),
        ("sys/devices/system/cpu/present", "0\n"),
    ):
        with open(os.path.join(folder, path), "w", encoding="ascii") as file:
            file.write(text)
    return folder


def cross(*arguments):
    try:
        return prepare.run(["aarch64-linux-gnu-gcc", "-O2", f"-I{prepare.ROOT}/include", *arguments])
    except FileNotFoundError:
        raise prepare.Unavailable("gcc-aarch64-linux-gnu must be installed") from None


def source(name):
    return os.path.join(prepare.ROOT, "bench", "support", name)


def onnxruntime_program():
    """The program that runs ONNX Runtime, and the library out of the wheel for AArch64."""
    import glob
    import sys
    import zipfile

    wheels = glob.glob(os.path.join(PLACE, "onnxruntime-*.whl"))
    if not wheels:
        prepare.run(
            [
                sys.executable,
                "-m",
                "pip",
                "download",
                "--quiet",
                "--disable-pip-version-check",
                "--no-deps",
                "--only-binary=:all:",
                "--platform=manylinux_2_28_aarch64",
                "--platform=manylinux_2_27_aarch64",
                "--python-version=3.12",
                "--dest",
                PLACE,
                "onnxruntime",
            ]
        )
        wheels = glob.glob(os.path.join(PLACE, "onnxruntime-*.whl"))
    with zipfile.ZipFile(wheels[0]) as wheel:
        names = [name for name in wheel.namelist() if re.search(r"/libonnxruntime\.so[.\d]*$", name)]
        if not names:
            raise prepare.Unavailable("the wheel of ONNX Runtime holds no C library")
        library = os.path.join(PLACE, os.path.basename(names[0]))
        if not os.path.exists(library):
            with open(library, "wb") as file:
                file.write(wheel.read(names[0]))
    program = os.path.join(PLACE, "run-onnxruntime")
    cross("-o", program, source("arm64_onnxruntime.c"), "-ldl")
    return program, library


def count(program, arguments, log):
    """Runs a program on the emulator; gives its standard output, and {address: (opcode, times)}."""
    plugin = prepare.library("count.c", ["-fvisibility=hidden", "-lpthread"], "a C compiler must be installed")
    try:
        output = prepare.run(
            [
                "qemu-aarch64",
                "-L",
                root(),
                "-cpu",
                "neoverse-n1",
                "-plugin",
                f"{plugin},out={log}",
                "-d",
                "plugin",
                program,
                *arguments,
            ]
        )
    except FileNotFoundError:
        raise prepare.Unavailable("qemu-user must be installed") from None
    counts = {}
    with open(log, encoding="ascii") as file:
        for line in file:
            address, opcode, times = line.split()
            address = int(address, 16)
            old = counts.get(address)
            counts[address] = (int(opcode, 16), int(times) + (old[1] if old else 0))
    os.remove(log)
    return output, counts


def one_run(program, arguments, log, base=lambda output: 0):
    """Counts of one run, by address from BASE: those of a process with two runs less those of a process with one."""
    output, twice = count(program, [*arguments, "2"], log)
    moved = base(output)
    output, once = count(program, [*arguments, "1"], log)
    start = base(output)
    rebased = {address - start: entry for address, entry in once.items()}
    result = {}
    for address, (opcode, times) in twice.items():
        more = times - rebased.get(address - moved, (0, 0))[1]
        if more > 0:
            result[address - moved] = (opcode, more)
    return result


# ---- Opcodes of A64 ----


def is_vector_fma(op):
    """FMLA and FMLS of vectors, whole or by an element; of four floats (two in the short form, which nobody uses
    here)."""
    return op & 0xBF20FC00 == 0x0E20CC00 or op & 0xBF80B400 == 0x0F801000


def is_vector_multiply(op):
    return op & 0xBFA0FC00 == 0x2E20DC00 or op & 0xBF80F400 == 0x0F809000


def memory(op):
    """(loads, stores) of registers: a pair counts two, LD1 of four registers four."""
    if op & 0x0A000000 != 0x08000000:
        return 0, 0
    is_load, registers = bool(op & 1 << 22), 1
    if op & 0x3A000000 == 0x28000000:  # pairs
        registers = 2
    elif op & 0x3B000000 == 0x18000000:  # literals
        is_load = True
    elif op & 0x3A000000 == 0x38000000:  # one register
        if not op & 1 << 26:
            option = op >> 22 & 3
            if option == 2 and op >> 30 == 3:
                return 0, 0  # a prefetch
            is_load = option != 0
    elif op & 0xBE000000 == 0x0C000000 and not op & 1 << 24:  # several structures
        registers = {0: 4, 2: 4, 4: 3, 6: 3, 7: 1, 8: 2, 10: 2}.get(op >> 12 & 15, 1)
    return (registers, 0) if is_load else (0, registers)


def total(counts, inside=lambda address: True):
    """Sums over the instructions INSIDE."""
    sums = dict.fromkeys(("instructions", "fmla", "multiplies", "loads", "vector_loads", "stores"), 0)
    for address, (op, times) in counts.items():
        if inside(address):
            loads, stores = memory(op)
            sums["instructions"] += times
            sums["fmla"] += times * is_vector_fma(op)
            sums["multiplies"] += times * is_vector_multiply(op)
            sums["loads"] += times * loads
            sums["vector_loads"] += times * loads * bool(op & 1 << 26)
            sums["stores"] += times * stores
    return sums


# ---- Functions of a program ----


def listing(path, start=None, stop=None, tool="aarch64-linux-gnu-objdump", calling=r"bl?"):
    """Instructions of an ELF file, {address: text}, and its functions, {name: (start, stop)}, and who calls whom: with
    the instructions that CALLING matches."""
    options = [f"--start-address={start:#x}", f"--stop-address={stop:#x}"] if start is not None else []
    text = prepare.run([tool, "-d", "--no-show-raw-insn", *options, path])
    instructions, functions, calls, name = {}, {}, {}, None
    for line in text.splitlines():
        head = re.match(r"([0-9a-f]+) <(.+)>:$", line)
        body = re.match(r"\s*([0-9a-f]+):\s+(\S.*)$", line)
        if head:
            name = head.group(2)
            functions[name] = [int(head.group(1), 16)] * 2
        elif body:
            address = int(body.group(1), 16)
            instructions[address] = body.group(2).split("//")[0].strip()
            if name:
                functions[name][1] = address + 4
                target = re.match(rf"(?:{calling})\s+[0-9a-f]+ <([^+>]+)>", body.group(2))
                if target and target.group(1) != name:
                    calls.setdefault(name, []).append(target.group(1))
    return instructions, functions, calls


def layer_functions(calls, main):
    """The functions that each layer of a network is made of, in the order in which MAIN calls the layers."""
    layers = []
    for layer in calls.get(main, []):
        reached, open_ends = set(), [layer]
        while open_ends:
            name = open_ends.pop()
            if name not in reached and name.startswith("network."):
                reached.add(name)
                open_ends += calls.get(name, [])
        layers.append(reached)
    return layers


# ---- Loops ----


def hot_loops(counts, instructions):
    """Addresses of the innermost loops, between a jump backwards and its target, and how many vector multiply-adds ran
    in each; most work first."""
    found, loops = [], []
    for address, text in instructions.items():
        jump = re.match(r"(?:b\.\w+|cbn?z\s+\w+,|tbn?z\s+\w+, #\w+,|b)\s+([0-9a-f]+)\b", text)
        if jump and int(jump.group(1), 16) < address and address in counts:
            loops.append((int(jump.group(1), 16), address))
    for start, stop in loops:
        if any((a, b) != (start, stop) and start <= a and b <= stop for a, b in loops):
            continue
        inside = range(start, stop + 4, 4)
        work = sum(counts[a][1] for a in inside if a in counts and is_vector_fma(counts[a][0]))
        if work:
            found.append((work, inside))
    return sorted(found, key=lambda entry: -entry[0])


def loop_speed(addresses, instructions, core="neoverse-n1"):
    """llvm-mca on a loop: instructions, multiply-adds, cycles an iteration; None where it cannot say. The jump that
    ends the loop keeps its kind; jumps inside become ones to the end."""
    lines = []
    for address in addresses:
        text = instructions[address]
        text = re.sub(r"\s+[0-9a-f]+ <.*>$", " 1f" if address != addresses[-1] else " 0b", text)
        lines.append(text)
    program = "0:\n" + "\n".join(lines) + "\n1:\n"
    rounds = 200
    try:
        result = subprocess.run(
            ["llvm-mca-19", "-mtriple=aarch64", f"-mcpu={core}", f"-iterations={rounds}"],
            input=program,
            text=True,
            capture_output=True,
        )
    except FileNotFoundError:
        return None
    cycles = re.search(r"Total Cycles:\s+(\d+)", result.stdout)
    if not cycles:
        return None
    multiplies = sum(bool(re.match(r"fml[as]\s+v\d+\.", line)) for line in lines)
    return {"instructions": len(lines), "fmla": multiplies, "cycles": int(cycles.group(1)) / rounds}
