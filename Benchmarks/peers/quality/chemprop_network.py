#!/usr/bin/env python3
"""Chemprop's default network through its own command line, for a bounded number of epochs."""
import csv
import pathlib
import subprocess
import sys
import tempfile

import tables

parser = tables.arguments()
parser.add_argument("--epochs", type=int, default=30)
options = parser.parse_args()
chemprop = str(pathlib.Path(sys.executable).with_name("chemprop"))
with tempfile.TemporaryDirectory() as work:
    folder = pathlib.Path(work)
    seed = str(options.seed % 2**31)
    quiet = dict(check=True, stdout=subprocess.DEVNULL)
    subprocess.run(
        [chemprop, "train", "--data-path", options.train, "--smiles-columns", "smiles",
         "--target-columns", "value", "--task-type", options.task, "--epochs", str(options.epochs),
         "--split-sizes", "0.9", "0.1", "0.0", "--data-seed", seed, "--pytorch-seed", seed,
         "--output-dir", str(folder / "model"), "--accelerator", "cpu", "--num-workers", "0"],
        **quiet)
    subprocess.run(
        [chemprop, "predict", "--test-path", options.test, "--smiles-columns", "smiles",
         "--model-paths", str(next((folder / "model").rglob("best.pt"))),
         "--preds-path", str(folder / "out.csv"), "--accelerator", "cpu", "--num-workers", "0"],
        **quiet)
    with open(folder / "out.csv", newline="") as file:
        found = list(csv.DictReader(file))
    column = [name for name in found[0] if name not in ("id", "smiles")][0]
    by_id = {row["id"]: float(row[column]) for row in found}
test = tables.read(options.test)
tables.write(options.output, test, [by_id[row["id"]] for row in test])
