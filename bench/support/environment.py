"""The Python that the benchmarks run in: a virtual environment with the engines, made at the first use."""

import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def enter():
    """Continues in the environment's Python: build/peers, or the folder that COCO_BENCH_PEERS names."""
    folder = os.environ.get("COCO_BENCH_PEERS") or os.path.join(ROOT, "build", "peers")
    python = os.path.join(folder, "bin", "python")
    if os.environ.get("COCO_BENCH_INSIDE") == folder:
        return
    if not os.path.exists(os.path.join(folder, "complete")) and "COCO_BENCH_PEERS" not in os.environ:
        if {"-h", "--help"} & set(sys.argv):  # nobody who asks what a command is wants a gigabyte
            print(sys.modules["__main__"].__doc__)
            print("\nThe options are listed once the engines are there: bench/peers/install, or COCO_BENCH_PEERS.")
            sys.exit(0)
        print(f"installing the engines into {os.path.relpath(folder)}", file=sys.stderr)
        if (
            subprocess.run(
                [os.path.join(ROOT, "bench", "peers", "install"), folder], stdin=subprocess.DEVNULL
            ).returncode
            != 0
        ):
            sys.exit(
                "the engines could not be installed; COCO_BENCH_PEERS may name a virtual environment that has them"
            )
    if not os.path.exists(python):
        sys.exit(f"there is no {python}")
    environment = dict(os.environ, COCO_BENCH_INSIDE=folder, PYTHONDONTWRITEBYTECODE="1")
    os.execve(python, [python, *sys.argv], environment)
