#!/usr/bin/env python3
"""Writes the suites of this folder from the data: files, digests, splits. `make_suites.py DATA`."""
import hashlib
import pathlib
import sys

data, here = pathlib.Path(sys.argv[1]), pathlib.Path(__file__).parent
OURS = """models:
  - dummy
  - memoriser
  - nearest-neighbours
  - random-forest
  - boosted-trees
  - gaussian-process
"""
RIVALS = """  - name: RF (scikit-learn)
    command: [.peers/rivals/bin/python, peers/quality/random_forest.py]
  - name: XGBoost (Python)
    command: [.peers/rivals/bin/python, peers/quality/xgboost_trees.py]
  - name: chemprop (30 epochs)
    command: [.peers/chemprop/bin/python, peers/quality/chemprop_network.py, --epochs, "30"]
"""


def digest(path):
    return hashlib.sha256((data / path).read_bytes()).hexdigest()


def quoted(value):
    return f'"{value}"' if any(sign in str(value) for sign in ":[]#%>,") else value


def suite(name, about, defaults, datasets, models=OURS + RIVALS):
    lines = [f"name: {name}", f"about: {quoted(about)}", models.rstrip(), "defaults:"]
    lines += [f"  {key}: {quoted(value) if not isinstance(value, list) else value}"
              for key, value in defaults.items()]
    lines.append("datasets:")
    for entry in datasets:
        for place, (key, value) in enumerate(entry.items()):
            lines.append(f"  {'- ' if place == 0 else '  '}{key}: {quoted(value)}")
    (here / f"{name}.yaml").write_text("\n".join(lines) + "\n")


def table(path, **more):
    return dict(file=path, sha256=digest(path), **more)


TDC = {  # The leaderboard's metric and unit; numbers that spread over decades are learnt as logs.
    "caco2_wang": ("mae", "log10(cm/s)"), "hia_hou": ("roc-auc",), "pgp_broccatelli": ("roc-auc",),
    "bioavailability_ma": ("roc-auc",), "lipophilicity_astrazeneca": ("mae", "log10"),
    "solubility_aqsoldb": ("mae", "log10(mol/L)"), "bbb_martins": ("roc-auc",),
    "ppbr_az": ("mae", "%"), "vdss_lombardo": ("spearman", "L/kg", "log"),
    "cyp2c9_veith": ("pr-auc",), "cyp2d6_veith": ("pr-auc",), "cyp3a4_veith": ("pr-auc",),
    "cyp2c9_substrate_carbonmangels": ("pr-auc",), "cyp2d6_substrate_carbonmangels": ("pr-auc",),
    "cyp3a4_substrate_carbonmangels": ("roc-auc",), "half_life_obach": ("spearman", "h", "log"),
    "clearance_hepatocyte_az": ("spearman", "uL/min/1e6 cells"),
    "clearance_microsome_az": ("spearman", "mL/min/g"), "ld50_zhu": ("mae", "-log10(mol/kg)"),
    "herg": ("roc-auc",), "ames": ("roc-auc",), "dili": ("roc-auc",)}
entries = []
for name, (metric, *rest) in TDC.items():
    path = f"tdc_admet_group/{name}/"
    entry = dict(name=name, **table(path + "train_val.csv"), test=path + "test.csv",
                 task="classification" if metric.endswith("auc") else "regression", metric=metric)
    entry["test-sha256"] = digest(path + "test.csv")
    if rest:
        entry["unit"] = rest[0]
    if "log" in rest[1:]:
        entry["scale"] = "logarithmic"
    entries.append(entry)
suite("tdc-admet-group", "Therapeutics Data Commons, ADMET group: the official scaffold test, five "
      "seeds of each model, all of train_val to learn from.",
      dict(smiles="Drug", value="Y", id="Drug_ID", split="files", seeds=[1, 2, 3, 4, 5]), entries)

suite("moleculeace", "MoleculeACE: 30 targets, the authors' split by clusters and cliffs, RMSE of "
      "log potency.",
      dict(smiles="smiles", value="y", task="regression", metric="rmse", split="column",
           unit="log10", seeds=[1, 2, 3], hit=">= -2"),
      [dict(name=path.stem, **table(f"activity_moleculeace/{path.name}"))
       for path in sorted((data / "activity_moleculeace").glob("*.csv"))])

