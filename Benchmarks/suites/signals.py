#!/usr/bin/env python3
"""`osong hospital signals` beside vigipy: the same numbers of all pairs first, then the time."""
import argparse
import csv
import gzip
import json
import math
import os
import sys

from common import save, summary
from processes import measured

PEER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))),
                    "peers", "signals", "with_vigipy.py")


def rows_as_reports(reports, path):
    """The table with each row as a report of its own: what vigipy, which counts rows, looks at."""
    if os.path.exists(path):
        return path
    with gzip.open(reports, "rt", newline="") as source, \
            gzip.open(path + ".new", "wt", newline="", compresslevel=6) as target:
        rows, table = csv.reader(source), csv.writer(target, lineterminator="\n")
        table.writerow(next(rows))
        for number, row in enumerate(rows):
            table.writerow([number] + row[1:])
    os.replace(path + ".new", path)
    return path


def ours(osong, reports, out):
    cost, _ = measured([
        osong, "hospital", "signals", reports, "--layout", "tall", "--names", "as-written",
        "--minimum", "1", "--threads", "2", "--quiet", "-o", out])
    with open(os.path.join(out, "timing.json")) as file:
        stages = {stage["name"]: stage["seconds"] for stage in json.load(file)["stages"]}
    return dict(cost, stages=stages)


def theirs(python, *arguments):
    cost, said = measured([python, PEER, *arguments])
    return dict(json.loads(said), **{"peak MiB": cost["peak MiB"]})


def largest_differences(folder, table):
    """Largest relative difference of each measure, and how many pairs have it on both sides."""
    with open(os.path.join(folder, "signals.tsv"), newline="") as lines:
        mine = {(row["drug"], row["event"]): row for row in csv.DictReader(lines, delimiter="\t")}
    worst = {name: 0.0 for name in ("expected", "prr", "ror", "ebgm")}
    compared = dict.fromkeys(worst, 0)
    names = {"expected": "Expected Count", "prr": "PRR", "ror": "ROR", "ebgm": "EBGM"}
    with open(table, newline="") as lines:
        for row in csv.DictReader(lines):
            own = mine.pop((row["Product"], row["Adverse Event"]))
            if int(float(row["Count"])) != int(own["reports"]):
                sys.exit(f"counts differ: {row} {own}")
            both, drug, event = (int(own[x]) for x in ("reports", "drug_reports", "event_reports"))
            for name, their in names.items():
                # vigipy adds ½ to the cells of a table in which one is 0; nothing is added here.
                if name in ("prr", "ror") and both in (drug, event):
                    continue
                value = float(row[their])
                compared[name] += 1
                worst[name] = max(worst[name], abs(value - float(own[name])) / abs(value))
    if mine:
        sys.exit(f"{len(mine)} pairs are not in vigipy's table")
    return worst, compared


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--osong", required=True)
    parser.add_argument("--python", required=True)
    parser.add_argument("--reports", required=True)
    parser.add_argument("--work", required=True)
    parser.add_argument("--repeats", type=int, default=5)
    o = parser.parse_args()
    os.makedirs(o.work, exist_ok=True)
    reports = rows_as_reports(o.reports, os.path.join(o.work, "rows.csv.gz"))
    out, table = os.path.join(o.work, "signals"), os.path.join(o.work, "vigipy.csv")
    ours(o.osong, reports, out)
    with open(os.path.join(out, "run.json")) as file:
        options = json.load(file)["options"]
    theta = ",".join(options["mixture_" + name] for name in ("alpha1", "beta1", "alpha2", "beta2", "p"))
    theirs(o.python, reports, "--answers", table, "--theta", theta)
    worst, compared = largest_differences(out, table)
    # vigipy adds 1e-10 to the mixture's denominators.
    for name, limit in (("expected", 1e-12), ("prr", 1e-9), ("ror", 1e-9), ("ebgm", 1e-6)):
        if not compared[name] or not worst[name] <= limit:
            sys.exit(f"the answers differ, or none was compared: {name}, {worst}, {compared}")
    clock, cpu, seconds, costs, measures = [], [], {"osong": [], "vigipy": []}, [], []
    for _ in range(o.repeats):
        a, b = ours(o.osong, reports, out), theirs(o.python, reports)
        clock.append(b["wall"] / a["wall"])
        cpu.append(b["cpu"] / a["cpu"])
        methods = sum(b["parts"][name] for name in ("prr", "ror", "bcpnn", "gps"))
        measures.append(methods / a["stages"]["measure"])
        seconds["osong"].append(a["wall"])
        seconds["vigipy"].append(b["wall"])
        costs.append({"osong": a, "vigipy": b})
        print(a, b, flush=True)
    record = save("signals", {
        "what": f"{compared['expected']:,} pairs of one quarter of FAERS, read, counted and measured",
        "largest relative difference": worst, "pairs compared": compared,
        "ratio": summary(cpu), "ratio by the clock": summary(clock),
        "ratio of the measures alone, by the clock": summary(measures),
        "seconds": {name: summary(values) for name, values in seconds.items()},
        "costs": costs, "command": "Benchmarks/run signals"})
    if os.environ.get("OSONG_BENCH_CHECK") and record["ratio of the measures alone, by the clock"]["median"] < 20:
        sys.exit("less than 20 times as fast as vigipy")


if __name__ == "__main__":
    main()
