"""A contestant's process. Reads one request of JSON a line, writes one answer a line; turns.py is at the other end.

Engines print as they like: the answers go to a copy of standard output, and standard output itself to standard error.
"""

import json
import os
import sys

import numpy

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import engines


def load(request):
    engine = engines.CLASSES[request["engine"]](request["files"], request["threads"])
    if "input" not in request:
        return engine
    with numpy.load(request["input"]) as file:
        engine.inputs([file[name] for name in file.files])
    engine.run()
    numpy.savez(request["output"], *[numpy.asarray(array) for array in engine.outputs()])
    return engine


def main():
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    engine = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if "engine" in request:
                engine = load(request)
                answer = {"ready": True}
            else:
                answer = {"times": engine.repeat(request["seconds"], request["least"])}
        except Exception as error:  # an engine may fail in any way; the others go on
            answer = {"error": f"{type(error).__name__}: {error}".split("\n")[0][:200]}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


main()
