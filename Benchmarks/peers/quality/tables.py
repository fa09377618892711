"""The tables that `osong bench run` hands to a program, and the one it wants back.

COMMAND --train FILE --test FILE --output FILE --task regression|classification --seed N
train: id,smiles,value   test: id,smiles   output: id,prediction (a probability for classes)
"""
import argparse
import csv


def arguments():
    parser = argparse.ArgumentParser()
    for name in ("train", "test", "output"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--task", choices=["regression", "classification"], required=True)
    parser.add_argument("--seed", type=int, default=0)
    return parser


def read(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def write(path, rows, predictions):
    with open(path, "w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["id", "prediction"])
        for row, prediction in zip(rows, predictions, strict=True):
            table.writerow([row["id"], repr(float(prediction))])


def fingerprints(smiles):
    """ECFP4 with 2,048 bits, RDKit's; none where this RDKit cannot read the structure."""
    import numpy
    from rdkit import Chem, DataStructs, RDLogger
    from rdkit.Chem import rdFingerprintGenerator
    RDLogger.DisableLog("rdApp.*")
    generator = rdFingerprintGenerator.GetMorganGenerator(radius=2, fpSize=2048)
    bits = numpy.zeros((len(smiles), 2048), dtype=numpy.uint8)
    for row, text in enumerate(smiles):
        molecule = Chem.MolFromSmiles(text)
        if molecule is not None:
            DataStructs.ConvertToNumpyArray(generator.GetFingerprint(molecule), bits[row])
    return bits
