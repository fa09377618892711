#!/usr/bin/env python3
"""Makes the pre-trained encoder of Models/encoder again, with its card.

Corpus: every `--every`-th molecule of MOSES, ChEMBL's and DrugBank's drugs, natural products.
Left out: every molecule one of whose parts has the skeleton (elements and connections alone) of a
molecule in the sets named by `--without`. That covers all with the same InChIKey, which `--check`
proves with RDKit.
"""
import argparse
import csv
import gzip
import hashlib
import json
import os
import subprocess
import sys

COLUMNS = ("smiles", "SMILES", "Smiles", "Drug", "mol", "canonical_smiles", "Smiles_unify")
HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def lines(path):
    with (gzip.open(path, "rt") if path.endswith(".gz") else open(path)) as file:
        yield from file


def molecules(path):
    """The SMILES of a table with one of the columns, or the first words of a SMILES file."""
    name = path.removesuffix(".gz")
    if name.endswith((".smi", ".txt")):
        for line in lines(path):
            if line.strip():
                yield line.split()[0]
        return
    rows = csv.reader(lines(path), delimiter="\t" if name.endswith(".tsv") else ",")
    header = next(rows, [])
    column = next((header.index(c) for c in COLUMNS if c in header), None)
    if column is not None:
        yield from (row[column] for row in rows if len(row) > column and row[column])


def tables(folder):
    for root, _, names in sorted(os.walk(folder)):
        yield from (os.path.join(root, n) for n in sorted(names)
                    if n.removesuffix(".gz").endswith((".csv", ".tsv", ".smi")))


def digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def collect(paths, output, every):
    """Writes the different SMILES of tables, one a line; tells each table's digest and share."""
    seen, parts = set(), []
    with open(output, "w") as file:
        for path in paths:
            step = every if "moses" in os.path.basename(path) else 1
            chosen = [s for i, s in enumerate(molecules(path)) if i % step == 0 and s not in seen]
            seen.update(chosen)
            file.writelines(s + "\n" for s in chosen)
            if chosen:
                parts.append({"file": os.path.basename(path), "sha256": digest(path),
                              "molecules": len(chosen)})
    return parts


def keys(path):
    from rdkit import Chem, RDLogger
    RDLogger.DisableLog("rdApp.*")
    for line in open(path):
        molecule = Chem.MolFromSmiles(line.strip())
        key = Chem.MolToInchiKey(molecule) if molecule else ""
        if key:
            yield key[:14]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True, help="the executable Pretraining")
    parser.add_argument("--corpus", nargs="+", required=True, help="files of molecules to learn from")
    parser.add_argument("--without", nargs="+", required=True, help="folders of benchmarks")
    parser.add_argument("--every", type=int, default=8)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--work", required=True)
    parser.add_argument("-o", "--output", default=os.path.join(HERE, "../Models/encoder"))
    o = parser.parse_args()
    os.makedirs(o.work, exist_ok=True)
    os.makedirs(o.output, exist_ok=True)
    corpus, excluded = (os.path.join(o.work, n) for n in ("corpus.smi", "excluded.smi"))
    parts = collect(o.corpus, corpus, o.every)
    benchmarks = []
    for folder in o.without:
        found = collect(tables(folder), os.path.join(o.work, "part.smi"), 1)
        with open(os.path.join(o.work, "part.smi")) as part, \
                open(excluded, "a" if benchmarks else "w") as file:
            file.write(part.read())
        listing = "".join(sorted(f["sha256"] for f in found))
        benchmarks.append({
            "folder": os.path.basename(folder.rstrip("/")), "files": len(found),
            "molecules": sum(f["molecules"] for f in found),
            "sha256 of the files' digests": hashlib.sha256(listing.encode()).hexdigest()})
    weights = os.path.join(o.output, "encoder.safetensors")
    run = subprocess.run(
        [o.program, corpus, excluded, weights, str(o.threads), str(o.epochs)],
        stdout=subprocess.PIPE, text=True, check=True)
    found = json.loads(run.stdout)
    card = {
        "architecture": {
            "messages": "bonds", "hidden": 300, "depth": 3, "aggregation": "mean",
            "atom columns": 72, "bond columns": 14},
        "task": "the places of RDKit's descriptors in their distributions",
        "corpus": parts, "every n-th molecule of MOSES": o.every, "left out": benchmarks,
        "training": found, "weights sha256": digest(weights)}
    with open(os.path.join(o.output, "card.json"), "w") as file:
        json.dump(card, file, indent=1, sort_keys=True)
        file.write("\n")
    print(json.dumps(found), file=sys.stderr)


if __name__ == "__main__":
    main()
