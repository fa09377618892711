#!/usr/bin/env python3
"""Ours and the rivals of clustering and picking in turns, on the same rows in the same order.

bblean is BitBIRCH by its authors, RDKit has the leader and the MaxMin picker. Every result is compared
row by row before a ratio is written. Ours finds the clusters' medoids as well in its time, and builds
its index of columns; bblean's time is that of the fit alone.
"""
import argparse
import collections
import json
import os
import struct
import subprocess
import sys

from common import HERE, save, summary

ONE_THREAD = dict(
    os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1",
    OMP_WAIT_POLICY="PASSIVE")

#: Name, way, rows, threshold or count, branching factor or threads, turns.
Row = collections.namedtuple("Row", "name way rows value option turns")
ROWS = [
    Row("BitBIRCH, diameter 0.5", "diameter", 10_000, 0.5, 50, 5),
    Row("BitBIRCH, diameter 0.5", "diameter", 100_000, 0.5, 50, 5),
    Row("BitBIRCH, diameter 0.3, nodes of 254", "diameter", 100_000, 0.3, 254, 5),
    Row("BitBIRCH, radius 0.65", "radius", 100_000, 0.65, 50, 5),
    Row("BitBIRCH, tolerant diameter 0.5", "tolerance-diameter", 100_000, 0.5, 50, 5),
    Row("BitBIRCH, diameter 0.5", "diameter", 1_000_000, 0.5, 50, 3),
    Row("BitBIRCH, diameter 0.3, nodes of 254", "diameter", 1_000_000, 0.3, 254, 3),
    Row("leaders at 0.6503", "leaders", 10_000, 0.6503, 1, 5),
    Row("leaders at 0.4003", "leaders", 30_000, 0.4003, 1, 3),
    Row("1,000 picks by MaxMin", "picks", 100_000, 1_000, 1, 5),
    Row("1,000 picks by MaxMin", "picks", 1_000_000, 1_000, 1, 3),
]


def call(*command):
    """Runs a measurement and reads its line of JSON."""
    done = subprocess.run(command, env=ONE_THREAD, stdout=subprocess.PIPE, check=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def numbers(path):
    with open(path, "rb") as file:
        data = file.read()
    return struct.unpack(f"<{len(data) // 4}I", data)


def sizes(labels):
    """What a clustering looks like in a few numbers."""
    counts = collections.Counter(labels)
    return {"clusters": len(counts), "largest": max(counts.values()),
            "singletons": sum(size == 1 for size in counts.values())}


def measure(o, row):
    results = {who: os.path.join(o.work, f"clusters.{who}") for who in ("ours", "theirs")}
    commands = {"ours": [o.clusters], "theirs": [o.python, os.path.join(HERE, "peers/clustering.py")]}
    replies = {"ours": [], "theirs": []}
    for turn in range(row.turns):
        for who, command in commands.items():
            replies[who].append(call(
                *command, row.way, o.packed, str(row.rows), str(row.value), str(row.option),
                results[who]))
            last = replies[who][-1]
            print(f"  {turn + 1}/{row.turns} {who}: {last['cpu']:.2f} s", file=sys.stderr, flush=True)
        if turn == 0:
            ours, theirs = (numbers(results[who]) for who in ("ours", "theirs"))
    differences = abs(len(ours) - len(theirs)) + sum(a != b for a, b in zip(ours, theirs))
    record = {
        "row": row.name, "way": row.way, "rows": row.rows, "value": row.value,
        "option": row.option, "peer": replies["theirs"][0]["package"],
        "version": replies["theirs"][0]["version"], "found": replies["ours"][0]["found"],
        "compared": len(ours), "differences": differences}
    if row.way not in ("leaders", "picks"):
        record["sizes"] = {"ours": sizes(ours), "theirs": sizes(theirs)}
    for clock in ("cpu", "wall", "memory"):
        for who, answers in replies.items():
            record[f"{who} {clock}"] = summary([answer[clock] for answer in answers])
    for clock in ("cpu", "wall"):
        record[f"ratio {clock}"] = summary(
            [b[clock] / a[clock] for a, b in zip(replies["ours"], replies["theirs"])])
    return record


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clusters", required=True, help="our program of this package")
    parser.add_argument("--packed", required=True, help="rows of 256 bytes, lowest bit first")
    parser.add_argument("--python", required=True, help="Python with bblean and RDKit")
    parser.add_argument("--work", required=True, help="a folder for what is made on the way")
    parser.add_argument("--rows", type=int, help="only libraries of up to so many rows")
    o = parser.parse_args()
    records = []
    for row in ROWS:
        if o.rows and row.rows > o.rows:
            continue
        print(f"{row.name}, {row.rows:,} rows", file=sys.stderr)
        records.append(measure(o, row))
        save("clustering", {
            "what": "clusters and diverse picks of MOSES, 2,048 bits, one thread",
            "records": records, "command": "Benchmarks/run clustering"})


if __name__ == "__main__":
    main()
