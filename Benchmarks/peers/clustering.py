#!/usr/bin/env python3
"""Clusters or picks with bblean or RDKit, one thread; prints one line of JSON.

The same arguments, result file and reply as `Sources/Clusters`; run without arguments for them. The
clusters are numbered as ours are: by size, the largest first, equal ones by their first row.
"""
import json
import sys
import time
from importlib.metadata import version

import numpy


def memory(field):
    """Memory of this process in bytes: `VmRSS` now, `VmHWM` the most since `forget_peak`."""
    with open("/proc/self/status") as lines:
        return 1024 * next(int(line.split()[1]) for line in lines if line.startswith(field))


def forget_peak():
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")


def bitbirch(criterion, rows, threshold, branching):
    from bblean.bitbirch import BitBirch

    def run():
        tree = BitBirch(
            threshold=threshold, branching_factor=branching, merge_criterion=criterion)
        tree.fit(rows)
        return tree.get_cluster_mol_ids()

    def labels(clusters):
        numbers = numpy.empty(len(rows), numpy.uint32)
        clusters = sorted(clusters, key=lambda members: (-len(members), min(members)))
        for number, members in enumerate(clusters):
            numbers[members] = number
        return numbers

    return "bblean", run, labels


def bits(rows):
    from rdkit import DataStructs
    return [DataStructs.CreateFromBinaryText(row.tobytes()) for row in rows]


def leaders(rows, threshold, _):
    from rdkit.SimDivFilters import rdSimDivPickers
    table = bits(rows)
    picker = rdSimDivPickers.LeaderPicker()
    return ("rdkit", lambda: picker.LazyBitVectorPick(table, len(table), 1 - threshold),
            lambda found: numpy.array(list(found), numpy.uint32))


def picks(rows, count, _):
    from rdkit.SimDivFilters import rdSimDivPickers
    table = bits(rows)
    picker = rdSimDivPickers.MaxMinPicker()
    return ("rdkit", lambda: picker.LazyBitVectorPick(table, len(table), int(count), [0]),
            lambda found: numpy.array(list(found), numpy.uint32))


def main():
    way, packed, count, value, option, output = sys.argv[1:]
    rows = numpy.fromfile(packed, numpy.uint8, 256 * int(count)).reshape(-1, 256)
    chosen = {"leaders": leaders, "picks": picks}.get(
        way, lambda *arguments: bitbirch(way, *arguments))
    package, run, numbers = chosen(rows, float(value), int(option))
    forget_peak()
    before = memory("VmRSS")
    wall, cpu = time.perf_counter(), time.process_time()
    found = run()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    held = memory("VmHWM") - before
    numbers(found).tofile(output)
    print(json.dumps({
        "count": int(count), "wall": wall, "cpu": cpu, "memory": held, "found": len(found),
        "package": package, "version": version(package)}))


if __name__ == "__main__":
    main()
