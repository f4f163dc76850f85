"""Runs contestants in turn: every one in a process of its own, which is stopped while another has the machine.

Stopped with SIGSTOP: an engine's threads that wait by spinning must not take time from the next one. A round gives each
contestant a short turn; rounds go on until the time is spent. What counts is the minimum (of times) or the maximum (of
the peak), so a disturbance by other work on the machine has to last through every round to count."""

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))


class Contestant:
    def __init__(self, name, request):
        self.name, self.times, self.error = name, [], None
        self.log = open(os.path.join(request["folder"], f"{request['label']}.log"), "w", encoding="utf-8")
        self.process = subprocess.Popen(
            [request["files"].get("python", sys.executable), os.path.join(HERE, "worker.py")],
            text=True,
            bufsize=1,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
        )
        self.ask(request)

    def ask(self, request):
        """The answer, or None after a failure, which self.error tells."""
        try:
            self.process.stdin.write(json.dumps(request) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except OSError:
            line = ""
        if not line:
            self.error = f"its process ended with status {self.process.wait()}; see {self.log.name}"
            return None
        answer = json.loads(line)
        self.error = answer.get("error")
        return None if self.error else answer

    def pause(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGSTOP)

    def turn(self, seconds, least):
        self.process.send_signal(signal.SIGCONT)
        answer = self.ask({"seconds": seconds, "least": least})
        self.pause()
        if answer:
            self.times += answer["times"]

    def close(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()
        self.log.close()


@contextlib.contextmanager
def exclusive(locks):
    """Holds a file's lock, which keeps other users of it away while times are taken. LOCKS is "FILE" or "GATE:FILE":
    who waits for FILE holds GATE, so that all come in their order. None: nothing to hold."""
    with contextlib.ExitStack() as stack:
        files = [stack.enter_context(open(path, "a", encoding="utf-8")) for path in (locks or "").split(":") if path]
        for file in files:
            fcntl.flock(file, fcntl.LOCK_EX)
        for file in files[:-1]:
            fcntl.flock(file, fcntl.LOCK_UN)
        yield


def rounds(contestants, seconds, repetitions, turn):
    """Turns of TURN seconds for all until SECONDS are spent; at least two rounds, and REPETITIONS runs of each
    contestant."""
    end, count = time.monotonic() + seconds, 0
    while True:
        for contestant in contestants:
            if contestant.error is None:
                contestant.turn(turn, 2)
        count += 1
        runs = [
            len(contestant.times)
            for contestant in contestants
            if contestant.error is None and contestant.name != "peak"
        ]
        if time.monotonic() > end and count >= 2 and (not runs or min(runs) >= repetitions):
            return
