#!/usr/bin/env python3
"""A library larger than memory allowed: columns on disk, answers in seconds.

The library is the real one grown by copies with flipped bits, and only what a search reads is
stored: 262 bytes a molecule. It is made, measured and removed. The search runs in a memory group
of the system that also counts the pages of files, so that columns come from the disk again and
again; where no such group can be made, memory is only measured.
"""
import argparse
import os
import shutil
import subprocess
import sys
import time

from common import save, summary
from processes import Memory
from similarity_peers import SEGMENT_ROWS, Engine

BYTES_A_ROW = 256 + 6
MIB, GIB = 1 << 20, 1 << 30
#: Left free on the disk for others.
SPARE = 12 * GIB
SEARCHES = [
    ("top 10", "nearest", 10), ("top 100", "nearest", 100), ("at least 0.4", "atLeast", 0.4),
    ("at least 0.7", "atLeast", 0.7), ("at least 0.8", "atLeast", 0.8)]


def say(text):
    print(text, file=sys.stderr, flush=True)


class MemoryGroup:
    """A control group whose memory is limited, page cache and all; version 1 or 2."""

    def __init__(self, limit):
        self.folder, self.limit = None, None
        name = f"osong-benchmark-{os.getpid()}"
        for parent, field in (("/sys/fs/cgroup/memory", "memory.limit_in_bytes"),
                              ("/sys/fs/cgroup", "memory.max")):
            folder = os.path.join(parent, name)
            try:
                os.mkdir(folder)
            except OSError:
                continue
            try:
                with open(os.path.join(folder, field), "w") as file:
                    file.write(str(limit))
                self.folder, self.limit = folder, limit
                return
            except OSError:
                os.rmdir(folder)

    def enter(self):
        """Called in the new process, before the program starts."""
        if self.folder:
            with open(os.path.join(self.folder, "cgroup.procs"), "w") as file:
                file.write(str(os.getpid()))

    def remove(self):
        if self.folder:
            os.rmdir(self.folder)


def forget(folder):
    """Asks the system to forget the pages of the library's files, and of nobody else's."""
    for name in os.listdir(folder):
        descriptor = os.open(os.path.join(folder, name), os.O_RDONLY)
        os.fsync(descriptor)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(descriptor)


def size_of(folder):
    return sum(os.path.getsize(os.path.join(folder, name)) for name in os.listdir(folder))


def rows_that_fit(wanted, folder):
    """As many rows as asked for, or as the disk has room for, in whole millions."""
    free = shutil.disk_usage(folder).free - SPARE
    return min(wanted, max(free // BYTES_A_ROW // 1_000_000, 0) * 1_000_000)


def measure(o, folder, group, name, find, value):
    """One search in a process of its own, from files the system has forgotten, query by query."""
    forget(folder)
    engine = Engine([o.search, "by-columns", folder, os.path.join(o.data, "queries.rows")],
                    before=group.enter)
    watch = Memory(engine.process)
    watch.start()
    order = {"find": find, "value": value, "queries": 1, "together": False,
             "threads": o.threads, "answers": None}
    replies = []
    for number in range(o.queries):
        replies.append(engine.ask(dict(order, first=number)))
        say("  {} {}: {:.2f} s, {:.0f} MB from disk".format(
            name, number, replies[-1]["wall"], replies[-1]["disk"] / 1e6))
    # What is read is counted apart, since counting takes time.
    reads = [engine.ask(dict(order, first=n, explains=True, threads=1))["columns"]
             for n in range(o.queries)]
    engine.close()
    return {
        "opening": engine.greeting["wall"],
        "wall": summary([r["wall"] for r in replies]), "cold wall": replies[0]["wall"],
        "cpu": summary([r["cpu"] for r in replies]),
        "bytes from disk": summary([r["disk"] for r in replies]),
        "bytes of columns read": summary([r["read"] for r in reads]),
        "bytes of columns": reads[0]["total"], "hits": sum(r["hits"] for r in replies),
        "peak anonymous bytes": int(watch.own * MIB),
        "peak mapped bytes": int(watch.mapped * MIB)}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--search", required=True, help="our program of this package")
    parser.add_argument("--data", required=True, help="the folder with moses.u8 and queries.rows")
    parser.add_argument("--rows", type=int, default=100_000_000)
    parser.add_argument("--queries", type=int, default=10)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--memory", type=float, default=2, help="GiB allowed, files and all")
    parser.add_argument("--keep", action="store_true", help="leave the library on the disk")
    o = parser.parse_args()
    folder = os.path.join(o.data, "large")
    shutil.rmtree(folder, ignore_errors=True)
    rows = rows_that_fit(o.rows, o.data)
    if rows < o.rows:
        say(f"the disk has room for {rows:,} of {o.rows:,} molecules")
    if rows == 0:
        sys.exit(1)
    group = MemoryGroup(int(o.memory * GIB))
    if group.limit is None:
        say("no memory group can be made: memory is measured, not limited")
    try:
        begin = time.monotonic()
        subprocess.run([o.search, "segments", os.path.join(o.data, "moses.u8"), str(rows),
                        str(SEGMENT_ROWS), folder], check=True)
        made = time.monotonic() - begin
        size = size_of(folder)
        say(f"{rows:,} molecules, {size / 1e9:.1f} GB in {made:.0f} s")
        searches = {search[0]: measure(o, folder, group, *search) for search in SEARCHES}
    finally:
        group.remove()
        if not o.keep:
            shutil.rmtree(folder, ignore_errors=True)
    save("large", dict(
        searches=searches, rows=rows, wanted=o.rows, bytes=size, threads=o.threads,
        queries=o.queries, memory=group.limit, command="Benchmarks/run large"))


if __name__ == "__main__":
    main()
