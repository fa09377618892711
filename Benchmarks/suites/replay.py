"""What the two replays share: assay tables in one layout, prices, intervals. Standard library only."""
import csv
import glob
import gzip
import math
import os
import random
import re
import statistics
import subprocess
import sys

ACE, SIMPD = "activity_moleculeace", "activity_simpd"


def assays(data, work, collections=(ACE, SIMPD)):
    """Writes every assay as smiles, value, split; returns the paths by collection."""
    found = {}
    for name in collections:
        folder = os.path.join(work, "tables", name)
        os.makedirs(folder, exist_ok=True)
        found[name] = []
        for path in sorted(glob.glob(os.path.join(data, name, "CHEMBL*.csv"))):
            target = os.path.join(folder, os.path.basename(path))
            with open(path, newline="") as source, open(target, "w", newline="") as file:
                out = csv.writer(file)
                out.writerow(["smiles", "value", "split"])
                for row in csv.DictReader(source):
                    if name == ACE:
                        # pKi or pEC50 of the mean in nmol/L.
                        cells = [row["smiles"], 9 - math.log10(float(row["exp_mean [nM]"]))]
                    else:
                        cells = [row["canonical_smiles"], float(row["pchembl_value"])]
                    out.writerow([*cells, row["split"]])
            found[name].append(target)
    return found


PACK = re.compile(r"\(\s*\$?([\d,]+(?:\.\d+)?)\s*(?:USD)?\s*\)\s*/\s*\(\s*[\d.,]+\s*m?g\s*\)")


def prices(data):
    """Mean and deviation of the logarithm of what the cheapest pack costs, over BindingDB's compounds."""
    path = os.path.join(data, "dta_bindingdb_purchasable", "bindingdb_purchasable_2019.csv.gz")
    cheapest, unread = {}, 0
    with gzip.open(path, "rt", newline="") as file:
        for row in csv.DictReader(file):
            if not row["price"] or row["smiles"] in cheapest:
                continue
            packs = [float(p.replace(",", "")) for p in PACK.findall(row["price"])]
            packs = [p for p in packs if p > 0]
            if packs:
                cheapest[row["smiles"]] = min(packs)
            else:
                unread += 1
    logarithms = [math.log(p) for p in cheapest.values()]
    return {"compounds": len(cheapest), "unread": unread, "mean": statistics.fmean(logarithms),
            "deviation": statistics.stdev(logarithms),
            "median": statistics.median(cheapest.values())}


def interval(values, seed=0, repeats=2000, share=0.95):
    """A percentile bootstrap of the mean."""
    source = random.Random(seed)
    count = len(values)
    means = sorted(sum(source.choices(values, k=count)) / count for _ in range(repeats))
    low = int((1 - share) / 2 * repeats)
    return [means[low], means[repeats - 1 - low]]


def mean(values):
    return {"mean": statistics.fmean(values), "interval": interval(values)}


def run(*words):
    subprocess.run(words, check=True)


def say(*words):
    print(*words, file=sys.stderr, flush=True)
