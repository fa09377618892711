#!/usr/bin/env python3
"""The message-passing network and chemprop 2 in turns: equality, accuracy, training, prediction.

Equality comes first: a model of chemprop predicts the same in both programs. Training is timed by
the epoch on the whole of a data set, two threads each, graphs ready in memory on both sides;
prediction from SMILES. Accuracy is that of one model on chemprop's own scaffold-balanced split.
"""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys

from common import HERE, save, summary
from speed import call, rates, ratio, turns

PEER = os.path.join(HERE, "peers/chemprop_speed.py")
SETS = {
    "ESOL": ("esol_delaney.csv", "smiles", "measured log solubility in mols per litre"),
    "FreeSolv": ("freesolv.csv", "smiles", "expt"),
    "BBBP": ("bbbp.csv", "smiles", "p_np"),
    "Lipophilicity": ("lipophilicity.csv", "smiles", "exp"),
    "Tox21": ("tox21.csv", "smiles",
              "NR-AR,NR-AR-LBD,NR-AhR,NR-Aromatase,NR-ER,NR-ER-LBD,NR-PPAR-gamma,SR-ARE,"
              "SR-ATAD5,SR-HSE,SR-MMP,SR-p53"),
}
THREADS = "2"
COMMAND = "Benchmarks/run message-passing"


def numbers(path):
    with open(path) as file:
        return [[float(x) for x in line.split()] for line in file]


def compared(ours, theirs):
    return {
        "ratio by the clock": ratio(ours, theirs, "wall"), "ratio per CPU second":
        ratio(ours, theirs), "ours a second": rates(ours, "wall"),
        "theirs a second": rates(theirs, "wall"), "ours per CPU second": rates(ours),
        "theirs per CPU second": rates(theirs)}


def table(o, name, seed=0):
    """One of MoleculeNet's sets as lines of part, SMILES and targets."""
    path = os.path.join(o.work, f"{name}-{seed}.tsv")
    if not os.path.exists(path):
        source, column, targets = SETS[name]
        call(o.python, PEER, "split", os.path.join(o.data, source), column, targets, path + ".new",
             str(seed))
        os.replace(path + ".new", path)
    return path


def whole(o, name):
    """The same with every row in the part `train`, and a few as a test."""
    path = os.path.join(o.work, f"{name}-whole.tsv")
    with open(table(o, name)) as source, open(path, "w") as target:
        for line in source:
            target.write("train\t" + line.split("\t", 1)[1])
    return path


def prediction(o):
    model = os.path.join(o.work, "untrained")
    call(o.python, PEER, "untrained", model)
    answers = {side: os.path.join(o.work, f"answers-{side}") for side in ("ours", "theirs", "kept")}
    ours = [o.speed, "graph-predict", model + ".safetensors", o.smiles, THREADS]
    theirs = [o.python, PEER, "predict", model + ".pt", o.few, THREADS]
    kept = [o.speed, "graph-stored", model + ".safetensors", o.smiles, THREADS]
    call(*ours, answers["ours"])
    call(*kept, answers["kept"])
    call(*theirs, answers["theirs"])
    mine, other = numbers(answers["ours"]), numbers(answers["theirs"])
    difference = max(abs(a[0] - b[0]) for a, b in zip(mine, other))
    if difference > 1e-4 or numbers(answers["kept"]) != mine:
        raise SystemExit(f"predictions differ by {difference}: nothing to compare")
    reports = turns(o.repeats, ours=ours, theirs=theirs, kept=kept)
    save("message-passing-prediction", {
        "largest difference": difference, "compared": len(other), "threads": int(THREADS),
        "from SMILES": compared(reports["ours"], reports["theirs"]),
        "from stored graphs": compared(reports["kept"], reports["theirs"]),
        "bytes of a stored graph": reports["kept"][-1]["checks"]["bytes"],
        "version": reports["theirs"][-1]["version"], "command": COMMAND})


def training(o):
    found = {}
    for name in ("Lipophilicity", "Tox21"):
        path = whole(o, name)
        reports = turns(
            o.repeats, ours=[o.speed, "graph-train", path, THREADS, "4"],
            theirs=[o.python, PEER, "train", path, THREADS, "3"])
        found[name] = dict(
            compared(reports["ours"], reports["theirs"]),
            molecules=reports["ours"][-1]["count"] // 3,
            version=reports["theirs"][-1]["version"])
    save("message-passing-training", {
        "sets": found, "threads": int(THREADS), "batch": 64, "command": COMMAND})


