#!/usr/bin/env python3
"""What a library takes on disk, and how long it takes to open, small and large.

The large one is built from the molecules of the similarity suite: it must find what that suite
found in its own files.
"""
import argparse
import json
import os
import subprocess
import sys

from common import RESULTS, save, summary
from speed import call

SMALL = 20_000
OPENINGS = 11
QUERIES = 200


def build(osong, molecules, library, count=None):
    """Builds a library, unless it is there already."""
    if not os.path.exists(library):
        subprocess.run([osong, "library", "build", library, molecules, "--quiet",
                        *(["--limit", str(count)] if count else [])], check=True)


def files(library):
    """The bytes of each kind of file."""
    sizes = {}
    for folder, _, names in os.walk(library):
        for name in names:
            kind = os.path.splitext(name)[1] or name
            sizes[kind] = sizes.get(kind, 0) + os.path.getsize(os.path.join(folder, name))
    return sizes


def searched_bytes(osong, library):
    """The bytes of rows and columns, which are the index."""
    said = subprocess.run([osong, "library", "info", library, "--json"], check=True,
                          stdout=subprocess.PIPE, text=True)
    return int(json.loads(said.stdout)["searched_bytes"])


def scores_of_the_suite():
    """The sum of scores that the similarity suite found; None before it ran."""
    try:
        with open(os.path.join(RESULTS, "similarity.json")) as file:
            measured = json.load(file)["measured"]
    except FileNotFoundError:
        return None
    return next((r["ours scores"] for r in measured if (r["size"], r["row"], r["queries"]) == (
        "1.94 M", "top 10", QUERIES)), None)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--osong", required=True, help="the program")
    parser.add_argument("--speed", required=True, help="our program of this package")
    parser.add_argument("--data", required=True, help="the folder with library.smi and queries.u8")
    o = parser.parse_args()
    queries = os.path.join(o.data, "queries-200.u8")
    with open(os.path.join(o.data, "queries.u8"), "rb") as source, open(queries, "wb") as target:
        target.write(source.read(256 * QUERIES))
    libraries = {"small": SMALL, "large": None}
    reports = {name: [] for name in libraries}
    for name, count in libraries.items():
        build(o.osong, os.path.join(o.data, "library.smi"),
              os.path.join(o.data, f"{name}.olib"), count)
    for _ in range(OPENINGS):
        for name in libraries:
            reports[name].append(
                call(o.speed, "library", os.path.join(o.data, f"{name}.olib"), queries))
    record = {}
    for name, found in reports.items():
        sizes = files(os.path.join(o.data, f"{name}.olib"))
        record[name] = {
            "rows": found[0]["count"], "bytes": sum(sizes.values()), "files": sizes,
            "searched bytes": searched_bytes(o.osong, os.path.join(o.data, f"{name}.olib")),
            "segments": found[0]["checks"]["segments"],
            "opening": summary([r["wall"] for r in found]),
            "first answer": summary([r["checks"]["first answer"] for r in found])}
    found, expected = reports["large"][0]["checks"]["scores"], scores_of_the_suite()
    if expected is not None and abs(found - expected) > 1e-6:
        print(f"the library's scores sum to {found}, those of the suite to {expected}",
              file=sys.stderr)
        sys.exit(1)
    save("library-index", dict(record, scores=found, compared=expected is not None,
                               command="Benchmarks/run library-index"))


if __name__ == "__main__":
    main()
