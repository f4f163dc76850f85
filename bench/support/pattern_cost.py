"""What a pruned layer costs beside its time: bytes of the stored form beside the weights, and of CSR's; seconds of
coco-compile; bytes of machine code, which must not grow with the number of kernels."""

import os
import re

import ablation
import pattern_layers
import pipelines
import prepare
import spending

RATES = ("3.6", "5.33", "8")
BYTES = {"i8": 1, "ui8": 1, "i16": 2, "ui16": 2, "i32": 4, "ui32": 4}


def shipped(layer, build):
    """Bytes of the integers that the first lr.pattern_conv of the scheduled network reads, groups of channels included;
    0 where the layer has none."""
    lowering = pipelines.text(build, "graph-optimize", "lower-to-lr")
    text = ablation.scheduled_text(layer, build, layer.lowered("lr", build, lowering), ablation.HOST)
    with open(text, encoding="utf-8") as file:
        found = re.search(r'"lr\.pattern_conv".*?\}\)[^\n]*? : \((tensor<[^)]*)\) ->', file.read(), re.S)
    total = 0
    for extents, element in re.findall(r"tensor<([\dx]*)x(u?i\d+)[>,]", found.group(1)) if found else ():
        count = 1
        for extent in extents.split("x"):
            count *= int(extent)
        total += count * BYTES[element]
    return total


def csr(layer):
    """A column of four bytes for each weight, and where each filter begins."""
    return 4 * (4 * layer.kernels + layer.outputs + 1)


def measure(name, options, balance):
    rows = []
    for rate in RATES:
        layer = pattern_layers.PatternLayer(
            name, options.build, balance, rate, options.span if balance == "runs" else 0
        )
        path = os.path.join(layer.folder, "cost.o")
        command = [prepare.tool(options.build, "coco-compile"), layer.source, "--name=network", "-o", path]
        spent = spending.least([spending.spend(command) for _ in range(3)])
        mine, other = shipped(layer, options.build), csr(layer)
        row = {"bench": "pattern", "what": "cost", "name": layer.name, "rate": float(rate), "kernels": layer.kernels}
        row.update(seconds=spent["processor"], clock=spent["seconds"], text=spending.text_size(path))
        row.update(weight_bytes=16 * layer.kernels, stored_bytes=mine, csr_bytes=other, to_csr=mine / other)
        rows.append(row)
        os.remove(path)
    return rows


def table(rows):
    print(rows[0]["name"])
    heads = ("kernels", "weights", "stored form", "CSR", "of CSR's", "text bytes", "compiled s", "clock s")
    print("  rate  " + " ".join(f"{head:>11}" for head in heads))
    for row in rows:
        cells = [
            row["kernels"],
            row["weight_bytes"],
            row["stored_bytes"],
            row["csr_bytes"],
            f"{100 * row['to_csr']:.1f} %",
        ]
        cells += [row["text"], f"{row['seconds']:.2f}", f"{row['clock']:.2f}"]
        print(f"  {row['rate']:4}  " + " ".join(f"{cell:>11}" for cell in cells), flush=True)


def total(rows):
    """Over the layers, for each rate."""
    for rate in dict.fromkeys(row["rate"] for row in rows):
        group = [row for row in rows if row["rate"] == rate]
        mine, other = (sum(row[key] for row in group) for key in ("stored_bytes", "csr_bytes"))
        print(f"all layers, rate {rate}: stored form {mine} bytes, {100 * mine / other:.1f} % of CSR's {other}")
