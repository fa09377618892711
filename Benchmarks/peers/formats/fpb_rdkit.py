"""Lists the fingerprints of an FPB file as RDKit's reader finds them. Arguments: FPB LIST"""
import sys

import rdkit
from rdkit import DataStructs


def main(source, listing):
    reader = DataStructs.FPBReader(source)
    reader.Init()
    with open(listing, "w") as lines:
        for row in range(len(reader)):
            bits = DataStructs.BitVectToFPSText(reader.GetFP(row))
            lines.write(f"{bits}\t{reader.GetId(row)}\n")
    print(rdkit.__version__)


if __name__ == "__main__":
    main(*sys.argv[1:])
