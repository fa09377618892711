#!/usr/bin/env python3
"""TDC's ADMET group: 22 sets, the official test rows, five seeds, one recipe for all.

The recipe is chosen first, on scaffold splits of the training rows (`tdc-choice.json`), and then
kept for every set. The program that trains is given files of test structures without values, so it
cannot have read them; the scores are taken here from the stored answers. A finished file of answers
is not made again: delete it to repeat it.
"""
import argparse
import concurrent.futures
import csv
import json
import math
import os
import statistics
import subprocess

from common import HERE, RESULTS, save

# Set, metric, the scale to learn on, and the published rows: MapLight, Chemprop-RDKit, the best seen.
SETS = {
    "caco2_wang": ("MAE", "regression", 0.276, 0.330, 0.256),
    "hia_hou": ("AUROC", "classification", 0.986, 0.981, 0.993),
    "pgp_broccatelli": ("AUROC", "classification", 0.930, 0.886, 0.946),
    "bioavailability_ma": ("AUROC", "classification", None, None, 0.750),
    "lipophilicity_astrazeneca": ("MAE", "regression", 0.539, 0.467, 0.406),
    "solubility_aqsoldb": ("MAE", "regression", 0.792, 0.761, 0.714),
    "bbb_martins": ("AUROC", "classification", 0.916, 0.869, 0.924),
    "ppbr_az": ("MAE", "regression", 7.66, 8.29, 7.23),
    "vdss_lombardo": ("Spearman", "log", 0.707, 0.389, 0.713),
    "cyp2c9_veith": ("AUPRC", "classification", 0.783, 0.777, 0.859),
    "cyp2d6_veith": ("AUPRC", "classification", 0.723, 0.673, 0.790),
    "cyp3a4_veith": ("AUPRC", "classification", 0.881, 0.876, 0.916),
    "cyp2c9_substrate_carbonmangels": ("AUPRC", "classification", 0.415, 0.400, 0.474),
    "cyp2d6_substrate_carbonmangels": ("AUPRC", "classification", 0.713, 0.686, 0.737),
    "cyp3a4_substrate_carbonmangels": ("AUROC", "classification", 0.650, 0.619, 0.692),
    "half_life_obach": ("Spearman", "log", 0.562, 0.239, 0.578),
    "clearance_hepatocyte_az": ("Spearman", "log", 0.466, 0.430, 0.498),
    "clearance_microsome_az": ("Spearman", "log", 0.626, 0.599, 0.637),
    "ld50_zhu": ("MAE", "regression", 0.621, 0.625, 0.527),
    "herg": ("AUROC", "classification", 0.871, 0.840, 0.880),
    "ames": ("AUROC", "classification", 0.868, 0.850, 0.883),
    "dili": ("AUROC", "classification", 0.887, 0.887, 0.956),
}
# Families by their short names, and recipes in files of tdc-recipes/. Those behind a + answer with
# the mean of what they say on the scale that is learnt.
SINGLES = ["dummy", "knn", "gaussian-process", "trees", "exact-process", "exact-process-descriptors",
           "described-trees", "deep-trees"]
MEANS = ["gaussian-process+trees", "exact-process+described-trees",
         "exact-process-descriptors+described-trees", "exact-process-descriptors+deep-trees"]
FIRST_CHOICE = "gaussian-process"


def ranks(values):
    """Ranks from 1, equal values sharing their mean."""
    order = sorted(range(len(values)), key=values.__getitem__)
    result, start = [0.0] * len(values), 0
    while start < len(order):
        end = start
        while end + 1 < len(order) and values[order[end + 1]] == values[order[start]]:
            end += 1
        for place in order[start:end + 1]:
            result[place] = (start + end) / 2 + 1
        start = end + 1
    return result


def spearman(predicted, measured):
    if len(set(predicted)) < 2:
        return 0.0  # a constant orders nothing
    return statistics.correlation(ranks(predicted), ranks(measured))


def auroc(predicted, measured):
    ordered = ranks(predicted)
    active = [r for r, y in zip(ordered, measured) if y == 1]
    n, m = len(active), len(measured) - len(active)
    return (sum(active) - n * (n + 1) / 2) / (n * m)


