"""Lists the Morgan fingerprints of a table of structures as RDKit makes them.

Arguments: CSV LIST
"""
import csv
import sys

import rdkit
from rdkit import Chem, DataStructs
from rdkit.Chem import rdFingerprintGenerator


def main(source, listing):
    generator = rdFingerprintGenerator.GetMorganGenerator(radius=2, fpSize=2048)
    with open(source) as table, open(listing, "w") as lines:
        for row in csv.DictReader(table):
            bits = generator.GetFingerprint(Chem.MolFromSmiles(row["smiles"]))
            lines.write(f"{DataStructs.BitVectToFPSText(bits)}\t{row['id']}\n")
    print(rdkit.__version__)


if __name__ == "__main__":
    main(*sys.argv[1:])
