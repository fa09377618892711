#!/usr/bin/env python3
"""Memory of `osong predict` for few rows and for many: it reads, predicts and writes in a stream."""
import argparse
import itertools
import os
import sys

from common import save
from processes import measured


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--osong", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--molecules", required=True, help="a SMILES file")
    parser.add_argument("--work", required=True)
    parser.add_argument("--rows", default="10000,1000000")
    o = parser.parse_args()
    os.makedirs(o.work, exist_ok=True)
    runs = []
    for rows in map(int, o.rows.split(",")):
        molecules, table = (os.path.join(o.work, name) for name in ("rows.smi", "rows.csv"))
        with open(o.molecules) as source, open(molecules, "w") as target:
            # A file that is too short begins anew.
            left = rows
            while left:
                taken = list(itertools.islice(source, left))
                if not taken and not target.tell():
                    sys.exit(f"{o.molecules} holds no molecule")
                target.writelines(taken)
                left -= len(taken)
                if left:
                    source.seek(0)
        cost, _ = measured([o.osong, "predict", o.model, molecules, "-o", table, "--quiet"])
        with open(table, "rb") as lines:
            written = sum(1 for _ in lines) - 1
        if written != rows:
            sys.exit(f"{rows} rows were asked for, {written} are written")
        runs.append(dict(cost, rows=rows))
        print(runs[-1], flush=True)
        os.remove(molecules)
        os.remove(table)
    save("predict-memory", {
        "what": "predict from SMILES, two threads", "runs": runs,
        "command": "Benchmarks/run predict-memory"})


if __name__ == "__main__":
    main()
