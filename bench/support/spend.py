"""Runs a command on one core: python -S spend.py COMMAND... Prints a line of JSON: seconds, seconds of the processor,
peak memory in KiB, exit status, and what the command printed.

A small process for this alone: what Linux calls the peak memory of a child starts at that of the process that forked
it."""

import json
import os
import sys
import time

reader, writer = os.pipe()
os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])
start = time.perf_counter()
child = os.fork()
if child == 0:
    os.dup2(writer, 1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.close(reader)
    try:
        os.execv(sys.argv[1], sys.argv[1:])
    finally:
        os._exit(127)
os.close(writer)
with os.fdopen(reader, encoding="utf-8", errors="replace") as pipe:
    printed = pipe.read()
_, status, usage = os.wait4(child, 0)
print(
    json.dumps(
        {
            "seconds": time.perf_counter() - start,
            "processor": usage.ru_utime + usage.ru_stime,
            "peak": usage.ru_maxrss,
            "status": os.waitstatus_to_exitcode(status),
            "printed": printed,
        }
    )
)