def auprc(predicted, measured):
    """Average precision; equal predictions are one threshold, as in scikit-learn."""
    pairs = sorted(zip(predicted, measured), reverse=True)
    total, found, area, start = sum(measured), 0, 0.0, 0
    while start < len(pairs):
        end, new = start, 0
        while end < len(pairs) and pairs[end][0] == pairs[start][0]:
            new += pairs[end][1]
            end += 1
        found += new
        area += new / total * found / end
        start = end
    return area


def score(metric, predicted, measured):
    if metric == "MAE":
        return statistics.fmean(abs(p - y) for p, y in zip(predicted, measured))
    return {"Spearman": spearman, "AUROC": auroc, "AUPRC": auprc}[metric](predicted, measured)


def is_better(metric, ours, theirs):
    return ours < theirs if metric == "MAE" else ours > theirs


def rows(path):
    with open(path, newline="") as file:
        return [(r["Drug"], float(r["Y"])) for r in csv.DictReader(file)]


def write(path, header, table):
    with open(path, "w", newline="") as file:
        out = csv.writer(file)
        out.writerow(header)
        out.writerows(table)


def answers(options, train, asked, models, kind, seeds, calibrated, path):
    """The stored answers of a training, made where they are missing: {seed: [row]}."""
    if not os.path.exists(path):
        write(path + ".train", ["smiles", "value"], train)
        write(path + ".asked", ["smiles"], [[smiles] for smiles, _ in asked])
        subprocess.run(
            [options.accuracy, "answer", path + ".train", path + ".asked", models, kind, seeds,
             str(calibrated), path + ".new"], check=True)
        os.replace(path + ".new", path)
    found = {}
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(int(row["seed"]), []).append(row)
    return found


def recipe(options, name):
    """The file of a recipe; that of a mean is put together from its members'."""
    own = os.path.join(HERE, "suites", "tdc-recipes", name + ".json")
    if os.path.exists(own):
        return own
    if "+" not in name:
        return name
    members = []
    for member in name.split("+"):
        path = recipe(options, member)
        if path == member:
            said = subprocess.run([options.accuracy, "recipe", member], check=True,
                                  stdout=subprocess.PIPE, text=True)
            members.append(json.loads(said.stdout))
        else:
            with open(path) as file:
                members.append(json.load(file))
    path = os.path.join(options.work, name + ".json")
    with open(path, "w") as file:
        json.dump({"family": "stack",
                   "settings": {"weighting": {"equal": {}}, "members": members}}, file)
    return path


def validation(options, name):
    """The recipes' scores on one scaffold split of a set's training rows."""
    metric, kind = SETS[name][:2]
    table = rows(os.path.join(options.data, name, "train_val.csv"))
    folder = os.path.join(options.work, "choice", name)
    os.makedirs(folder, exist_ok=True)
    held = os.path.join(folder, "rows")
    if not os.path.exists(held):
        write(held + ".table", ["smiles"], [[smiles] for smiles, _ in table])
        subprocess.run(
            [options.accuracy, "split", held + ".table", "0", held], check=True)
    with open(held) as file:
        held = {int(line) for line in file}
    train = [r for n, r in enumerate(table) if n not in held]
    asked = [r for n, r in enumerate(table) if n in held]
    measured = [y for _, y in asked]
    said = {}
    for single in SINGLES:
        found = answers(options, train, asked, recipe(options, single), kind, "only:0", 0,
                        os.path.join(folder, single + ".csv"))
        said[single] = [float(r["value"]) for r in found[0]]
    for mean in MEANS:
        members = [said[m] for m in mean.split("+")]
        if kind == "log":
            members = [[math.log(max(v, 1e-9)) for v in m] for m in members]
        said[mean] = [statistics.fmean(values) for values in zip(*members)]
    return {candidate: score(metric, values, measured) for candidate, values in said.items()}


