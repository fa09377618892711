#!/usr/bin/env python3
"""Turns a trained chemprop 2 model into a safetensors file that our network reads.

Arguments:
  model CHECKPOINT OUTPUT.safetensors            a `.pt` or `.ckpt` file of chemprop
  train CSV SMILES_COLUMN TARGETS OUTPUT EPOCHS  trains chemprop's default and exports it; TARGETS
                                                 are columns joined by commas; a folder OUTPUT gets
                                                 `model.safetensors` and `predictions.jsonl`
  tiny OUTPUT.jsonl                              shapes and predictions of small models of every
                                                 kind, whose weights follow from a formula: the
                                                 file behind Tests/…/TinyChempropModels.swift

The tensors keep chemprop's names; the note "chemprop" says in JSON what they cannot. The check of
trained models: OSONG_CHEMPROP_MODELS=OUTPUT[:OUTPUT…] swift test --filter Chemprop
"""
import csv
import json
import struct
import sys
from pathlib import Path

import numpy
import torch
from chemprop import __version__, data, models, nn
from chemprop.utils import make_mol

AGGREGATIONS = {
    nn.MeanAggregation: "mean", nn.SumAggregation: "sum", nn.NormAggregation: "norm",
    nn.AttentiveAggregation: "attentive"}
PREDICTORS = {nn.RegressionFFN: "regression", nn.BinaryClassificationFFN: "classification"}


def notes(model):
    passing, predictor = model.message_passing, model.predictor
    kinds = {nn.BondMessagePassing: "bonds", nn.AtomMessagePassing: "atoms"}
    assert type(passing) in kinds and not passing.undirected and passing.W_d is None, passing
    assert passing.W_h.bias is None and type(predictor) in PREDICTORS, "not a default architecture"
    return {
        "messages": kinds[type(passing)], "depth": passing.depth,
        "aggregation": AGGREGATIONS[type(model.agg)], "norm": getattr(model.agg, "norm", 1.0),
        "activation": type(passing.tau).__name__, "task": PREDICTORS[type(predictor)],
        "version": __version__}


def write(path, tensors, metadata):
    """The safetensors format: the header's length, the header, the numbers."""
    header, place = {"__metadata__": metadata}, 0
    for name, tensor in tensors.items():
        header[name] = {"dtype": "F32", "shape": list(tensor.shape),
                        "data_offsets": [place, place + 4 * tensor.size]}
        place += 4 * tensor.size
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for tensor in tensors.values():
            file.write(tensor.astype("<f4").tobytes())


def wanted(model):
    parts = ("message_passing.", "agg.", "bn.", "predictor.ffn.", "predictor.output_transform.")
    return {name: tensor for name, tensor in model.state_dict().items()
            if name.startswith(parts) and tensor.is_floating_point()}


def export(model, path):
    tensors = {name: numpy.ascontiguousarray(t.numpy()) for name, t in wanted(model).items()}
    write(path, tensors, {"chemprop": json.dumps(notes(model), sort_keys=True)})


def predictions(model, smiles):
    model.eval()
    points = [data.MoleculeDatapoint.from_smi(text) for text in smiles]
    loader = data.build_dataloader(data.MoleculeDataset(points), batch_size=64, shuffle=False)
    with torch.inference_mode():
        return torch.cat([model(batch.bmg) for batch in loader]).double().numpy()


def publish(model, smiles, folder):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    export(model, folder / "model.safetensors")
    with open(folder / "predictions.jsonl", "w") as file:
        for text, values in zip(smiles, predictions(model, smiles)):
            file.write(json.dumps({"smiles": text, "values": values.tolist()}) + "\n")


def load(path):
    path = str(path)
    return (models.MPNN.load_from_checkpoint(path, map_location="cpu") if path.endswith(".ckpt")
            else models.MPNN.load_from_file(path, map_location="cpu"))


def readable(smiles):
    try:
        return make_mol(smiles) is not None
    except RuntimeError:
        return False


