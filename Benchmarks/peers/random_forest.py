#!/usr/bin/env python3
"""A random forest on ECFP4 bits for MoleculeACE: what a chemist would try first.

scikit-learn's defaults but for 500 trees; the target is −log₁₀(nmol/L) of every training row.
Arguments: the folder of the tables, and the file to write predictions to.
"""
import csv
import glob
import json
import math
import os
import sys

import numpy
import rdkit
import sklearn
from rdkit import Chem, RDLogger
from rdkit.Chem import rdFingerprintGenerator
from sklearn.ensemble import RandomForestRegressor

RDLogger.DisableLog("rdApp.*")
TREES = 500


def main(data, path):
    generator = rdFingerprintGenerator.GetMorganGenerator(radius=2, fpSize=2048)
    predictions = {}
    for table in sorted(glob.glob(os.path.join(data, "CHEMBL*.csv"))):
        with open(table, newline="") as file:
            rows = list(csv.DictReader(file))
        bits = numpy.array(
            [generator.GetFingerprintAsNumPy(Chem.MolFromSmiles(r["smiles"])) for r in rows],
            dtype=numpy.float32)
        values = numpy.array([-math.log10(float(r["exp_mean [nM]"])) for r in rows])
        test = numpy.array([r["split"] == "test" for r in rows])
        forest = RandomForestRegressor(n_estimators=TREES, random_state=0, n_jobs=2)
        forest.fit(bits[~test], values[~test])
        answers = forest.predict(bits[test])
        ids = [f"row-{n + 1}" for n in numpy.nonzero(test)[0]]
        name = os.path.basename(table)[:-4]
        predictions[name] = dict(zip(ids, map(float, answers)))
        error = math.sqrt(((answers - values[test]) ** 2).mean())
        print(name, round(error, 3), flush=True)
    with open(path, "w") as file:
        json.dump({
            "settings": {"trees": TREES, "seed": 0, "bits": "ECFP4, 2048, binary",
                         "scikit-learn": sklearn.__version__, "rdkit": rdkit.__version__},
            "predictions": predictions}, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
