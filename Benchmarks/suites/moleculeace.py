#!/usr/bin/env python3
"""MoleculeACE: `osong train` on each of the 30 targets, errors on the benchmark's own test rows.

Every test row of the file is predicted with `osong predict` and scored against its own value, so
rows that training merged as duplicates are not lost. Rows the program refuses are counted.
A finished target is not trained again: delete its folder to repeat it.
"""
import argparse
import csv
import glob
import json
import math
import os
import random
import statistics
import subprocess
import time

from common import HERE, save

PUBLISHED = {  # means over the 30 targets, all and cliff molecules, as quoted by their authors
    "random forest, ECFP": (0.694, 0.781),
    "CheMeleon": (0.666, 0.764),
}


def rmse(errors):
    """The root of the mean square; None for nothing."""
    return math.sqrt(sum(e * e for e in errors) / len(errors)) if errors else None


def run(osong, table, model, threads):
    """Trains once and predicts the test rows; returns the rows of the prediction."""
    answer = os.path.join(model, "rows.csv")
    if not os.path.exists(answer):
        begin = time.perf_counter()
        subprocess.run(
            [osong, "train", table, "-o", model, "--value-column", "exp_mean [nM]", "--nanomolar",
             "--threads", str(threads), "--quiet"], check=True)
        seconds = time.perf_counter() - begin
        questions = os.path.join(model, "questions.csv")
        with open(table, newline="") as source, open(questions, "w", newline="") as target:
            out = csv.writer(target)
            out.writerow(["id", "smiles"])
            for number, row in enumerate(csv.DictReader(source), 1):
                if row["split"] == "test":
                    out.writerow([f"row-{number}", row["smiles"]])
        subprocess.run(
            [osong, "predict", model, questions, "-o", answer + ".new",
             "--threads", str(threads), "--quiet"], check=True)
        with open(os.path.join(model, "seconds.json"), "w") as file:
            json.dump(seconds, file)
        os.replace(answer + ".new", answer)
    with open(answer, newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def predicted(row):
    """The value and the nearest measured value of a row of `osong predict`; None if refused."""
    value, nearest = row["pKi"], row["nn_value"]
    return (float(value), float(nearest)) if value else None


def score(table, answers, forest):
    """The errors of every method on the test rows of one target."""
    with open(table, newline="") as file:
        rows = [dict(r, id=f"row-{n}") for n, r in enumerate(csv.DictReader(file), 1)]
    measured = {r["id"]: 9 - math.log10(float(r["exp_mean [nM]"])) for r in rows}
    mean = statistics.fmean(measured[r["id"]] for r in rows if r["split"] == "train")
    test = [r for r in rows if r["split"] == "test"]
    refused = [r["id"] for r in test if predicted(answers[r["id"]]) is None]
    used = [r for r in test if r["id"] not in refused]
    cliffs = {r["id"] for r in used if r["cliff_mol"] == "1"}
    methods = {
        "osong": {r["id"]: predicted(answers[r["id"]])[0] for r in used},
        "nearest neighbour": {r["id"]: predicted(answers[r["id"]])[1] for r in used},
        "dummy": {r["id"]: mean for r in used},
    }
    if forest:
        methods["random forest, measured here"] = {r["id"]: 9 + forest[r["id"]] for r in used}
    result = {"train": len(rows) - len(test), "test": len(test), "cliffs": len(cliffs),
              "refused": refused, "rmse": {}}
    for name, values in methods.items():
        errors = {key: value - measured[key] for key, value in values.items()}
        result["rmse"][name] = {
            "all": rmse(list(errors.values())), "cliff": rmse([errors[k] for k in cliffs])}
    return result


def interval(values, repeats=2000):
    """A 95 % percentile bootstrap over the targets."""
    source = random.Random(0)
    means = sorted(
        statistics.fmean(source.choices(values, k=len(values))) for _ in range(repeats))
    return [means[int(0.025 * repeats)], means[int(0.975 * repeats) - 1]]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--osong", default=os.path.join(HERE, "../.build/release/osong"))
    parser.add_argument("--data", required=True, help="the folder of the 30 tables")
    parser.add_argument("--work", default=os.path.join(HERE, ".peers/moleculeace"))
    parser.add_argument("--forest", help="predictions of peers/random_forest.py")
    parser.add_argument("--name", default="moleculeace", help="the name of the result")
    parser.add_argument("--note", default="", help="what is special about this run")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()

    forests = {}
    if options.forest and os.path.exists(options.forest):
        with open(options.forest) as file:
            forests = json.load(file)
    os.makedirs(options.work, exist_ok=True)
    targets, seconds = {}, []
    for table in sorted(glob.glob(os.path.join(options.data, "CHEMBL*.csv"))):
        name = os.path.basename(table)[:-4]
        model = os.path.join(options.work, name + ".model")
        answers = run(options.osong, table, model, options.threads)
        with open(os.path.join(model, "seconds.json")) as file:
            seconds.append(json.load(file))
        targets[name] = score(table, answers, forests.get("predictions", {}).get(name))
        print(name, {k: round(v["all"], 3) for k, v in targets[name]["rmse"].items()}, flush=True)

    shared = set.intersection(*(set(t["rmse"]) for t in targets.values()))
    means = {}
    for method in sorted(shared):
        means[method] = {}
        for part in ("all", "cliff"):
            values = [t["rmse"][method][part] for t in targets.values()]
            means[method][part] = {
                "mean": statistics.fmean(values), "interval": interval(values)}
    differences = {}
    rival = "random forest, measured here"
    if rival in shared:
        for part in ("all", "cliff"):
            values = [
                t["rmse"]["osong"][part] - t["rmse"][rival][part] for t in targets.values()]
            differences[part] = {
                "mean": statistics.fmean(values), "interval": interval(values),
                "better on": sum(v < 0 for v in values)}
    save(options.name, {
        "what": "MoleculeACE, RMSE on the fixed split", "targets": targets, "means": means,
        "osong minus random forest, paired": differences, "published": PUBLISHED,
        "forest": forests.get("settings"), "note": options.note, "training seconds": sum(seconds),
        "command": "Benchmarks/run quality",
    })
    print(json.dumps(means, indent=1), differences)


if __name__ == "__main__":
    main()
