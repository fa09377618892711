#!/usr/bin/env python3
"""Runs determinism.sh and keeps its verdict. Arguments: as determinism.sh, without the folder."""
import os
import subprocess
import sys

from common import HERE, save

done = subprocess.run(
    [os.path.join(HERE, "determinism.sh"), *sys.argv[1:], os.path.join(HERE, ".peers/determinism")],
    stdout=subprocess.PIPE, text=True)
print(done.stdout, end="")
lines = done.stdout.splitlines()
save("determinism", {
    "what": "train, library build, predict, screen with one thread and with two",
    "identical": done.returncode == 0, "files": lines[-1] if done.returncode == 0 else None,
    "different": [x.removeprefix("differs: ") for x in lines if x.startswith("differs: ")],
    "command": "Benchmarks/run determinism"})
