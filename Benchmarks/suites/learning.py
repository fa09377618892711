#!/usr/bin/env python3
"""Assays measured plate by plate: which rule and which model finds the best compounds soonest.

The pool is a whole set of MoleculeACE. Chance chooses the first plate, the same for all; five more
follow. A plate is a hundredth of the pool, as in MolPAL (Graff, Shakhnovich & Coley 2021), but at least
20 compounds, since `osong next` learns from no fewer. What counts is the share of the best twentieth of
the pool, and of its best 50, that was measured after the six. The rival is MolPAL's random forest,
greedy, on the same pools from the same first plates; chance goes on choosing for comparison.
"""
import argparse
import csv
import os
import random
import statistics
import time

from common import HERE, save
from replay import ACE, assays, mean, run, say

MODELS, SEEDS, LEAST, PLATES = ["gaussian-process"], 5, 20, 6
RIVAL = "MolPAL's forest: greedy"


def table(path):
    with open(path, newline="") as file:
        return [float(row["value"]) for row in csv.DictReader(file)]


def start(path, count, o):
    """The first plates, from chance."""
    size = max(LEAST, round(count / 100))
    target = os.path.join(o.work, "starts", os.path.basename(path))
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(target, "w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["seed", "row"])
        for seed in range(o.seeds):
            out.writerows([seed, row] for row in random.Random(seed).sample(range(count), size))
    return target, size


def choices(path, prefix):
    """{way: {seed: [plate, …]}}"""
    found = {}
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            plates = found.setdefault(prefix + row["way"], {}).setdefault(
                int(row["seed"]), [[] for _ in range(PLATES)])
            plates[int(row["plate"])].append(int(row["row"]))
    return found


def shares(values, plates, count):
    """The share of the best so many that was measured after each plate; ties with the last of them
    count as it."""
    least = sorted(values, reverse=True)[count - 1]
    found, curve = 0, []
    for plate in plates:
        found += sum(values[row] >= least for row in plate)
        curve.append(min(found, count) / count)
    return curve


def one(path, o):
    """The curves of every way on one set, means over seeds."""
    values = table(path)
    begun, size = start(path, len(values), o)
    name = os.path.basename(path)
    jobs = [(f"{model}: ", [o.replay, "learning", path, begun, model]) for model in MODELS]
    jobs.append(("MolPAL's forest: ",
                 [o.python, os.path.join(HERE, "peers/molpal_forest.py"), path, begun]))
    ways, seconds = {}, {}
    for prefix, words in jobs:
        folder = os.path.join(o.work, "choices", prefix.split(":")[0].replace(" ", "-"))
        os.makedirs(folder, exist_ok=True)
        target = os.path.join(folder, name)
        if not os.path.exists(target):
            begin = time.perf_counter()
            run(*words, target + ".new")
            os.replace(target + ".new", target)
            say(name, prefix, f"{time.perf_counter() - begin:.1f} s")
        ways.update(choices(target, prefix))
    ways["random"] = {}
    for seed in range(o.seeds):
        source = random.Random(seed)
        first = source.sample(range(len(values)), size)
        rest = sorted(set(range(len(values))) - set(first))
        source.shuffle(rest)
        ways["random"][seed] = [first] + [
            rest[n * size:(n + 1) * size] for n in range(PLATES - 1)]
    tops = {"best twentieth": max(1, round(len(values) / 20)), "best 50": 50}
    result = {"compounds": len(values), "plate": size, "explored": PLATES * size / len(values)}
    for top, count in tops.items():
        result[top] = {
            way: [statistics.fmean(column) for column in zip(*(
                shares(values, plates, count) for plates in seeds.values()))]
            for way, seeds in ways.items()}
    return result


def compare(sets, top, way, rival):
    differences = [s[top][way][-1] - s[top][rival][-1] for s in sets.values()]
    return {"difference": mean(differences), "better on": sum(d > 0 for d in differences),
            "worse on": sum(d < 0 for d in differences), "sets": len(differences)}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replay", required=True)
    parser.add_argument("--python", required=True, help="one with scikit-learn and RDKit")
    parser.add_argument("--data", required=True, help="the folder of the data sets")
    parser.add_argument("--work", required=True)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    o = parser.parse_args()
    begin = time.perf_counter()
    paths = assays(o.data, o.work, [ACE])[ACE]
    sets = {os.path.basename(path)[:-4]: one(path, o) for path in paths}
    summary = {}
    for top in ("best twentieth", "best 50"):
        ways = next(iter(sets.values()))[top]
        summary[top] = {
            way: {"found": mean([s[top][way][-1] for s in sets.values()]),
                  "curve": [statistics.fmean(s[top][way][n] for s in sets.values())
                            for n in range(PLATES)],
                  "less the rival": None if way == RIVAL else compare(sets, top, way, RIVAL)}
            for way in ways}
        for way, entry in summary[top].items():
            say(top, way, f"{entry['found']['mean']:.3f}", entry["found"]["interval"])
    # Where a plate is a hundredth of the pool, as published.
    large = {name: s for name, s in sets.items() if s["plate"] > LEAST}
    save("learning", {
        "what": "six plates from whole sets of MoleculeACE", "sets": sets, "summary": summary,
        "seeds": o.seeds, "least plate": LEAST, "rival": RIVAL,
        "explored": [min(s["explored"] for s in sets.values()),
                     max(s["explored"] for s in sets.values())],
        "plates of a hundredth": {
            "sets": len(large),
            **{top: {way: statistics.fmean(s[top][way][-1] for s in large.values())
                     for way in summary[top]} for top in summary}} if large else None,
        "seconds": time.perf_counter() - begin, "command": "Benchmarks/run learning"})


if __name__ == "__main__":
    main()
