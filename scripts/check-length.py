#!/usr/bin/env python3
"""Refuses source files over 500 lines and names those over 300."""
import pathlib
import sys

LIMIT, QUESTION = 500, 300
failed = False
for folder in ("Sources", "Tests", "Benchmarks", "scripts"):
    for path in sorted(pathlib.Path(folder).rglob("*")):
        if path.suffix not in {".swift", ".c", ".cpp", ".h", ".py"} or any(
                part.startswith(".") for part in path.parts):
            continue
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > LIMIT:
            failed = True
            print(f"{path}: {lines} lines, the limit is {LIMIT}")
        elif lines > QUESTION:
            print(f"{path}: {lines} lines, is it still one thought?")
sys.exit(failed)
