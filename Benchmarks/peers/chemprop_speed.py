#!/usr/bin/env python3
"""chemprop 2's default network on the processor; prints one line of JSON.

Arguments:
  split CSV SMILES_COLUMN TARGETS OUTPUT.tsv SEED     chemprop's scaffold-balanced split as a table:
                                                      part, SMILES, targets
  train TABLE.tsv THREADS EPOCHS [PREDICTIONS]        time of the epochs after the first; outputs for
                                                      the rows of the part `test`
  predict MODEL.pt SMILES THREADS [PREDICTIONS]       from SMILES to outputs, as `chemprop predict`
  untrained OUTPUT                                    a default model of random weights: `OUTPUT.pt`,
                                                      and `OUTPUT.safetensors` for our side

Kind to the rival in training: graphs are kept in memory from the first epoch on, which chemprop does
only when told. Its featurising is part of its prediction, as ours is part of ours.
"""
import csv
import json
import logging
import os
import sys
import time
import warnings

for library in ("OMP", "MKL", "OPENBLAS"):
    threads = {"train": 3, "predict": 4}.get(sys.argv[1])
    os.environ[library + "_NUM_THREADS"] = sys.argv[threads] if threads else "1"
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
warnings.filterwarnings("ignore")
import numpy  # noqa: E402
import torch  # noqa: E402
from chemprop import __version__, data, models, nn  # noqa: E402
from chemprop.models import save_model  # noqa: E402
from lightning import pytorch  # noqa: E402
from lightning.pytorch.callbacks import Callback, ModelCheckpoint  # noqa: E402
from rdkit import Chem, RDLogger  # noqa: E402

RDLogger.DisableLog("rdApp.*")
logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)
logging.getLogger("lightning.pytorch.utilities.rank_zero").setLevel(logging.ERROR)


class Clock(Callback):
    """The time of each epoch of training, without validation."""

    def __init__(self):
        self.times, self.begin = [], None

    def on_train_epoch_start(self, trainer, module):
        self.begin = time.perf_counter(), time.process_time()

    def on_train_epoch_end(self, trainer, module):
        self.stop()

    def on_validation_start(self, trainer, module):
        self.stop()

    def stop(self):
        if self.begin:
            self.times.append((time.perf_counter() - self.begin[0],
                               time.process_time() - self.begin[1]))
        self.begin = None


def table(path):
    parts, smiles, values = [], [], []
    with open(path) as file:
        for line in file:
            part, text, *targets = line.rstrip("\n").split("\t")
            parts.append(part)
            smiles.append(text)
            values.append([float(t) if t else numpy.nan for t in targets])
    return numpy.array(parts), smiles, numpy.array(values)


def split(source, column, targets, output, seed):
    with open(source) as file:
        rows = [r for r in csv.DictReader(file) if Chem.MolFromSmiles(r[column])]
    molecules = [Chem.MolFromSmiles(r[column]) for r in rows]
    parts = data.make_split_indices(
        molecules, "scaffold_balanced", (0.8, 0.1, 0.1), seed=int(seed))
    with open(output, "w") as file:
        for name, chosen in zip(("train", "val", "test"), parts):
            for row in chosen[0]:
                cells = [name, rows[row][column].strip()]
                file.write("\t".join(cells + [rows[row][t] for t in targets.split(",")]) + "\n")
    print(json.dumps({"rows": len(rows)}))


def train(path, threads, epochs, output=None):
    torch.set_num_threads(int(threads))
    pytorch.seed_everything(0)
    parts, smiles, values = table(path)
    is_binary = numpy.isin(values[numpy.isfinite(values)], (0, 1)).all()
    sets, scaler = {}, None
    for part in dict.fromkeys(parts):
        chosen = numpy.flatnonzero(parts == part)
        sets[part] = data.MoleculeDataset(
            [data.MoleculeDatapoint.from_smi(smiles[i], values[i]) for i in chosen])
        sets[part].cache = True
    if is_binary:
        predictor = nn.BinaryClassificationFFN(n_tasks=values.shape[1])
    else:
        scaler = sets["train"].normalize_targets()
        if "val" in sets:
            sets["val"].normalize_targets(scaler)
        predictor = nn.RegressionFFN(
            n_tasks=values.shape[1],
            output_transform=nn.UnscaleTransform.from_standard_scaler(scaler))
    loaders = {
        part: data.build_dataloader(s, 64, 0, shuffle=part == "train", seed=0)
        for part, s in sets.items()}
    model = models.MPNN(nn.BondMessagePassing(), nn.NormAggregation(), predictor)
    clock = Clock()
    callbacks = [clock]
    folder = f"{path}.chemprop.{os.getpid()}"
    if "val" in sets:
        callbacks.append(ModelCheckpoint(folder, "best", "val_loss", mode="min"))
    trainer = pytorch.Trainer(
        logger=False, enable_progress_bar=False, accelerator="cpu", devices=1,
        enable_checkpointing="val" in sets, max_epochs=int(epochs), callbacks=callbacks,
        enable_model_summary=False)
    trainer.fit(model, loaders["train"], loaders.get("val"))
    if output:
        best = dict(ckpt_path="best", weights_only=False) if "val" in sets else {"model": model}
        found = torch.cat(trainer.predict(dataloaders=loaders["test"], **best))
        numpy.savetxt(output, found.numpy().reshape(-1, values.shape[1]))
    if os.path.isdir(folder):
        for name in os.listdir(folder):
            os.unlink(os.path.join(folder, name))
        os.rmdir(folder)
    later = clock.times[1:]
    return {
        "count": len(sets["train"]) * len(later), "wall": sum(t[0] for t in later),
        "cpu": sum(t[1] for t in later), "checks": {}}


def predict(path, smiles, threads, output=None):
    torch.set_num_threads(int(threads))
    model = models.MPNN.load_from_file(path, map_location="cpu").eval()
    with open(smiles) as file:
        texts = file.read().split()
    wall, cpu = time.perf_counter(), time.process_time()
    points = data.MoleculeDataset([data.MoleculeDatapoint.from_smi(t) for t in texts])
    loader = data.build_dataloader(points, 64, 0, shuffle=False)
    with torch.inference_mode():
        found = torch.cat([model(batch.bmg) for batch in loader])
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    if output:
        numpy.savetxt(output, found.numpy())
    return {"count": len(texts), "wall": wall, "cpu": cpu,
            "checks": {"sum": float(found.double().sum())}}


def untrained(output):
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    from chemprop_export import export
    torch.manual_seed(1)
    model = models.MPNN(
        nn.BondMessagePassing(), nn.NormAggregation(norm=10.0), nn.RegressionFFN())
    save_model(output + ".pt", model)
    export(model.eval(), output + ".safetensors")
    return {}


if __name__ == "__main__":
    found = {"split": split, "train": train, "predict": predict, "untrained": untrained}[
        sys.argv[1]](*sys.argv[2:])
    if found is not None:
        print(json.dumps(dict(found, version=__version__)))
