#!/usr/bin/env python3
"""Peak memory and speed of `osong library build`, for a part of MOSES and for all of it.

The peak is the kernel's count for the child (ru_maxrss), the figure of `/usr/bin/time -v`. It counts
pages of mapped files too, which the system takes back at will; what is the program's own (RssAnon)
is looked at ten times a second beside it.
A build ends by putting segments together to ones of 1,048,576 compounds, so memory grows up to that
size and no further: the part is as large.
"""
import argparse
import glob
import json
import os
import resource
import shutil
import subprocess
import sys
import time

from common import HERE, save
from processes import Memory


def build(osong, library, files, limit, threads):
    """Runs one build in a child of its own, so that the peak is that child's."""
    command = [osong, "library", "build", library, *files, "--threads", str(threads), "--json"]
    if limit:
        command += ["--limit", str(limit)]
    begin = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        memory = Memory(process)
        memory.start()
        said = process.stdout.read()
    if process.returncode:
        raise SystemExit(process.returncode)
    wall = time.perf_counter() - begin
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps({
        "wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "peak MiB": usage.ru_maxrss / 1024,
        "own peak MiB": memory.own, "summary": json.loads(said), "threads": threads}))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--osong", default=os.path.join(HERE, "../.build/release/osong"))
    parser.add_argument("--data", required=True, help="the folder of MOSES")
    parser.add_argument("--work", default=os.path.join(HERE, ".peers/memory"))
    parser.add_argument("--limits", default="1048576,0", help="records to read; 0 for all")
    parser.add_argument("--child", type=int, help=argparse.SUPPRESS)
    o = parser.parse_args()
    files = sorted(glob.glob(os.path.join(o.data, "moses_*.csv.gz")))
    if o.child is not None:
        build(o.osong, os.path.join(o.work, "moses.olib"), files, o.child, 2)
        return
    runs = []
    for limit in map(int, o.limits.split(",")):
        shutil.rmtree(o.work, ignore_errors=True)
        os.makedirs(o.work)
        done = subprocess.run(
            [sys.executable, __file__, "--osong", o.osong, "--data", o.data, "--work", o.work,
             "--child", str(limit)], check=True, stdout=subprocess.PIPE, text=True)
        runs.append(dict(json.loads(done.stdout), limit=limit, load1=os.getloadavg()[0]))
        print(runs[-1], flush=True)
    shutil.rmtree(o.work, ignore_errors=True)
    save("library-memory", {
        "what": "library build of MOSES, two threads", "runs": runs,
        "command": "Benchmarks/run memory"})


if __name__ == "__main__":
    main()
