#!/usr/bin/env python3
"""The atom and bond features of chemprop 2, one line of JSON for each molecule, for our test.

Arguments: INPUT.csv COLUMN OUTPUT.jsonl [MOST]. Molecules that RDKit does not read are left out.
Each line holds the SMILES, for each atom its one-hot columns and its mass column, and for each bond
its two atoms and its columns. Then: OSONG_CHEMPROP_FEATURES=OUTPUT.jsonl swift test --filter
GraphFeature
"""
import csv
import gzip
import json
import sys

from chemprop.featurizers import SimpleMoleculeMolGraphFeaturizer
from chemprop.utils import make_mol
from rdkit import RDLogger

RDLogger.DisableLog("rdApp.*")


def columns(row):
    return [int(place) for place in row.nonzero()[0]]


def main(source, column, target, most="1000000"):
    featurize = SimpleMoleculeMolGraphFeaturizer()
    opened = gzip.open if source.endswith(".gz") else open
    with opened(source, "rt") as table, open(target, "w") as output:
        for row in list(csv.DictReader(table))[:int(most)]:
            try:
                molecule = make_mol(row[column])
            except RuntimeError:
                continue
            graph = featurize(molecule)
            output.write(json.dumps({
                "smiles": row[column],
                "atoms": [columns(atom[:71]) for atom in graph.V],
                "masses": [float(atom[71]) for atom in graph.V],
                "bonds": [
                    [int(graph.edge_index[0][arc]), int(graph.edge_index[1][arc])]
                    + columns(graph.E[arc]) for arc in range(0, len(graph.E), 2)],
            }) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