def choose(options, pool):
    """Compares the candidates and stores which one has the best mean rank."""
    jobs = {n: pool.submit(validation, options, n) for n in SETS}
    scores = {n: job.result() for n, job in jobs.items()}
    placed = {c: [] for c in SINGLES + MEANS}
    for name, row in scores.items():
        sign = 1 if SETS[name][0] == "MAE" else -1
        for candidate, rank in zip(placed, ranks([sign * row[c] for c in placed])):
            placed[candidate].append(rank)
    means = {c: statistics.fmean(r) for c, r in placed.items()}
    return save("tdc-choice", {
        "what": "the recipe of the ADMET group, by the mean rank of one scaffold split of each"
                " set's training rows, all sets",
        "widened": f"the first choice, among fewer recipes on the smaller sets, was {FIRST_CHOICE};"
                   " its test result was seen before more recipes were tried on the training rows",
        "scores": scores, "mean rank": means, "chosen": min(means, key=means.get),
        "command": "Benchmarks/run tdc"})


def test(options, name, models):
    """The chosen recipe on the official test rows of one set."""
    metric, kind, maplight, chemprop, best = SETS[name]
    train = rows(os.path.join(options.data, name, "train_val.csv"))
    asked = rows(os.path.join(options.data, name, "test.csv"))
    os.makedirs(os.path.join(options.work, "test"), exist_ok=True)
    calibrated = 0 if kind == "classification" else 1
    found = answers(options, train, asked, recipe(options, models), kind, str(options.seeds), calibrated,
                    os.path.join(options.work, "test", name + ".csv"))
    measured = [y for _, y in asked]
    scores = [score(metric, [float(r["value"]) for r in found[s]], measured)
              for s in sorted(found)]
    held = None
    if calibrated:
        inside = [float(r["lo"]) <= y <= float(r["hi"]) for r, y in zip(found[0], measured)]
        share = sum(inside) / len(inside)
        # Wilson's interval: what the number of test rows alone leaves open.
        n, z = len(inside), 1.96
        middle = (share + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
        held = {"coverage": share, "lower": middle - half, "upper": middle + half}
    seen = {smiles for smiles, _ in train}
    return {
        "metric": metric, "train": len(train), "test": len(asked),
        "test structures also in train": sum(smiles in seen for smiles, _ in asked),
        "scores": scores, "mean": statistics.fmean(scores),
        "deviation": statistics.stdev(scores) if len(scores) > 1 else 0.0,
        "MapLight": maplight, "Chemprop-RDKit": chemprop, "best seen": best,
        "intervals of 90 %": held,
        "CPU seconds": sum(float(found[s][0]["seconds"]) for s in found),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accuracy", required=True, help="our program")
    parser.add_argument("--data", required=True, help="the folder with a folder for each set")
    parser.add_argument("--work", default=os.path.join(HERE, ".peers/tdc"))
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=2, help="sets at a time, each on one thread")
    parser.add_argument("--only", choices=["choose", "test"], help="one half")
    options = parser.parse_args()
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        path = os.path.join(RESULTS, "tdc-choice.json")
        if options.only == "test":
            with open(path) as file:
                choice = json.load(file)
        else:
            choice = choose(options, pool)
            print(json.dumps(choice["mean rank"], indent=1), "chosen:", choice["chosen"])
            if options.only:
                return
        models = choice["chosen"]
        sizes = {n: os.path.getsize(os.path.join(options.data, n, "train_val.csv")) for n in SETS}
        jobs = {n: pool.submit(test, options, n, models) for n in sorted(SETS, key=sizes.get)}
        sets = {n: jobs[n].result() for n in SETS}
    beaten = {
        rival: [n for n, r in sets.items()
                if r[rival] is not None and is_better(r["metric"], r["mean"], r[rival])]
        for rival in ("MapLight", "Chemprop-RDKit", "best seen")}
    save("tdc", {
        "what": "TDC ADMET group, official test rows", "recipe": models, "seeds": options.seeds,
        "sets": sets, "beaten": beaten, "command": "Benchmarks/run tdc"})
    for name, r in sets.items():
        print(name, r["metric"], round(r["mean"], 3), r["MapLight"], r["Chemprop-RDKit"],
              r["intervals of 90 %"])
    print({rival: len(names) for rival, names in beaten.items()})


if __name__ == "__main__":
    main()
