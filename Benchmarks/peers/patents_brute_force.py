#!/usr/bin/env python3
"""Compares each query with every compound by RDKit, and says where `osong patents check` differs.

Both sides are standardised by Osong (an export of libraries), so that what is compared is the search.
"""
import csv
import json
import os
import shutil
import subprocess
import sys

import numpy
from rdkit import Chem, RDLogger
from rdkit.Chem import rdFingerprintGenerator

RDLogger.DisableLog("rdApp.*")
library, checked, osong, threshold, work, most = sys.argv[1:7]
threshold, most = float(threshold), int(most)
morgan = rdFingerprintGenerator.GetMorganGenerator(radius=2, fpSize=2048)


def exported(folder):
    table = os.path.join(work, "export.csv")
    subprocess.run([osong, "library", "export", folder, "-o", table], check=True,
                   stdout=subprocess.DEVNULL)
    with open(table, newline="") as file:
        return list(csv.DictReader(file))


def packed(structures):
    bits = numpy.zeros((len(structures), 256), dtype=numpy.uint8)
    for place, smiles in enumerate(structures):
        bits[place] = numpy.packbits(morgan.GetFingerprintAsNumPy(Chem.MolFromSmiles(smiles)))
    return bits.view(numpy.uint64)


with open(checked, newline="") as file:
    rows = [row for row in csv.DictReader(file) if row["patent_status"] != "refused"]
if most and most < len(rows):
    # From all over the table, which goes from one origin to the next.
    rows = [rows[place * len(rows) // most] for place in range(most)]
table = os.path.join(work, "asked.csv")
with open(table, "w", newline="") as file:
    out = csv.writer(file)
    out.writerow(["smiles", "id"])
    out.writerows([row["smiles"], str(place)] for place, row in enumerate(rows))
folder = os.path.join(work, "asked.olib")
shutil.rmtree(folder, ignore_errors=True)
subprocess.run([osong, "library", "build", folder, table, "--keep-duplicates", "--quiet"],
               check=True, stdout=subprocess.DEVNULL)
asked = exported(folder)
corpus = exported(library)
queries, compounds = packed([x["smiles"] for x in asked]), packed([x["smiles"] for x in corpus])
counts = numpy.bitwise_count(compounds).sum(axis=1, dtype=numpy.int32)
texts = numpy.array([x["smiles"] for x in corpus], dtype=object)
different = []
found = 0
for query, item in zip(queries, asked):
    both = numpy.bitwise_count(compounds & query).sum(axis=1, dtype=numpy.int32)
    either = counts + int(numpy.bitwise_count(query).sum()) - both
    at = numpy.nonzero(both >= threshold * either - 1e-9)[0]
    row = rows[int(item["id"])]
    # Structures that are the same by their InChIKey are left out of the count there, not here.
    others = int((texts[at] != item["smiles"]).sum())
    found += others
    if others != int(row["patent_similar"]):
        different.append([item["smiles"], others, int(row["patent_similar"]), row["patent_status"]])
unexplained = [x for x in different if x[2] > x[1] or x[3] != "exact"]
print(json.dumps({
    "queries": len(asked), "compounds": len(corpus), "pairs at or above": found,
    "queries with another count": len(different),
    "of these not by structures of one InChIKey": len(unexplained),
    "examples": unexplained[:5]}))