suite("simpd", "SIMPD: single-assay Ki sets of ChEMBL 32, parted as projects move on in time.",
      dict(smiles="canonical_smiles", value="pchembl_value", id="compound_chembl_id", hit=">= 7",
           task="regression", metric="spearman", split="column", unit="-log10(mol/L)",
           seeds=[1, 2, 3]),
      [dict(name=path.name.split(".")[0], **table(f"activity_simpd/{path.name}"))
       for path in sorted((data / "activity_simpd").glob("*.csv*"))])

PHARMA = {"water_sol": "log10(nmol/L)", "logd": "log10", "ppb": "share", "cyp_2c9": "umol/L",
          "cyp_2d6": "umol/L", "cyp_3a4": "umol/L", "hum_mic_cl": "log10(mL/min/g)",
          "rat_mic_cl": "log10(mL/min/g)", "mou_mic_cl": "log10(mL/min/g)", "bbb": "", "ames": ""}
entries = []
for name, unit in PHARMA.items():
    path = next((data / "pharmabench").glob(f"{name}_*")).relative_to(data)
    classes = not unit
    entries.append(dict(name=name, **table(str(path)),
                        task="classification" if classes else "regression",
                        metric="roc-auc" if classes else "rmse", **({} if classes else dict(unit=unit))))
suite("pharmabench", "PharmaBench 2024, the published scaffold split.",
      {"smiles": "Smiles_unify", "value": "value", "split": "column", "seeds": [1, 2, 3],
       "split-column": "scaffold_train_test_label"}, entries)

NET = [("esol", "esol_delaney.csv", "measured log solubility in mols per litre", "rmse", "log10(mol/L)"),
       ("freesolv", "freesolv.csv", "expt", "rmse", "kcal/mol"),
       ("lipophilicity", "lipophilicity.csv", "exp", "rmse", "log10"),
       ("bace", "bace.csv.gz", "Class", "roc-auc", None), ("bbbp", "bbbp.csv", "p_np", "roc-auc", None)]
for split, about in [("random", "five random splits 80/20"),
                     ("scaffold", "chemprop's balanced scaffold split, five seeds"),
                     ("scaffold-deepchem", "DeepChem's scaffold split, which has no seed"),
                     ("cross-validation", "five times fivefold cross-validation (Ash et al. 2025)")]:
    suite(f"moleculenet-{split}", f"MoleculeNet, {about}. Never to be mixed with its other splits.",
          dict(smiles="smiles", split=split),
          [dict(name=name, **table(f"moleculenet/{path}"), value=column, metric=metric,
                task="regression" if unit else "classification", **(dict(unit=unit) if unit else {}))
           for name, path, column, metric, unit in NET])
TWO = {"caco2_wang": ("regression", "mae"), "dili": ("classification", "roc-auc")}
suite("rivals", "Two small TDC sets with rivals, two seeds: whether all of them run.",
      dict(smiles="Drug", value="Y", id="Drug_ID", split="files", seeds=[1, 2]),
      [{"name": name, **table(f"tdc_admet_group/{name}/train_val.csv"),
        "test": f"tdc_admet_group/{name}/test.csv",
        "test-sha256": digest(f"tdc_admet_group/{name}/test.csv"), "task": task, "metric": metric}
       for name, (task, metric) in TWO.items()],
      models="models:\n  - dummy\n  - random-forest\n  - boosted-trees\n"
      + RIVALS.replace("30 epochs", "5 epochs").replace('"30"', '"5"'))
suite("smoke", "Four small sets, one of each kind: a minute's comparison.",
      dict(split="cross-validation", repeats=5, folds=5),
      [dict(name="caco2", **table("tdc_admet_group/caco2_wang/train_val.csv"), smiles="Drug",
            value="Y", task="regression", metric="mae", unit="log10(cm/s)", hit=">= -5"),
       dict(name="herg", **table("tdc_admet_group/herg/train_val.csv"), smiles="Drug", value="Y",
            task="classification", metric="roc-auc"),
       dict(name="dili", **table("tdc_admet_group/dili/train_val.csv"), smiles="Drug", value="Y",
            task="classification", metric="roc-auc"),
       dict(name="freesolv", **table("moleculenet/freesolv.csv"), smiles="smiles", value="expt",
            task="regression", metric="rmse", unit="kcal/mol")],
      models="models:\n  - dummy\n  - nearest-neighbours\n  - random-forest\n")