def profile(o):
    """Where training spends its time, by perf's samples, and how fast its products are."""
    rates = call(o.speed, "products")
    samples = os.path.join(o.work, "perf.data")
    if not shutil.which("perf"):
        print("  profile: skipped, there is no perf", file=sys.stderr)
        return
    subprocess.run(
        ["perf", "record", "-q", "-F", "499", "-o", samples, o.speed, "graph-train",
         whole(o, "Lipophilicity"), "1", "20"], check=True, stdout=subprocess.DEVNULL)
    report = subprocess.run(
        ["perf", "report", "-i", samples, "--stdio", "--no-children", "-F", "overhead,symbol"],
        check=True, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    shares = {}
    for line in report.splitlines():
        cells = line.split()
        if len(cells) > 2 and cells[0].endswith("%"):
            name = " ".join(cells[2:])
            shares[name] = shares.get(name, 0) + float(cells[0][:-1]) / 100
    # Laying the weights out in panels belongs to a product, as it does within BLAS.
    products = sum(v for k, v in shares.items() if k.startswith(("dense_", "ct_pack_panels")))
    largest = dict(sorted(shares.items(), key=lambda item: -item[1])[:12])
    save("message-passing-profile", {
        "GFLOP/s a core": rates, "share of matrix products": products,
        "largest shares": largest, "command": COMMAND})


def onnx(o):
    folder = os.path.join(o.work, "onnx")
    subprocess.run([o.speed, "onnx", folder, o.few], check=True)
    found = json.loads(subprocess.run(
        [o.python, os.path.join(HERE, "peers/onnx_check.py"), folder], check=True, text=True,
        stdout=subprocess.PIPE).stdout)
    save("onnx", dict(found, command=COMMAND))


def area(scores, labels):
    """Area under the ROC curve by ranks, ties shared; None for one class."""
    order = sorted(range(len(scores)), key=scores.__getitem__)
    ranks, place = [0.0] * len(scores), 0
    while place < len(order):
        end = place
        while end < len(order) and scores[order[end]] == scores[order[place]]:
            end += 1
        for item in order[place:end]:
            ranks[item] = (place + end + 1) / 2
        place = end
    positives = [r for r, y in zip(ranks, labels) if y == 1]
    few, many = len(positives), len(labels) - len(positives)
    if not few or not many:
        return None
    return (sum(positives) - few * (few + 1) / 2) / (few * many)


def score(path, outputs):
    """RMSE of a regression, mean area of a classification, on the part `test`."""
    with open(path) as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    truth = [[float(t) if t else None for t in r[2:]] for r in rows if r[0] == "test"]
    found = numbers(outputs)
    if len(found) != len(truth):
        raise SystemExit(f"{len(found)} outputs for {len(truth)} rows")
    if all(t in (0, 1, None) for row in truth for t in row):
        areas = []
        for task in range(len(truth[0])):
            known = [(f[task], t[task]) for f, t in zip(found, truth) if t[task] is not None]
            areas.append(area([k[0] for k in known], [k[1] for k in known]))
        return statistics.mean(a for a in areas if a is not None)
    squares = [(f[0] - t[0]) ** 2 for f, t in zip(found, truth)]
    return statistics.mean(squares) ** 0.5


def accuracy(o):
    found = {}
    for name, epochs in (("ESOL", 30), ("FreeSolv", 30)):
        ours, theirs = [], []
        for seed in range(o.seeds):
            path = table(o, name, seed)
            outputs = os.path.join(o.work, f"{name}-{seed}")
            call(o.speed, "graph-train", path, THREADS, str(epochs), outputs + ".ours")
            ours.append(score(path, outputs + ".ours"))
            call(o.python, PEER, "train", path, THREADS, str(epochs), outputs + ".theirs")
            theirs.append(score(path, outputs + ".theirs"))
            print(f"  {name} seed {seed}: {ours[-1]:.3f}, {theirs[-1]:.3f}", file=sys.stderr)
        found[name] = {"ours": summary(ours), "theirs": summary(theirs), "epochs": epochs}
    save("message-passing-accuracy", {
        "sets": found, "metric": "RMSE on the test part", "split": "scaffold-balanced 80/10/10",
        "command": COMMAND})


def encoder(o):
    """What beginning from the pre-trained encoder gains: the same network, epochs and splits."""
    found = {}
    for name in ("ESOL", "FreeSolv", "Lipophilicity", "BBBP", "Tox21"):
        scores = {"pre-trained": [], "from random weights": []}
        for seed in range(o.seeds):
            path = table(o, name, seed)
            for side, start in zip(scores, (o.encoder, "random")):
                outputs = os.path.join(o.work, f"{name}-{seed}.encoder")
                call(o.speed, "graph-train", path, THREADS, "30", outputs, start)
                scores[side].append(score(path, outputs))
        print(f"  {name}: {scores}", file=sys.stderr)
        found[name] = {side: summary(values) for side, values in scores.items()}
    save("encoder", {
        "sets": found, "metric": "RMSE, or area under the curve, on the test part", "epochs": 30,
        "split": "scaffold-balanced 80/10/10", "command": COMMAND})


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help="prediction, training, profile, onnx, encoder, accuracy")
    parser.add_argument("--speed", required=True, help="our measuring program")
    parser.add_argument("--python", required=True, help="a Python with chemprop")
    parser.add_argument("--data", required=True, help="the folder of MoleculeNet's tables")
    parser.add_argument("--smiles", required=True, help="a file of SMILES to predict for")
    parser.add_argument("--work", required=True)
    parser.add_argument(
        "--encoder", default=os.path.join(HERE, "../Models/encoder/encoder.safetensors"))
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--seeds", type=int, default=3)
    o = parser.parse_args()
    os.makedirs(o.work, exist_ok=True)
    # The rival is slower: it gets the first 2,000 molecules, ours the whole file.
    o.few = os.path.join(o.work, "few.smi")
    with open(o.smiles) as source, open(o.few, "w") as target:
        for _, line in zip(range(2000), source):
            target.write(line)
    parts = {"prediction": prediction, "training": training, "profile": profile,
             "onnx": onnx, "encoder": encoder, "accuracy": accuracy}
    for part in o.parts or parts:
        parts[part](o)


if __name__ == "__main__":
    main()
