#!/usr/bin/env python3
"""The random forest of MolPAL (Graff, Shakhnovich & Coley 2021), choosing greedily.

Its settings: 100 trees of depth 8 at most on 2,048 bits of atom pairs one to three bonds apart, trained
anew after each plate. Arguments: table, starts, choices; the layouts are those of `Replay learning`.
"""
import csv
import sys

import numpy
from rdkit import Chem, RDLogger
from rdkit.Chem import rdFingerprintGenerator
from sklearn.ensemble import RandomForestRegressor

RDLogger.DisableLog("rdApp.*")
PLATES = 5


def main(table, starts, choices):
    generator = rdFingerprintGenerator.GetAtomPairGenerator(
        minDistance=1, maxDistance=3, fpSize=2048)
    with open(table, newline="") as file:
        rows = list(csv.DictReader(file))
    molecules = [Chem.MolFromSmiles(row["smiles"]) for row in rows]
    known = [n for n, molecule in enumerate(molecules) if molecule is not None]
    bits = numpy.zeros((len(rows), 2048), dtype=numpy.float32)
    for n in known:
        bits[n] = generator.GetFingerprintAsNumPy(molecules[n])
    values = numpy.array([float(row["value"]) for row in rows])
    seeds = {}
    with open(starts, newline="") as file:
        for row in csv.DictReader(file):
            seeds.setdefault(int(row["seed"]), []).append(int(row["row"]))
    with open(choices, "w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["seed", "way", "plate", "row", "refused"])
        refused = len(rows) - len(known)
        for seed, start in sorted(seeds.items()):
            measured = [n for n in start if n in set(known)]
            plates = [measured[:]]
            for plate in range(PLATES):
                forest = RandomForestRegressor(
                    n_estimators=100, max_depth=8, min_samples_leaf=1, random_state=seed)
                forest.fit(bits[measured], values[measured])
                seen = set(measured)
                rest = [n for n in known if n not in seen]
                answers = forest.predict(bits[rest])
                order = sorted(range(len(rest)), key=lambda place: (-answers[place], rest[place]))
                plates.append([rest[place] for place in order[:len(start)]])
                measured = measured + plates[-1]
            for number, plate in enumerate(plates):
                out.writerows([seed, "greedy", number, row, refused] for row in plate)


if __name__ == "__main__":
    main(*sys.argv[1:])