def train(table, column, targets, folder, epochs):
    from lightning import pytorch
    pytorch.seed_everything(0)
    with open(table) as file:
        rows = [row for row in csv.DictReader(file) if readable(row[column])]
    values = numpy.array([[float(row[t] or "nan") for t in targets.split(",")] for row in rows])
    smiles = [row[column] for row in rows]
    is_binary = numpy.isin(values[numpy.isfinite(values)], (0, 1)).all()
    points = [data.MoleculeDatapoint.from_smi(text, y) for text, y in zip(smiles, values)]
    training = data.MoleculeDataset(points)
    if is_binary:
        predictor = nn.BinaryClassificationFFN(n_tasks=values.shape[1])
    else:
        scaler = training.normalize_targets()
        predictor = nn.RegressionFFN(
            n_tasks=values.shape[1],
            output_transform=nn.UnscaleTransform.from_standard_scaler(scaler))
    model = models.MPNN(nn.BondMessagePassing(), nn.NormAggregation(), predictor)
    pytorch.Trainer(
        logger=False, enable_checkpointing=False, enable_progress_bar=False, accelerator="cpu",
        devices=1, max_epochs=int(epochs), enable_model_summary=False,
    ).fit(model, data.build_dataloader(training, batch_size=64, num_workers=0, seed=0))
    publish(model, smiles[:1000], folder)


TINY = ("CCO", "c1ccccc1C(=O)O", "C[C@H](N)C(=O)[O-]", "F/C=C/Cl", "CC(C)(C)c1ccc2[nH]ccc2c1",
        "[Na+].[Cl-]", "C", "O=S(=O)(N)c1ccc(Br)cc1", "C1CC2CCC1C2", "CN1C=NC2=C1C(=O)N(C)C(=O)N2C")


def fill(model):
    """Numbers that the test can make too; a variance must be positive."""
    for place, (name, tensor) in enumerate(sorted(wanted(model).items())):
        numbers = [(i * 7919 + place * 104729) % 1009 / 1009 - 0.5 for i in range(tensor.numel())]
        if name.endswith(("_var", "scale")):
            numbers = [number + 1 for number in numbers]
        with torch.no_grad():
            tensor.copy_(torch.tensor(numbers).reshape(tensor.shape))


def tiny(output):
    scale = nn.UnscaleTransform([2.5], [1.75])
    width = dict(d_h=6)
    regression = dict(input_dim=6, hidden_dim=5, output_transform=scale)
    kinds = [
        (nn.BondMessagePassing(**width), nn.NormAggregation(), nn.RegressionFFN(**regression)),
        (nn.BondMessagePassing(**width, depth=4, activation="tanh"), nn.MeanAggregation(),
         nn.BinaryClassificationFFN(
             n_tasks=3, input_dim=6, hidden_dim=5, n_layers=2, activation="tanh")),
        (nn.BondMessagePassing(**width, depth=2), nn.SumAggregation(),
         nn.RegressionFFN(**regression), True),
        (nn.AtomMessagePassing(**width), nn.NormAggregation(norm=10.0),
         nn.RegressionFFN(**regression)),
        (nn.BondMessagePassing(**width), nn.AttentiveAggregation(output_size=6),
         nn.RegressionFFN(**regression))]
    with open(output, "w") as file:
        for passing, aggregation, predictor, *normalized in kinds:
            model = models.MPNN(passing, aggregation, predictor, batch_norm=bool(normalized))
            fill(model)
            file.write(json.dumps({
                "notes": json.dumps(notes(model), sort_keys=True),
                "shapes": {name: list(t.shape) for name, t in sorted(wanted(model).items())},
                "smiles": TINY, "values": predictions(model, TINY).round(7).tolist()}) + "\n")


if __name__ == "__main__":
    {"model": lambda source, target: export(load(source), target), "train": train,
     "tiny": tiny}[sys.argv[1]](*sys.argv[2:])
