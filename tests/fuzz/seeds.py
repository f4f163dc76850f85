#!/usr/bin/env python3
"""Seeds for the fuzzers of programs: seeds.py FOLDER.

Writes the programs of tests/lit, split where their tests split them, to FOLDER/text, and to FOLDER/pipeline those whose
tests run passes, with the pipeline as a comment in front."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
LONGEST = 12000


def passes():
    """The names that a pipeline may hold, as the lists of passes declare them."""
    names = set()
    for source in [*ROOT.glob("passes/*.c"), *ROOT.glob("lowering/*.c"), *ROOT.glob("pruning/*.c")]:
        names.update(re.findall(r'\.name = "([a-z0-9-]+)"', source.read_text()))
    return names


def pipelines(text, names):
    """What the RUN lines of a test say, in either spelling."""
    for line in re.findall(r"RUN: (.*)", text):
        for named in re.findall(r"""(?:(?<= )-p |--pass-pipeline=)['\"]?(.*?)['"]?(?: [|%>]|$)""", line):
            yield named
        found = []
        for name, options in re.findall(r"""[ (]--?([a-z0-9-]+)(?:=["']?([^ "']+(?:=[^"']*)?)["']?)?""", line):
            if name in names:
                found.append(name + ("{" + options + "}" if options else ""))
        if found:
            yield ",".join(found)


def main():
    folder, names = pathlib.Path(sys.argv[1]), passes()
    for kind in ["text", "pipeline"]:
        (folder / kind).mkdir(parents=True, exist_ok=True)
    for test in sorted(ROOT.glob("tests/lit/**/*.mlir")):
        text = test.read_text(errors="replace")
        lines = list(dict.fromkeys(pipelines(text, names)))
        name = "-".join(test.relative_to(ROOT / "tests/lit").with_suffix("").parts)
        for part, program in enumerate(re.split(r"^// -----.*$", text, flags=re.M)):
            program = re.sub(r"^\s*//.*\n", "", program, flags=re.M).strip("\n") + "\n"
            if len(program) > LONGEST or not program.strip():
                continue
            (folder / "text" / f"{name}-{part}").write_text(program)
            for number, pipeline in enumerate(lines or ["canonicalize,cse"]):
                (folder / "pipeline" / f"{name}-{part}-{number}").write_text(f"// {pipeline}\n{program}")


main()
