"""nodes.py FILE FOLDER: imports the model of each line 'NODE: …' of FILE, and checks what the import says of it.

A line has an operator with the version of the operator set, its inputs, its attributes, and what is expected:
  NODE: Conv-13 1x1x5x5 const:2x1x3x3 auto_pad="FOO" expected-error {{text}}
Inputs: [TYPE:]EXTENTS is an input of the model ('?' is an extent that is not known, 'scalar' a rank of 0), const:[TYPE:]EXTENTS a constant of ones,
const:[TYPE:][1,2] a vector, const:[TYPE:]7 a number, and '-' is left out. Attributes are integers, numbers with a point, "text", or [lists].
Words that begin with '@' change the model, see write(). Models are written to FOLDER. The import fails with one
error, or only warns where a warning is expected; with expected-module it says nothing, and what it writes has the text."""
import os
import re
import struct
import subprocess
import sys

TYPES = {"f32": 1, "i8": 3, "string": 8, "i32": 6, "i64": 7, "bool": 9, "f16": 10, "f64": 11}
FORMATS = {"f32": "f", "i8": "b", "i32": "i", "i64": "q", "bool": "?", "f16": "e", "f64": "d"}


def varint(number):
    number &= (1 << 64) - 1
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


def field(number, value):
    if isinstance(value, float):
        return varint(number << 3 | 5) + struct.pack("<f", value)
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    value = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(value)) + value


def fields(number, values):
    return b"".join(field(number, value) for value in values)


def extents_of(text):
    return [] if text == "scalar" else [None if part == "?" else int(part) for part in text.split("x")]


def value_info(name, element, extents):
    shape = b"" if extents is None else field(2, fields(1, [field(2, "n") if extent is None else field(1, extent) for extent in extents]))
    return field(1, name) + field(2, field(1, field(1, TYPES[element]) + shape))


def constant(name, element, text):
    """TensorProto"""
    if text.startswith("["):
        values = [float(part) if "." in part else int(part) for part in text[1:-1].split(",") if part]
        extents = [len(values)]
    elif re.fullmatch(r"-?[\d.]+", text):
        extents, values = [], [float(text) if "." in text or element[0] == "f" else int(text)]
    else:
        extents = extents_of(text)
        values = [1] * min(eval("*".join(map(str, extents)) or "1"), 1 << 16)
    raw = b"" if element == "string" else struct.pack(f"<{len(values)}{FORMATS[element]}", *values)
    return fields(1, extents) + field(2, TYPES[element]) + field(8, name) + field(9, raw)


def attribute(name, text):
    """AttributeProto"""
    if text.startswith('"'):
        return field(1, name) + field(4, text[1:-1]) + field(20, 3)
    if text.startswith("["):
        parts = [part for part in text[1:-1].split(",") if part]
        if any("." in part for part in parts):
            return field(1, name) + fields(7, map(float, parts)) + field(20, 6)
        return field(1, name) + fields(8, map(int, parts)) + field(20, 7)
    if text.startswith("const:"):
        return field(1, name) + field(5, tensor_of("t", text)) + field(20, 4)
    if "." in text:
        return field(1, name) + field(2, float(text)) + field(20, 1)
    return field(1, name) + field(3, int(text)) + field(20, 2)


def typed(text):
    element, colon, rest = text.partition(":")
    return (element, rest) if colon else ("f32", text)


def tensor_of(name, text):
    return constant(name, *typed(text[len("const:"):]))


def write(line, path):
    """The model of a line."""
    operator, *words = line.split()
    name, version = operator.split("-")
    variants = dict((word[1:].split("=", 1) + [""])[:2] for word in words if word.startswith("@"))
    inputs = initializers = attributes = b""
    names = []
    for word in words:
        key = f"in{len(names)}"
        if re.match(r"[a-z_A-Z]\w*=", word):
            attributes += field(5, attribute(*word.split("=", 1)))
        elif word.startswith("const:"):
            initializers += field(5, tensor_of(key, word) + bytes.fromhex(variants.get("tensor", "")))
            names.append(key)
        elif word == "-":
            names.append("")
        elif not word.startswith("@"):
            element, extents = typed(word)
            inputs += field(11, value_info(key, element, None if extents == "unranked" else extents_of(extents)))
            names.append(key)
    if "inputs" in variants:  # bytes of fields of ValueInfoProto
        inputs = field(11, field(1, "in0") + bytes.fromhex(variants["inputs"]))
    if "reference" in variants:
        attributes = field(5, field(1, "axis") + field(3, 0) + field(21, "axis") + field(20, 2))
    outputs = [f"out{i}" for i in range(int(variants.get("outputs", 1)))]
    node = fields(1, names) + fields(2, outputs) + field(3, "n") + field(4, name) + attributes
    results = field(12, value_info("out0", *(lambda e, s: (e, extents_of(s)))(*typed(variants["says"])))) if "says" in variants else field(12, field(1, "out0"))
    nodes = field(1, node)
    if "reads" in variants:  # another node that reads that output
        nodes += field(1, field(1, f"out{variants['reads']}") + field(2, "last") + field(3, "m") + field(4, "Relu"))
        results = field(12, field(1, "last"))
    graph = nodes + field(2, "g") + initializers + inputs + (b"" if "no-results" in variants else results)
    model = field(1, 8) + field(7, graph) + (b"" if "no-version" in variants else field(8, field(2, int(version))))
    with open(path, "wb") as file:
        file.write(model)


file, folder = sys.argv[1:]
failed = count = 0
for number, line in enumerate(open(file, encoding="utf-8"), 1):
    found = re.match(r"^// NODE: (.*?) expected-(error|warning|module) \{\{(.*)\}\}", line)
    if not found:
        if "NODE:" in line:
            print(f"{number}: not understood: {line}")
            failed += 1
        continue
    text, kind, expected = found.groups()
    count += 1
    path = os.path.join(folder, f"{number}.onnx")
    write(text, path)
    done = subprocess.run(["coco-translate", "--import-onnx", path, "-o", "-"], capture_output=True, text=True)
    said = re.findall(r"(error|warning): (.*)", done.stderr)
    if kind == "module":
        right = not said and expected in done.stdout
    else:
        right = len(said) == 1 and said[0][0] == kind and expected in said[0][1]
    if not right or done.returncode != (kind == "error"):
        print(f"{number}: {text}\n  expected {kind}: {expected}\n  exit status {done.returncode}: {done.stderr}")
        failed += 1
print(f"{count} models, {failed} failures")
sys.exit(failed != 0)
