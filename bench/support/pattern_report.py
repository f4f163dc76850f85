"""Tables and sums of bench/pattern: everything beside the faster of oneDNN's two algorithms, layer by layer."""

import report

SPARSE = ("coco-pattern", "coco", "csr", "mnn-sparse")  # whose work is that of the weights that are kept
SUMS = "sum of the layers"


def records(layer, threads, contestants, peak):
    rows = report.records("layer", layer, threads, contestants, peak, bench="pattern")
    for row, contestant in zip(rows, contestants):
        sparse = contestant.entry.engine in SPARSE
        work = 2e-9 * (layer.kept if sparse else layer.multiplications)
        row.update(kind=contestant.entry.engine, layer=layer.layer, balance=layer.balance, work=work)
    return compared(rows)


def compared(rows):
    """The rows of one layer and number of threads, with what follows from their times."""
    peers = [row["milliseconds"] for row in rows if row["kind"].startswith("onednn")]
    if not peers:  # the fastest of those who are not CoCo
        peers = [row["milliseconds"] for row in rows if not row["kind"].startswith("coco")]
    csr = [row["milliseconds"] for row in rows if row["kind"] == "csr"]
    for row in rows:
        row["ratio"] = row["milliseconds"] / min(peers)
        row["speed_to_csr"] = min(csr) / row["milliseconds"] if csr else None
        row["percent_of_peak"] = 1e5 * row["work"] / row["milliseconds"] / row["peak_gflops"]
    return rows


def table(rows):
    first = rows[0]
    dense = first["gflops"] * first["milliseconds"] * 1e-3
    kept = min(row["work"] for row in rows)
    print(
        f"{first['name']}, {report.many(first['threads'])}: {dense / 2 * 1e3:.0f} million multiply-adds dense,", end=" "
    )
    print(f"{kept / 2 * 1e3:.1f} kept, peak {first['peak_gflops']:.0f} GFLOP/s")
    heads(("best ms", "median", "GFLOP/s", "% of peak", "speed to oneDNN", "to CSR", "runs", "difference"))
    for row in rows:
        line(
            row["printed"],
            f"{row['milliseconds']:.3f}",
            f"{row['median']:.3f}",
            f"{row['gflops']:.1f}",
            f"{row['percent_of_peak']:.1f}",
            f"{1 / row['ratio']:.2f}",
            f"{row['speed_to_csr']:.2f}" if row["speed_to_csr"] else "-",
            row["runs"],
            f"{row['difference']:.1e}",
        )


def heads(names):
    line("", *names)


def line(name, *cells):
    widths = (9, 9, 9, 10, 16, 8, 6, 12)
    print(f"  {name:20} " + " ".join(f"{cell:>{width}}" for cell, width in zip(cells, widths)), flush=True)


def sums(rows):
    """For each way to balance and number of threads, everyone's sum over the layers that everyone has."""
    made = []
    for balance, threads in dict.fromkeys((row["balance"], row["threads"]) for row in rows):
        group = [row for row in rows if (row["balance"], row["threads"]) == (balance, threads)]
        engines = dict.fromkeys(row["printed"] for row in group)
        names = [name for name in dict.fromkeys(row["layer"] for row in group)]
        every = {engine: {row["layer"]: row for row in group if row["printed"] == engine} for engine in engines}
        best = {}
        for name in names:
            peers = [
                every[e][name] for e in engines if name in every[e] and every[e][name]["kind"].startswith("onednn")
            ]
            if peers:
                best[name] = min(peers, key=lambda row: row["milliseconds"])
        every["oneDNN, the faster"] = best
        made += [summed(name, of, balance, threads) for name, of in every.items() if len(of) == len(names) and of]
        compare_sums([row for row in made if (row["balance"], row["threads"]) == (balance, threads)])
    return made


def summed(name, of, balance, threads):
    rows = list(of.values())
    return {
        "bench": "pattern",
        "what": "sum",
        "name": SUMS if balance == "none" else f"{SUMS}, {balance}",
        "balance": balance,
        "threads": threads,
        "printed": name,
        "kind": "onednn" if name == "oneDNN, the faster" else rows[0]["kind"] + " sum",
        "layers": ",".join(of),
        "milliseconds": sum(row["milliseconds"] for row in rows),
        "gflops": sum(row["gflops"] * row["milliseconds"] for row in rows) / sum(row["milliseconds"] for row in rows),
        "percent_of_peak": 1e5
        * sum(row["work"] for row in rows)
        / sum(row["milliseconds"] * row["peak_gflops"] for row in rows),
        "least_percent_of_peak": min(row["percent_of_peak"] for row in rows),
    }


def compare_sums(rows):
    time = {row["kind"]: row["milliseconds"] for row in rows}
    for row in rows:
        row["ratio"] = row["milliseconds"] / time["onednn"] if "onednn" in time else float("nan")
        row["speed_to_csr"] = time["csr sum"] / row["milliseconds"] if "csr sum" in time else None


def print_sums(rows):
    for balance, threads in dict.fromkeys((row["balance"], row["threads"]) for row in rows):
        group = [row for row in rows if (row["balance"], row["threads"]) == (balance, threads)]
        print(f"\n{group[0]['name']} {group[0]['layers']}, {report.many(threads)}")
        heads(("ms", "", "GFLOP/s", "% of peak", "speed to oneDNN", "to CSR", "", "least %"))
        for row in sorted(group, key=lambda row: row["milliseconds"]):
            line(
                row["printed"],
                f"{row['milliseconds']:.3f}",
                "",
                f"{row['gflops']:.1f}",
                f"{row['percent_of_peak']:.1f}",
                f"{1 / row['ratio']:.2f}",
                f"{row['speed_to_csr']:.2f}" if row["speed_to_csr"] else "-",
                "",
                f"{row['least_percent_of_peak']:.1f}",
            )


def read(path):
    """The layers of a file of results, the fastest result of each contestant."""
    groups = {}
    for row in report.lines(path):
        if row.get("bench") != "pattern" or row["what"] != "layer":
            continue
        group = groups.setdefault((row["name"], row["threads"]), {})
        if row["printed"] not in group or row["milliseconds"] < group[row["printed"]]["milliseconds"]:
            group[row["printed"]] = row
    return [row for group in groups.values() for row in compared(list(group.values()))]
