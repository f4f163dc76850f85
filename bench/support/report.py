"""Tables, lines of JSON and drawings of results."""

import json

COLORS = [
    "#1f5fa8",
    "#6fa8dc",
    "#93c47d",
    "#f6b26b",
    "#c27ba0",
    "#8e7cc3",
    "#999999",
    "#45818e",
    "#b45f06",
    "#d5a6bd",
    "#38761d",
    "#741b47",
]


def records(kind, subject, threads, contestants, peak, bench="dense"):
    """One for each contestant: what the tables, the files and the drawing are made of."""
    best = {contestant: min(contestant.times) for contestant in contestants}
    peers = [best[c] for c in contestants if not c.entry.engine.startswith("coco")]
    rows = []
    for contestant in contestants:
        time, times = best[contestant], sorted(contestant.times)
        rate = 2e-9 * subject.multiplications / time
        rows.append(
            {
                "bench": bench,
                "what": kind,
                "name": subject.name,
                "threads": threads,
                "engine": contestant.entry.label,
                "printed": contestant.name,
                "milliseconds": 1e3 * time,
                "median": 1e3 * times[len(times) // 2],
                "runs": len(times),
                "gflops": rate,
                "peak_gflops": peak,
                "percent_of_peak": 100 * rate / peak,
                "ratio": time / min(peers),
                "difference": contestant.difference,
            }
        )
    return rows


def many(threads):
    return f"{threads} thread{'s' if threads > 1 else ''}"


def table(subject, threads, rows):
    work, peak = subject.multiplications / 1e6, rows[0]["peak_gflops"]
    print(f"{subject.name}, {many(threads)}: {work:.0f} million multiply-adds, peak {peak:.0f} GFLOP/s")
    heads = {
        "best ms": 9,
        "median": 9,
        "GFLOP/s": 9,
        "% of peak": 10,
        "to fastest peer": 16,
        "runs": 6,
        "difference": 12,
    }
    print(f"  {'':20} " + " ".join(f"{head:>{width}}" for head, width in heads.items()))
    for row in rows:
        print(
            f"  {row['printed']:20} {row['milliseconds']:9.3f} {row['median']:9.3f} {row['gflops']:9.1f}",
            f"{row['percent_of_peak']:10.1f} {row['ratio']:16.3f} {row['runs']:6} {row['difference']:12.1e}",
            flush=True,
        )


def network_summary(rows):
    """A line for each network and number of threads: CoCo's time to that of each peer."""
    engines = list(dict.fromkeys(row["printed"] for row in rows if not row["engine"].startswith("coco")))
    if not any(row["engine"] == "coco" for row in rows):
        return  # all that was measured of ours is a variation; the ratios stand in its lines
    print(f"\n{'CoCo: time to that of':24}" + "".join(f"{name:>14}" for name in ["the fastest", *engines]))
    for (name, threads), group in grouped(rows).items():
        own = [row for row in group.values() if row["engine"] == "coco"]
        if own:
            cells = [own[0]["ratio"]] + [
                own[0]["milliseconds"] / group[e]["milliseconds"] if e in group else None for e in engines
            ]
            print(
                f"{name + ', ' + str(threads):24}"
                + "".join("             -" if cell is None else f"{cell:14.3f}" for cell in cells)
            )


def layer_summary(rows):
    """Speed beside oneDNN's, algorithm for algorithm: above 1, CoCo is faster."""
    print(f"\n{'speed to oneDNN':24} {'direct':>10} {'Winograd':>10} {'best to best':>13}")
    for (name, threads), group in grouped(rows).items():

        def best(prefixes):
            return min(
                (row["milliseconds"] for row in group.values() if row["engine"].startswith(prefixes)), default=None
            )

        direct = best(("coco-direct",)) or best(("coco",))
        cells = [
            (best("onednn-direct"), direct),
            (best("onednn-winograd"), best(("coco-winograd",))),
            (best("onednn"), best("coco")),
        ]
        print(
            f"{name + ', ' + str(threads):24}"
            + "".join(f"{peer / own:11.3f}" if peer and own else "          -" for peer, own in cells)
        )


def grouped(rows):
    groups = {}
    for row in rows:
        groups.setdefault((row["name"], row["threads"]), {})[row["printed"]] = row
    return groups


def append(path, rows):
    with open(path, "a", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def read(path):
    """The rows of a file that append() wrote. Of a contestant that was measured several times the fastest result counts,
    and the ratios are taken anew."""
    rows = {}
    for row in lines(path):
        key = (row["what"], row["name"], row["threads"], row["engine"])
        if key not in rows or row["milliseconds"] < rows[key]["milliseconds"]:
            rows[key] = row
    for group in grouped(rows.values()).values():
        peers = [row["milliseconds"] for row in group.values() if not row["engine"].startswith("coco")]
        peak = max(row["peak_gflops"] for row in group.values())
        for row in group.values():
            row["ratio"] = row["milliseconds"] / min(peers)
            row.update(peak_gflops=peak, percent_of_peak=100 * row["gflops"] / peak)
    return list(rows.values())


def text(x, y, words, size=12, anchor="start", weight="normal"):
    words = words.replace("&", "&amp;").replace("<", "&lt;")
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" font-weight="{weight}">{words}</text>'
    )


def draw(path, rows, title, one="the fastest peer"):
    """Bars for each subject and number of threads: time to that of ONE, which is the line at 1. Shorter is faster."""
    groups = grouped(rows)
    names = list(dict.fromkeys(row["printed"] for row in rows))
    color = {name: COLORS[i % len(COLORS)] for i, name in enumerate(names)}
    left, unit, bar, limit = 190, 170.0, 13, 4.0
    width, y = left + unit * limit + 120, 34
    parts = [text(left, 20, title, 15, weight="bold")]
    for i, name in enumerate(names):
        x = left + (i % 4) * 190
        parts += [
            f'<rect x="{x}" y="{y - 2 + i // 4 * 18}" width="12" height="12" fill="{color[name]}"/>',
            text(x + 17, y + 8 + i // 4 * 18, name),
        ]
    y += (len(names) + 3) // 4 * 18 + 14
    top = y
    for (name, threads), group in groups.items():
        parts += [
            text(left - 8, y + 11, name, anchor="end", weight="bold"),
            text(left - 8, y + 25, many(threads), 11, "end"),
        ]
        for row in group.values():
            length = unit * min(row["ratio"], limit)
            parts += [
                f'<rect x="{left}" y="{y}" width="{length:.1f}" height="{bar - 2}" fill="{color[row["printed"]]}"/>',
                text(left + length + 5, y + 10, f"{row['ratio']:.2f}  ({row['milliseconds']:.4g} ms)", 10),
            ]
            y += bar
        y += 14 + max(0, 2 - len(group)) * bar
    parts.append(
        f'<line x1="{left + unit}" x2="{left + unit}" y1="{top - 6}" y2="{y - 8}" '
        'stroke="#cc0000" stroke-dasharray="4 3"/>'
    )
    parts.append(text(left + unit, y + 6, f"1: {one}", 11, "middle"))
    with open(path, "w", encoding="utf-8") as file:
        file.write(
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{y + 16}" font-family="sans-serif">\n'
            f'<rect width="100%" height="100%" fill="white"/>\n' + "\n".join(parts) + "\n</svg>\n"
        )
