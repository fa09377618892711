#!/usr/bin/env python3
"""The molecules of the similarity suite: MOSES less 500, and those 500 among 1,000 queries.

The other 500 queries are activities' compounds of another file, which are larger and further away.
The choice depends on seeds alone.
"""
import argparse
import csv
import glob
import gzip
import os
import random

HELD_OUT = 500


def shuffled(values, seed):
    values = list(dict.fromkeys(values))
    random.Random(seed).shuffle(values)
    return values


def column(path, names=("SMILES", "smiles")):
    with (gzip.open(path, "rt") if path.endswith(".gz") else open(path)) as lines:
        table = csv.DictReader(lines)
        name = next(n for n in names if n in table.fieldnames)
        return [row[name] for row in table]


def write(path, molecules):
    with open(path + ".new", "w") as file:
        file.writelines(f"{smiles} {number}\n" for number, smiles in enumerate(molecules))
    os.replace(path + ".new", path)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("moses", help="the folder with MOSES' tables")
    parser.add_argument("others", help="a table of other molecules, or a folder of tables")
    parser.add_argument("into", help="the folder for library.smi and queries.smi")
    o = parser.parse_args()
    moses = shuffled([
        smiles for name in ("train", "test", "test_scaffolds")
        for smiles in column(os.path.join(o.moses, f"moses_{name}.csv.gz"))], seed=7)
    tables = sorted(glob.glob(os.path.join(o.others, "*.csv"))) or [o.others]
    others = shuffled([smiles for table in tables for smiles in column(table)], seed=8)
    queries = moses[:HELD_OUT] + others[:HELD_OUT]
    random.Random(9).shuffle(queries)
    write(os.path.join(o.into, "library.smi"), moses[HELD_OUT:])
    write(os.path.join(o.into, "queries.smi"), queries)


if __name__ == "__main__":
    main()
