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


def write_card(folder, card):
    """The card for programs, and the same for people."""
    with open(os.path.join(folder, "card.json"), "w") as file:
        json.dump(card, file, indent=1, sort_keys=True)
        file.write("\n")
    training, blocks = card["training"], card.get("first blocks of InChIKeys")
    check = "not compared" if not blocks else (
        f"{blocks['shared']} of {blocks['of the corpus']:,} first blocks of InChIKeys are among the "
        f"benchmarks' {blocks['of the benchmarks']:,}")
    parts = "\n".join(
        f"| `{p['file']}` | {p['molecules']:,} | `{p['sha256'][:16]}` |" for p in card["corpus"])
    left = "\n".join(f"| `{p['folder']}` | {p['files']} | {p['molecules']:,} |"
                     for p in card["left out"])
    with open(os.path.join(folder, "CARD.md"), "w") as file:
        file.write(f"""# A pre-trained encoder for message passing

Written by `Benchmarks/suites/pretraining.py`, which makes the encoder again.

The weights `encoder.*` of a network over directed bonds, hidden width 300, depth 3, mean over atoms,
features as chemprop 2's. Trained to foretell {training['descriptors']:.0f} of RDKit's descriptors,
each as its place in the corpus' distribution (CheMeleon's idea, Burns, Zalte & Green 2025), for
{training['epochs']:.0f} epochs on {training['kept']:,.0f} molecules. On every fiftieth of them, held
out, the mean squared error is {training['held mean squared error']:.3f}, where knowing nothing
gives 1.

**What it gains**: see the rows "begun from the pre-trained encoder" in
[results](../../Benchmarks/results/README.md), five sets of MoleculeNet, three scaffold splits each:
on some sets something, on others nothing or less than nothing. Nothing in the program uses it
unless asked to. Trained on small neutral drug-like molecules: metals, peptides and polymers are
strange to it.

**Left out**: any molecule one of whose parts has the skeleton (elements and connections, whatever
the bonds, charges and stereo) of a molecule of the benchmarks below, training rows included.
That was {training['read'] - training['kept']:,.0f} of {training['read']:,.0f}. Compared by RDKit's
InChIKeys afterwards: {check}.

| learnt from | molecules | SHA-256 begins |
|---|---|---|
{parts}

Of MOSES every {card['every n-th molecule of MOSES']}th molecule.

| left out | files | molecules |
|---|---|---|
{left}

Weights: SHA-256 `{card['weights sha256']}`. Structures of MOSES (MIT), ChEMBL (CC BY-SA 3.0),
DrugBank by way of ADMET-AI, ZINC; no measured value of theirs is in the weights.
""")


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
    parser.add_argument("--check", help="a Python with RDKit: compare InChIKeys, train nothing")
    parser.add_argument("--keys", help=argparse.SUPPRESS)
    o = parser.parse_args()
    if o.keys:
        print("\n".join(keys(o.keys)))
        return
    os.makedirs(o.work, exist_ok=True)
    os.makedirs(o.output, exist_ok=True)
    corpus, excluded = (os.path.join(o.work, n) for n in ("corpus.smi", "excluded.smi"))
    if o.check:
        found = [set(subprocess.run(
            [o.check, __file__, "--keys", path, "--program", "", "--corpus", "", "--without", "",
             "--work", ""], stdout=subprocess.PIPE, text=True, check=True).stdout.split())
            for path in (corpus + ".kept", excluded)]
        shared = found[0] & found[1]
        with open(os.path.join(o.output, "card.json")) as file:
            record = json.load(file)
        record["first blocks of InChIKeys"] = {
            "of the corpus": len(found[0]), "of the benchmarks": len(found[1]),
            "shared": len(shared)}
        write_card(o.output, record)
        if shared:
            raise SystemExit(f"{len(shared)} molecules of benchmarks were learnt from")
        return
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
    write_card(o.output, card)
    print(json.dumps(found), file=sys.stderr)


if __name__ == "__main__":
    main()
