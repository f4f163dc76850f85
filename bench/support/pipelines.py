"""Pipelines of coco-opt, taken apart: what coco-compile does, with a pass left out or given other options."""

import os
import re

import prepare


def text(build, *names):
    """The passes of pipelines, one after the other, with all their options."""
    empty = os.path.join(prepare.FOLDER, "empty.mlir")
    os.makedirs(prepare.FOLDER, exist_ok=True)
    with open(empty, "w", encoding="ascii") as file:
        file.write("module {}\n")
    command = [prepare.tool(build, "coco-opt"), empty, "--dump-pass-pipeline", *(f"--{name}" for name in names)]
    return re.search(r"^builtin\.module\((.*)\)$", prepare.run(command), re.M).group(1)


def without(pipeline, name):
    left = re.sub(rf"(^|,){name}(\{{[^}}]*\}})?(?=,|$)", "", pipeline).lstrip(",")
    if left == pipeline:
        raise prepare.Unavailable(f"the pipeline has no {name}: {pipeline}")
    return left


def with_options(pipeline, name, **options):
    """With other values of options that the pass has, whose names are given with _ for -."""

    def change(found):
        words = found.group(2)
        for option, value in options.items():
            words, changed = re.subn(rf"\b{option.replace('_', '-')}=\S+", f"{option.replace('_', '-')}={value}", words)
            if changed != 1:
                raise prepare.Unavailable(f"{name} has no option {option}: {words}")
        return found.group(1) + words + found.group(3)

    changed, count = re.subn(rf"((?:^|,){name}\{{)([^}}]*)(\}})", change, pipeline)
    if count != 1:
        raise prepare.Unavailable(f"the pipeline has no {name} with options: {pipeline}")
    return changed


def run(build, source, pipeline, result):
    """coco-opt on a file of text; its weights go beside the result. Without a pipeline the text is copied."""
    prepare.run(
        [
            prepare.tool(build, "coco-opt"),
            source,
            *([f"--pass-pipeline=builtin.module({pipeline})"] if pipeline else []),
            "-o",
            result,
            f"--weights-out={os.path.splitext(result)[0]}.safetensors",
        ]
    )


def translate(build, model, result):
    """ONNX as text, its weights beside it."""
    prepare.run(
        [
            prepare.tool(build, "coco-translate"),
            "--import-onnx",
            model,
            "-o",
            result,
            f"--weights-out={os.path.splitext(result)[0]}.safetensors",
        ]
    )


def imported(subject, model, build):
    """A MODEL in ONNX as text, in the subject's folder."""
    key = prepare.stamp("@" + model, "@" + prepare.tool(build, "coco-translate"))
    return subject.made("imported.mlir", key, lambda path: translate(build, model, path))


FINDERS = ("graph-to-blocks", "graph-to-pattern", "remove-empty-channels")  # what looks at zeros


def as_dense(subject, model, build):
    """A MODEL in ONNX at the lr level, where nobody looks at zeros any more: they are ordinary weights."""
    lowering = text(build, "graph-optimize", "lower-to-lr")
    for finder in FINDERS:
        lowering = without(lowering, finder)
    source = imported(subject, model, build)
    key = prepare.stamp("@" + source, "@" + prepare.tool(build, "coco-opt"), lowering)
    return subject.made("dense.mlir", key, lambda path: run(build, source, lowering, path))
