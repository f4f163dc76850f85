"""What a command costs: time, memory, and the size of what it made."""

import json
import os
import re
import subprocess
import sys

import prepare


def spend(command):
    """Runs a command on one core: seconds, seconds of the processor, peak memory in KiB, what it printed."""
    result = subprocess.run(
        [sys.executable, "-S", os.path.join(prepare.ROOT, "bench", "support", "spend.py"), *command],
        text=True,
        capture_output=True,
    )
    spent = json.loads(result.stdout)
    if spent["status"] != 0:
        last = (result.stderr.strip().splitlines() or ["no message"])[-1]
        raise prepare.Unavailable(f"{os.path.basename(command[0])} failed with status {spent['status']}: {last[:200]}")
    return spent


def text_size(path):
    """Bytes of machine code in an object."""
    sections = prepare.run(["size", "-A", path])
    return sum(int(size) for size in re.findall(r"^\.text\S*\s+(\d+)", sections, re.M))


def least(runs):
    result = dict(runs[0])
    for key in ("seconds", "processor"):
        result[key] = min(run[key] for run in runs)
    result["peak"] = max(run["peak"] for run in runs)
    return result
