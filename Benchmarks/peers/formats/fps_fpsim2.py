"""Makes an FPSim2 database from an FPS file and lists what its engine holds, by id.

FPSim2 reads no FPS itself: RDKit reads the fingerprints. Its ids are numbers.
Arguments: FPS DATABASE LIST
"""
import os
import sys

import numpy as np
from rdkit import DataStructs

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "similarity"))
from with_fpsim2 import FPSim2Engine, REVERSED, version, write_database  # noqa: E402


def main(source, database, listing):
    with open(source) as lines:
        records = [line.rstrip("\n").split("\t") for line in lines if not line.startswith("#")]
    vectors = [DataStructs.CreateFromFPSText(text) for text, _ in records]
    rows = np.array([
        np.frombuffer(DataStructs.BitVectToBinaryText(vector), np.uint8) for vector in vectors])
    names = np.array([int(name) for _, name in records])
    write_database(database, rows, np.unpackbits(rows, axis=1).sum(1, dtype=np.int64), names)
    held = FPSim2Engine(database).fps
    packed = REVERSED[held[:, 1:-1].astype(">u8").view(np.uint8).reshape(len(held), -1)]
    with open(listing, "w") as lines:
        for place in np.argsort(held[:, 0]):
            lines.write(f"{packed[place].tobytes().hex()}\t{held[place, 0]}\n")
    print(version)


if __name__ == "__main__":
    main(*sys.argv[1:])
