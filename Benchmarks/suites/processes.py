"""A program's cost as a process of its own: seconds by the clock and of the processors, memory."""
import os
import subprocess
import sys
import threading
import time


class Memory(threading.Thread):
    """The most resident memory of a process, looked at ten times a second, in MiB.

    `own` is memory that no file stands behind; `mapped` are the pages of mapped files, which the
    system takes back at will; `resident` is the most of both together.
    """

    def __init__(self, process):
        super().__init__(daemon=True)
        self.process, self.own, self.mapped, self.resident = process, 0, 0, 0

    def run(self):
        while self.process.poll() is None:
            try:
                with open(f"/proc/{self.process.pid}/status") as lines:
                    fields = dict(line.split(":", 1) for line in lines)
                self.own = max(self.own, int(fields["RssAnon"].split()[0]) / 1024)
                self.mapped = max(self.mapped, int(fields["RssFile"].split()[0]) / 1024)
                self.resident = max(self.resident, int(fields["VmHWM"].split()[0]) / 1024)
            except (OSError, KeyError):
                return
            time.sleep(0.1)


def measured(command, **options):
    """Runs a program to its end; what it cost, and what it wrote on standard output."""
    before, begin = os.times(), time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **options)
    memory = Memory(process)
    memory.start()
    said = process.stdout.read()
    if process.wait():
        sys.exit(f"{command[0]} {command[1]} ended with {process.returncode}")
    wall, after = time.perf_counter() - begin, os.times()
    memory.join()
    cpu = after.children_user + after.children_system - before.children_user \
        - before.children_system
    return {"wall": wall, "cpu": cpu, "own peak MiB": memory.own, "peak MiB": memory.resident}, said
