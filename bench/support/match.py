"""A match: contestants on one subject and one number of threads. Made ready, compared with the reference, then timed
in turn."""

import os

import numpy

import engines
import prepare
import turns

REFERENCE = "onnxruntime"
TOLERANCE = 2e-3  # of the largest value of a tensor; Winograd with large tiles needs some of it


class Entry:
    """Who takes part: label in files, name in tables, engine, CoCo's build and options."""

    def __init__(self, label, printed, engine, build=None, options=()):
        self.label, self.printed, self.engine, self.build, self.options = label, printed, engine, build, tuple(options)


def requests(subject, entries):
    """What starts the contestants; who cannot take part is named, with the reason."""
    ready = []
    for entry in entries:
        kind = engines.KINDS[entry.engine]
        try:
            files = subject.prepare(kind, entry.build, entry.options)
        except prepare.Unavailable as error:
            print(f"  {entry.printed}: left out: {error}", flush=True)
            continue
        ready.append(
            (
                entry,
                {
                    "engine": entry.engine,
                    "label": entry.label,
                    "folder": subject.folder,
                    "files": files,
                    "input": subject.input,
                    "output": os.path.join(subject.folder, f"output-{entry.label}.npz"),
                },
            )
        )
    return ready


def start(entry, request):
    """A contestant that is ready, and paused; or None, and why is printed."""
    contestant = turns.Contestant(entry.printed, request)
    contestant.entry, contestant.output = entry, request["output"]
    if contestant.error:
        print(f"  {entry.printed}: left out: {contestant.error}", flush=True)
        contestant.close()
        return None
    contestant.pause()
    return contestant


def difference(path, reference):
    """The largest difference of two outputs, relative to the largest value of the tensor, or to 0.01: probabilities
    of next to nothing, as a detector gives for noise, may differ by much of themselves."""
    worst = 0
    with numpy.load(path) as file:
        arrays = [file[name] for name in file.files]
    if len(arrays) != len(reference):
        return float("inf")
    for array, expected in zip(arrays, reference):
        if array.size != expected.size:
            return float("inf")
        error = numpy.abs(array.reshape(-1) - expected.reshape(-1)).max() / max(numpy.abs(expected).max(), 1e-2)
        worst = max(worst, float(error) if numpy.isfinite(error) else float("inf"))
    return worst


def checked(contestants):
    """Those whose outputs agree with the reference's; says which do not. The second value: whether CoCo is among
    these."""
    reference = [contestant for contestant in contestants if contestant.entry.engine == REFERENCE]
    if not reference:
        print("  nothing is timed: without ONNX Runtime there is no reference", flush=True)
        return [], False
    with numpy.load(reference[0].output) as file:
        expected = [file[name] for name in file.files]
    good, coco_wrong = [], False
    for contestant in contestants:
        contestant.difference = difference(contestant.output, expected)
        if contestant.difference <= TOLERANCE:
            good.append(contestant)
            continue
        print(
            f"  {contestant.name}: left out: its outputs disagree (by {contestant.difference:.2g} of the largest)",
            flush=True,
        )
        coco_wrong |= contestant.entry.engine.startswith("coco")
    return good, coco_wrong


def play(subject, threads, ready, seconds, repetitions, turn=0.04, lock=None):
    """Times everyone, with LOCK held. Gives those who came through, the peak in GFLOP/s, and whether CoCo's outputs
    were right."""
    everyone = []
    try:
        for entry, request in ready:
            contestant = start(entry, dict(request, threads=threads))
            everyone += [contestant] if contestant else []
        contestants, wrong = checked(everyone)
        if not contestants:
            return [], 0, not wrong
        peak = turns.Contestant(
            "peak",
            {
                "engine": "peak",
                "label": "peak",
                "folder": subject.folder,
                "files": {"peak": prepare.peak_library()},
                "threads": threads,
            },
        )
        everyone.append(peak)
        with turns.exclusive(lock):
            turns.rounds([peak, *contestants], seconds, repetitions, turn)
        for contestant in contestants:
            if contestant.error:
                print(f"  {contestant.name}: left out: {contestant.error}")
        return [contestant for contestant in contestants if not contestant.error], max(peak.times), not wrong
    finally:
        for contestant in everyone:
            contestant.close()
