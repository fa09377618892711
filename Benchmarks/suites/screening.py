#!/usr/bin/env python3
"""A stored library scored by an ensemble of five fingerprint networks, beside dense PyTorch.

Ours is the whole of `osong score` in a process of its own: opening the library and the model,
features from stored fingerprints, networks, files of scores. Theirs is the time of the networks
alone on rows of the same fingerprints, in turns with ours. Equality first: the same molecules by
`osong predict` and by their networks.
"""
import argparse
import csv
import json
import os
import shutil
import subprocess
import sys

from common import HERE, save, summary
from processes import measured

ROWS, EQUAL_ROWS = 100_000, 2_000


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--osong", required=True)
    parser.add_argument("--python", required=True, help="one with torch")
    parser.add_argument("--moses", required=True, help="the folder of MOSES")
    parser.add_argument("--activities", required=True, help="the folder of MoleculeACE")
    parser.add_argument("--molecules", required=True, help="library.smi, whose rows are --packed")
    parser.add_argument("--packed", required=True)
    parser.add_argument("--work", required=True)
    parser.add_argument("--repeats", type=int, default=3)
    o = parser.parse_args()
    os.makedirs(o.work, exist_ok=True)
    library, model = os.path.join(o.work, "moses.olib"), os.path.join(o.work, "five.model")
    if not os.path.exists(library):
        tables = sorted(os.path.join(o.moses, name) for name in os.listdir(o.moses)
                        if name.startswith("moses_") and name.endswith(".csv.gz"))
        subprocess.run([o.osong, "library", "build", library, *tables], check=True)
    if not os.path.exists(model):
        subprocess.run(
            [o.osong, "train", os.path.join(o.activities, "CHEMBL204_Ki.csv"), "-o", model,
             "--features", "ecfp4", "--hidden", "1024,512", "--members", "5", "--value-column", "y",
             "--quiet"], check=True)
    weights = os.path.join(model, "model/networks.safetensors")
    network = [o.python, os.path.join(HERE, "peers/network.py"), "ensemble"]

    differences = compare(o, model, weights, network)
    # Theirs are the fingerprints of the molecules as written: a few are standardised by ours.
    equal = [difference for difference in differences if difference <= 1e-4]
    if len(equal) < 0.998 * len(differences):
        sys.exit(f"{len(differences) - len(equal)} predictions differ: nothing to compare")

    few = rows(o, ROWS)
    ours, theirs, sums = [], [], []
    for number in range(o.repeats):
        scores = os.path.join(o.work, "scores")
        shutil.rmtree(scores, ignore_errors=True)
        cost, said = measured([o.osong, "score", library, "--model", model, "--scores", scores,
                               "--threads", "2", "--quiet", "--json"])
        cost["count"] = int(json.loads(said)["computed"])
        ours.append(cost)
        done = subprocess.run([*network, few, weights, "1024", "2"], check=True, text=True,
                              stdout=subprocess.PIPE)
        theirs.append(json.loads(done.stdout.splitlines()[-1]))
        print(number + 1, cost, theirs[-1], file=sys.stderr, flush=True)
    shutil.rmtree(scores, ignore_errors=True)

    def rates(reports, clock):
        return [report["count"] / report[clock] for report in reports]

    save("screening", {
        "what": "stored molecules scored by five networks 2048→1024→512→1, two threads",
        "rows": ours[0]["count"], "rows of the rival": ROWS, "version": theirs[0]["version"],
        "compared": len(differences), "of standardised molecules": len(differences) - len(equal),
        "largest difference of the others, in deviations": max(equal),
        "ratio": summary([a / b for a, b in zip(rates(ours, "cpu"), rates(theirs, "cpu"))]),
        "ratio by the clock": summary(
            [a / b for a, b in zip(rates(ours, "wall"), rates(theirs, "wall"))]),
        "ours per second": summary(rates(ours, "wall")),
        "theirs per second": summary(rates(theirs, "wall")),
        "peak MiB": max(cost["peak MiB"] for cost in ours),
        "own peak MiB": max(cost["own peak MiB"] for cost in ours),
        "command": "Benchmarks/run screening"})


def rows(o, count):
    """The first packed rows as a file of their own."""
    path = os.path.join(o.work, f"{count}.u8")
    with open(o.packed, "rb") as source, open(path, "wb") as target:
        target.write(source.read(256 * count))
    return path


def compare(o, model, weights, network):
    """The differences of the same molecules' predictions, in the training's deviations."""
    molecules = os.path.join(o.work, "equal.smi")
    with open(o.molecules) as source, open(molecules, "w") as target:
        for _ in range(EQUAL_ROWS):
            target.write(next(source))
    ours, theirs = os.path.join(o.work, "ours.csv"), os.path.join(o.work, "theirs.txt")
    subprocess.run([o.osong, "predict", model, molecules, "-o", ours, "--quiet"], check=True)
    subprocess.run([*network, rows(o, EQUAL_ROWS), weights, "1024", "2", theirs], check=True,
                   stdout=subprocess.DEVNULL)
    with open(os.path.join(model, "recipe.json")) as file:
        scaling = json.load(file)["scalings"][0]
    with open(ours, newline="") as file, open(theirs) as values:
        return [
            abs((float(row["y"]) - scaling["mean"]) / scaling["deviation"] - float(value))
            for row, value in zip(csv.DictReader(file), values, strict=True)]


if __name__ == "__main__":
    main()
