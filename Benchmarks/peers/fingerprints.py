#!/usr/bin/env python3
"""SMILES text to ECFP4 of 2,048 bits with a rival, one thread; prints one line of JSON.

Arguments: rdkit or chematic, a file of SMILES, and where to write packed bits (optional).
Strings are in memory before the clock starts and fingerprints are kept, as on our side.
"""
import json
import sys
import time
from importlib.metadata import version

import numpy


def rdkit_work():
    from rdkit import Chem, DataStructs, RDLogger
    from rdkit.Chem import rdFingerprintGenerator
    RDLogger.DisableLog("rdApp.*")
    generator = rdFingerprintGenerator.GetMorganGenerator(radius=2, fpSize=2048)

    def one(smiles):
        molecule = Chem.MolFromSmiles(smiles)
        return None if molecule is None else generator.GetFingerprint(molecule)

    return one, DataStructs.BitVectToBinaryText


def chematic_work():
    import chematic

    def one(smiles):
        try:
            return chematic.from_smiles(smiles).rdkit_ecfp4_numpy()
        except Exception:
            return None

    return one, lambda bits: numpy.packbits(numpy.asarray(bits), bitorder="little").tobytes()


def main(peer, path, output=None):
    one, packed = {"rdkit": rdkit_work, "chematic": chematic_work}[peer]()
    with open(path) as file:
        lines = [line.split()[0] for line in file if line.strip()]
    for smiles in lines[:1000]:
        one(smiles)
    wall, cpu = time.perf_counter(), time.process_time()
    found = [one(smiles) for smiles in lines]
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    raw = b"".join(bytes(256) if f is None else packed(f) for f in found)
    words = numpy.frombuffer(raw, "<u8")
    if output:
        with open(output, "wb") as file:
            file.write(raw)
    print(json.dumps({
        "count": len(lines), "wall": wall, "cpu": cpu, "version": version(peer),
        "checks": {"bits": int(numpy.bitwise_count(words).sum()),
                   "empty rows": int((words.reshape(-1, 32) == 0).all(1).sum())},
        "xor": format(int(numpy.bitwise_xor.reduce(words)), "x")}))


if __name__ == "__main__":
    main(*sys.argv[1:])
