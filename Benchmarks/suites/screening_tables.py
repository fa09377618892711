#!/usr/bin/env python3
"""Tables and draws of the RDKit virtual-screening platform (Riniker, Landrum 2013), and its suite.

    screening_tables.py DATA OUTPUT [QUERIES [DRAWS [SOURCE...]]]

A table `id,smiles,active` for each target with a JSON list of draws: the published query actives and
a fifth of the decoys (by chance, the same number for each draw) are learnt from, the rest is ranked.
For fewer numbers on disk the first DRAWS of the fifty are taken, ten if nothing is said.

The source DUD-E is no part of the platform: its queries are drawn here, by number. Its decoys were
chosen to look unlike the actives, so whoever memorises does well there; the suite says so.
"""
import csv
import gzip
import json
import pathlib
import random
import sys

root, output = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
data = root / "vs_rdkit_platform"
queries = sys.argv[3] if len(sys.argv) > 3 else "5"
draws = int(sys.argv[4]) if len(sys.argv) > 4 else 10
sources = sys.argv[5:] or ["MUV", "DUD", "ChEMBL"]
published = json.load(gzip.open(data / "query_actives_50reps.json.gz"))


def compounds(path):
    with gzip.open(path, "rt", errors="replace") as lines:
        # DUD's amidinium ions stand with their charge on a carbon of five bonds, which nobody can read.
        for wrong, right in (("[CH+](=N)N", "C(=[NH2+])N"), ("N=[CH+](N)", "[NH2+]=C(N)")):
            lines = [line.replace(wrong, right) for line in lines]
        return [line.split()[1:3] for line in lines if line.strip() and not line.startswith("#")]


def molecules(path):
    """DUD-E has several protonation states of a compound: the first one counts."""
    found = {}
    with gzip.open(path, "rt") as lines:
        for line in lines:
            name, smiles = line.rstrip("\n").split("\t")
            found.setdefault(name, smiles)
    return list(found.items())


def targets(source):
    """Name, actives, decoys and the draws of query actives, by their places."""
    if source == "DUD-E":
        for path in sorted((root / "vs_dude").glob("*_actives.tsv.gz")):
            target = path.name.removesuffix("_actives.tsv.gz")
            actives = molecules(path)
            lists = [random.Random(f"{target} {number}").sample(range(len(actives)), int(queries))
                     for number in range(draws)]
            yield target, actives, molecules(path.with_name(f"{target}_decoys.tsv.gz")), lists
        return
    for target, lists in sorted(published[source].items()):
        folder = data / source
        actives = compounds(folder / f"cmp_list_{source}_{target}_actives.dat.gz")
        decoys = folder / f"cmp_list_{source}_{target}_decoys.dat.gz"
        if not decoys.exists():
            decoys = folder / "cmp_list_ChEMBL_zinc_decoys.dat.gz"
        yield target, actives, compounds(decoys), lists[queries]


output.mkdir(parents=True, exist_ok=True)
if sources == ["DUD-E"]:
    name, title = "dud-e", "DUD-E, whose decoys were chosen to look unlike its actives: "
else:
    title = f"RDKit virtual-screening platform ({', '.join(sources)}): "
    name = "rdkit-platform" + ("" if "MUV" in sources else "-" + "-".join(sources).lower())
kind = "drawn" if name == "dud-e" else "published"
suite = f"""name: {name}
about: "{title}{queries} {kind} query actives and a fifth of the decoys to learn from, {draws} draws."
models:
  - dummy
  - memoriser
  - nearest-neighbours
  - random-forest
  - name: RF (scikit-learn)
    command: [.peers/rivals/bin/python, peers/quality/random_forest.py]
  - name: XGBoost (Python)
    command: [.peers/rivals/bin/python, peers/quality/xgboost_trees.py]
  - name: chemprop (5 epochs)
    command: [.peers/chemprop/bin/python, peers/quality/chemprop_network.py, --epochs, "5"]
defaults:
  value: active
  id: id
  smiles: smiles
  task: classification
  metric: roc-auc
  split: draws
datasets:""".split("\n")
for source in sources:
    for target, actives, decoys, lists in targets(source):
        dataset = f"{source}-{target}"
        with open(output / f"{dataset}.csv", "w", newline="") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(["id", "smiles", "active"])
            table.writerows([f"a{row}", smiles, 1] for row, (_, smiles) in enumerate(actives))
            table.writerows([f"d{row}", smiles, 0] for row, (_, smiles) in enumerate(decoys))
        made = []
        for number, chosen in enumerate(lists[:draws]):
            rest = random.Random(number).sample(range(len(decoys)), len(decoys) // 5)
            made.append([f"a{row}" for row in chosen] + [f"d{row}" for row in sorted(rest)])
        (output / f"{dataset}.draws.json").write_text(json.dumps(made))
        suite += [f"  - name: {dataset}", f"    file: {dataset}.csv",
                  f"    split-file: {dataset}.draws.json"]
(output / f"{name}.yaml").write_text("\n".join(suite) + "\n")
