#!/usr/bin/env python3
"""Two towers on Davis and KIBA: the official folds, and compounds or proteins that nobody has seen.

The protocol is DeepDTA's (Öztürk, Özgür & Ozkirimli 2018): five parts of the training pairs; a model
learns from four of them and answers the test pairs; the mean over the five models is reported. Settings were
chosen on the training parts (`--choose`), never on the test pairs. In the cold splits each fifth of the
compounds, of the proteins, or of both, is hidden once, over all pairs.
"""
import argparse
import csv
import gzip
import json
import math
import os
import random
import statistics
import subprocess
import time

from common import HERE, save

BARS = {"davis": 0.244, "kiba": 0.194}
# Chosen on a training part of each set, learning from the four others.
SETTINGS = {"davis": {"epochs": 60}, "kiba": {"epochs": 15}}
COLD = {"davis": {"epochs": 15}, "kiba": {"epochs": 10}}


def opened(path):
    return gzip.open(path, "rt", newline="") if path.endswith(".gz") else open(path, newline="")


def found(folder, name):
    return next(p for p in (os.path.join(folder, name), os.path.join(folder, name + ".gz"))
                if os.path.exists(p))


def prepare(folder, work, name):
    """Compounds, proteins and pairs as plain tables; the pairs with the fold they belong to."""
    target = os.path.join(work, name)
    os.makedirs(target, exist_ok=True)
    paths = [os.path.join(target, x) for x in ("compounds.csv", "proteins.csv", "pairs.csv")]
    with opened(found(folder, "ligands.csv")) as file:
        ligands = list(csv.DictReader(file))
    with opened(found(folder, "proteins.csv")) as file:
        proteins = list(csv.DictReader(file))
    smiles = next(k for k in ("canonical_smiles", "smiles_canonical", "smiles") if k in ligands[0])
    for path, header, rows in [
            (paths[0], ["id", "smiles"], [[i, row[smiles]] for i, row in enumerate(ligands)]),
            (paths[1], ["id", "sequence"], [[i, row["sequence"]] for i, row in enumerate(proteins)])]:
        with open(path, "w", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(header)
            out.writerows(rows)
    with opened(found(folder, "train_fold_setting1.json")) as file:
        folds = {pair: str(n) for n, part in enumerate(json.load(file)) for pair in part}
    with opened(found(folder, "test_fold_setting1.json")) as file:
        test = json.load(file)
    test = test[0] if isinstance(test[0], list) else test
    assert not set(test) & set(folds), "a pair is learned from and tested"
    folds.update(dict.fromkeys(test, "test"))
    values = []
    with opened(found(folder, "affinities.csv")) as file, open(paths[2], "w", newline="") as pairs:
        out = csv.writer(pairs, lineterminator="\n")
        out.writerow(["compound", "protein", "value", "fold"])
        for row in csv.DictReader(file):
            value = float(row["y"])
            if name == "davis":
                value = 9 - math.log10(value)
            values.append(value)
            out.writerow([row["ligand_idx"], row["protein_idx"], repr(value),
                          folds[int(row["pair_idx"])]])
    return paths, values


def concordance(predicted, measured):
    """Half the pairs' order by merge sort: an O(n log n) count that shares nothing with ours."""
    order = sorted(range(len(measured)), key=lambda i: measured[i])
    levels = {v: i + 1 for i, v in enumerate(sorted(set(predicted)))}
    tree = [0] * (len(levels) + 2)

    def count(place):
        total = 0
        while place > 0:
            total += tree[place]
            place -= place & -place
        return total

    halves = pairs = start = 0
    while start < len(order):
        end = start
        while end < len(order) and measured[order[end]] == measured[order[start]]:
            end += 1
        for i in order[start:end]:
            level = levels[predicted[i]]
            halves += count(level - 1) + count(level)
            pairs += start
        for i in order[start:end]:
            place = levels[predicted[i]]
            while place < len(tree):
                tree[place] += 1
                place += place & -place
        start = end
    return halves / (2 * pairs) if pairs else None


def scores(rows, values, key="predicted"):
    measured = [values[int(r["row"])] for r in rows]
    predicted = [float(r[key]) for r in rows]
    return {"mse": statistics.fmean((p - m) ** 2 for p, m in zip(predicted, measured)),
            "ci": concordance(predicted, measured)}


def answers(o, paths, split, settings, target):
    if not os.path.exists(target):
        subprocess.run([o.affinity, *paths, split, json.dumps(settings), target + ".new"], check=True)
        os.replace(target + ".new", target)
    with open(target, newline="") as file:
        rows = list(csv.DictReader(file))
    parts = {}
    for row in rows:
        parts.setdefault(row["split"], []).append(row)
    return parts


def spread(parts, values, key):
    one = [scores(rows, values, key) for rows in parts.values()]
    return {m: {"mean": statistics.fmean(s[m] for s in one),
                "sd": statistics.stdev(s[m] for s in one)} for m in ("mse", "ci")}


def summary(parts, values):
    return {"two towers": spread(parts, values, "predicted"),
            "mean of compound and of protein": spread(parts, values, "effects"),
            "mean": {"mse": spread(parts, values, "mean")["mse"]},
            "pairs tested": {k: len(v) for k, v in parts.items()}}


def ensemble(parts, values):
    """The mean of the five models' answers to the same pairs, with a bootstrap interval over pairs."""
    rows = list(zip(*parts.values()))
    errors = [(statistics.fmean(float(r["predicted"]) for r in group)
               - values[int(group[0]["row"])]) ** 2 for group in rows]
    means = [statistics.fmean(float(r["predicted"]) for r in group) for group in rows]
    dice = random.Random(0)
    draws = sorted(statistics.fmean(dice.choices(errors, k=len(errors))) for _ in range(400))
    return {"mse": statistics.fmean(errors), "lower": draws[10], "upper": draws[389],
            "ci": concordance(means, [values[int(g[0]["row"])] for g in rows])}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--affinity", required=True)
    parser.add_argument("--data", required=True, help="the folder with dta_davis and dta_kiba")
    parser.add_argument("--work", required=True)
    parser.add_argument("--sets", default="davis,kiba")
    parser.add_argument("--cold", default="protein,compound,both")
    parser.add_argument("--choose", help="settings as JSON: answer the training parts alone")
    o = parser.parse_args()
    begin, record = time.perf_counter(), {}
    for name in o.sets.split(","):
        paths, values = prepare(os.path.join(o.data, "dta_" + name), o.work, name)
        own = lambda part: os.path.join(o.work, name, part + ".csv")
        if o.choose:
            settings = dict(json.loads(o.choose), seed=0)
            target = own("choice-" + "".join(c for c in o.choose if c.isalnum()))
            parts = answers(o, paths, "folds", settings, target)
            print(name, o.choose, json.dumps(spread(parts, values, "predicted")), flush=True)
            continue
        settings = dict(SETTINGS[name], seed=0)
        parts = answers(o, paths, "train:all", settings, own("test"))
        record[name] = {"official test": summary(parts, values), "bar": BARS[name],
                        "settings": settings, "mean of the five models": ensemble(parts, values)}
        for cold in filter(None, o.cold.split(",")):
            parts = answers(o, paths, f"cold:{cold}:0", dict(COLD[name], seed=0), own("cold-" + cold))
            record[name]["cold " + cold] = summary(parts, values)
        print(name, json.dumps(record[name], indent=1), flush=True)
    if not o.choose:
        save("affinity", {
            "sets": record, "seconds": time.perf_counter() - begin, "bar of KIBA's cold proteins": 0.41,
            "cold settings": COLD, "command": "Benchmarks/run affinity"})


if __name__ == "__main__":
    main()
