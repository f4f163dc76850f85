"""Tables of bench/networks: pruned code of ours beside dense and sparse engines, and where its time goes."""

import json

import prepare
import report

OWN = "coco-pruned"
SPARSE = ("mnn-sparse", "deepsparse", "litert-sparse")
DATA = {"32": "CIFAR-10 size"}


def records(network, threads, contestants, peak):
    rows = report.records("network", network, threads, contestants, peak, bench="networks")
    for row, contestant in zip(rows, contestants):
        row["kind"] = contestant.entry.engine
        row["settings"] = " ".join(network.settings)
    return compared(rows)


def compared(rows):
    """The rows of one network and number of threads, with what follows from their times. `ratio` is to the fastest
    dense engine that is not CoCo."""
    for row in rows:
        dense = least(rows, lambda kind: not kind.startswith("coco") and kind not in SPARSE)
        row["ratio"] = row["milliseconds"] / dense if dense else float("nan")
    return rows


def least(rows, wanted):
    return min((row["milliseconds"] for row in rows if wanted(row["kind"])), default=None)


def table(network, rows):
    print(f"pruned by {rows[0]['settings']}")
    report.table(network, rows[0]["threads"], rows)


def read(path):
    """The rows of a file of results, the fastest result of each contestant."""
    groups = {}
    for row in report.lines(path):
        if row.get("bench") != "networks":
            continue
        group = groups.setdefault((row["name"], row["threads"]), {})
        if row["printed"] not in group or row["milliseconds"] < group[row["printed"]]["milliseconds"]:
            group[row["printed"]] = row
    return [row for group in groups.values() for row in compared(list(group.values()))]


def summary(rows):
    """Milliseconds of everyone for each network, as in the article's figure; and how many times faster the pruned code
    of CoCo is than others' fastest."""
    names = list(dict.fromkeys(row["printed"] for row in rows))
    widths = [max(9, len(name) + 1) for name in names]
    heads = ["to dense", "to sparse", "to CoCo dense"]
    print(f"\n{'ms':26}" + "".join(f"{name:>{width}}" for name, width in zip(names, widths)), end="")
    print("".join(f"{head:>{len(head) + 2}}" for head in heads))
    for (name, threads), group in report.grouped(rows).items():
        network, _, size = name.partition("@")
        label = f"{network}, {DATA.get(size, 'ImageNet size')}" if network != "vdsr" else name
        print(f"{label + ', ' + str(threads):26}", end="")
        for engine, width in zip(names, widths):
            print(f"{group[engine]['milliseconds']:{width}.3f}" if engine in group else f"{'-':>{width}}", end="")
        print("".join(f"{cell:>{len(head) + 2}}" for cell, head in zip(speeds(list(group.values())), heads)))


def speeds(rows):
    own = least(rows, lambda kind: kind == OWN)
    others = (
        least(rows, lambda kind: not kind.startswith("coco") and kind not in SPARSE),
        least(rows, lambda kind: kind in SPARSE),
        least(rows, lambda kind: kind == "coco-zeros"),
    )
    return [f"{other / own:.2f}" if own and other else "-" for other in others]


# ---- Where the time goes ----


def layers(build, model, options, threads, times):
    """The layers of a model in their order, from a profile: name, kind and the least milliseconds of TIMES runs."""
    trace = model + ".trace.json"
    prepare.run(
        [
            prepare.tool(build, "coco-run"),
            model,
            *options,
            f"--threads={threads}",
            f"--repeat={times}",
            f"--profile-trace={trace}",
        ]
    )
    with open(trace, encoding="utf-8") as file:
        events = json.load(file)["traceEvents"]
    runs = {}
    for event in events:
        runs.setdefault(event["args"]["run"], []).append(event)
    every = list(runs.values())
    return [(calls[0]["name"], calls[0]["cat"], min(1e-3 * call["dur"] for call in calls)) for calls in zip(*every)]


def profile(network, dense, pruned):
    """Both profiles side by side, a line for each layer that either has; then sums by kind."""
    order, cells = [], {}
    for column, profiled in enumerate((dense, pruned)):
        for name, kind, time in profiled:
            key = (name, kind == "lr.relayout")
            if key not in cells:
                order.append(key)
            cell = cells.setdefault(key, [[], []])
            cell[column].append((kind, time))
    places = {name: place for place, name in reversed(list(enumerate(name for name, _, _ in pruned)))}
    order.sort(key=lambda key: places.get(key[0], len(places)))
    print(f"\n{network.name}: where the time goes, least milliseconds of each layer")
    print(f"  {'':24} {'dense':>9} {'pruned':>9}  {'as dense':20} pruned")
    for key in order:
        times = ["" if not cell else f"{sum(time for _, time in cell):.3f}" for cell in cells[key]]
        kinds = [" + ".join(kind for kind, _ in cell) for cell in cells[key]]
        print(f"  {key[0]:24} {times[0]:>9} {times[1]:>9}  {kinds[0]:20} {kinds[1]}")
    for title, profiled in (("dense", dense), ("pruned", pruned)):
        sums = {}
        for _, kind, time in profiled:
            sums[kind] = sums.get(kind, 0) + time
        total = sum(sums.values())
        print(f"  {title}: {total:.3f} ms; " + ", ".join(
            f"{kind} {time:.3f} ({100 * time / total:.0f} %)" for kind, time in sorted(sums.items(), key=lambda e: -e[1])
        ))
