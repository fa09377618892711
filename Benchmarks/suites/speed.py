#!/usr/bin/env python3
"""Ours and the rivals in turns, one process each time; ratios of one run, never bare seconds.

Equality comes first: no ratio is written for results that differ from the rival's. A ratio of
one-thread work compares processor seconds, which a neighbour on the machine disturbs least; the
ratio by the clock stands beside it. Two threads against one is by the clock.
"""
import argparse
import json
import os
import subprocess
import sys

from common import HERE, save, summary

ONE_THREAD = dict(
    os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1",
    OMP_WAIT_POLICY="PASSIVE")


def call(*command):
    """Runs a measurement and reads its line of JSON."""
    done = subprocess.run(command, env=ONE_THREAD, stdout=subprocess.PIPE, check=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def turns(repeats, **commands):
    """Runs every command in turn, again and again; the reports by name."""
    reports = {name: [] for name in commands}
    for number in range(repeats):
        for name, command in commands.items():
            reports[name].append(call(*command))
            last = reports[name][-1]
            print(f"  {number + 1}/{repeats} {name}: {last['count'] / last['wall']:,.0f}/s",
                  file=sys.stderr, flush=True)
    return reports


def rates(reports, clock="cpu"):
    return summary([r["count"] / r[clock] for r in reports])


def ratio(ours, theirs, clock="cpu"):
    """How many times faster ours was, turn by turn."""
    return summary([
        (a["count"] / a[clock]) / (b["count"] / b[clock]) for a, b in zip(ours, theirs)])


def pair(ours, theirs):
    return {
        "ratio": ratio(ours, theirs), "ratio by the clock": ratio(ours, theirs, "wall"),
        "ours per CPU second": rates(ours), "theirs per CPU second": rates(theirs)}


def differing_rows(ours, theirs, smiles):
    """The molecules whose packed fingerprints differ."""
    with open(ours, "rb") as a, open(theirs, "rb") as b, open(smiles) as lines:
        a, b, lines = a.read(), b.read(), lines.read().split("\n")
    if len(a) != len(b):
        raise SystemExit(f"{len(a) // 256} rows of ours, {len(b) // 256} of theirs")
    return [
        lines[start // 256] for start in range(0, len(a), 256)
        if a[start:start + 256] != b[start:start + 256]]


def fingerprints(o):
    packed = {name: os.path.join(o.work, f"{name}.u8") for name in ("ours", "rdkit", "chematic")}
    script = os.path.join(HERE, "peers/fingerprints.py")
    # The equality run: every molecule of the file, also the ones that are not timed.
    call(o.speed, "fingerprints", o.smiles, "2", packed["ours"])
    call(o.chem, script, "rdkit", o.smiles, packed["rdkit"])
    call(o.chem, script, "chematic", o.smiles, packed["chematic"])
    with open(o.smiles) as lines:
        total = sum(1 for _ in lines)
    different = differing_rows(packed["ours"], packed["rdkit"], o.smiles)
    rust = differing_rows(packed["ours"], packed["chematic"], o.smiles)
    if len(different) > total / 1000:
        raise SystemExit(f"{len(different)} fingerprints differ from RDKit's: nothing to compare")
    few = os.path.join(o.work, "timed.smi")
    with open(o.smiles) as source, open(few, "w") as target:
        target.writelines(line for _, line in zip(range(o.molecules), source))
    reports = turns(
        o.repeats,
        ours=[o.speed, "fingerprints", few, "1"],
        rdkit=[o.chem, script, "rdkit", few],
        chematic=[o.chem, script, "chematic", few])
    save("fingerprints", {
        "what": "SMILES text to ECFP4, 2,048 bits, one thread", "molecules": o.molecules,
        "equality": {"molecules": total, "differ from RDKit": different,
                     "differ from chematic": rust},
        "check sums": {name: dict(r[0]["checks"], xor=r[0]["xor"]) for name, r in reports.items()},
        "rdkit": dict(pair(reports["ours"], reports["rdkit"]),
                      version=reports["rdkit"][0]["version"]),
        "chematic": dict(pair(reports["ours"], reports["chematic"]),
                         version=reports["chematic"][0]["version"]),
        "command": "Benchmarks/run fingerprints"})


def at_once(copies, *command):
    """The molecules per second of several processes that run at the same time, all together."""
    running = [
        subprocess.Popen(command, env=ONE_THREAD, stdout=subprocess.PIPE, text=True)
        for _ in range(copies)]
    reports = [json.loads(process.communicate()[0].splitlines()[-1]) for process in running]
    return sum(r["count"] / r["wall"] for r in reports)


def threads(o):
    """Two threads against one, on all molecules, since a fifth of a second is over too soon.

    Two independent processes are the control: what they do not reach, the machine does not give.
    """
    one = [o.speed, "fingerprints", o.smiles, "1"]
    two = [o.speed, "fingerprints", o.smiles, "2"]
    reports, control = {"one": [], "two": []}, []
    for _ in range(o.repeats):
        reports["one"].append(call(*one))
        reports["two"].append(call(*two))
        control.append(at_once(2, *one) * reports["one"][-1]["wall"] / reports["one"][-1]["count"])
    if reports["one"][0]["xor"] != reports["two"][0]["xor"]:
        raise SystemExit("two threads find other fingerprints than one")
    scaling = ratio(reports["two"], reports["one"], "wall")
    save("fingerprints-threads", {
        "what": "SMILES text to ECFP4, 2,048 bits, two threads against one",
        "molecules": reports["one"][0]["count"],
        "ratio by the clock": scaling,
        "two processes against one": summary(control),
        "two threads against two processes": summary(
            [a / b for a, b in zip(scaling["values"], control)]),
        "two threads, molecules per second": rates(reports["two"], "wall"),
        "command": "Benchmarks/run threads"})


def read_numbers(path):
    with open(path) as lines:
        return [float(line) for line in lines]


def network(o):
    packed = os.path.join(o.work, "ours.u8")
    weights = os.path.join(o.work, "network.safetensors")
    outputs = {name: os.path.join(o.work, f"{name}.outputs") for name in ("ours", "torch")}
    script = os.path.join(HERE, "peers/network.py")
    few = os.path.join(o.work, "rows.u8")
    with open(packed, "rb") as source, open(few, "wb") as target:
        target.write(source.read(256 * o.rows))
    subprocess.run([o.speed, "weights", weights], check=True)
    call(o.speed, "predict", few, weights, outputs["ours"])
    # The rival may choose its batch.
    trial = {b: call(o.torch, script, "predict", few, weights, str(b), outputs["torch"])
             for b in (256, 1024, 4096)}
    batch = min(trial, key=lambda b: trial[b]["cpu"])
    a, b = (read_numbers(outputs[name]) for name in ("ours", "torch"))
    apart = max(abs(x - y) for x, y in zip(a, b))
    if len(a) != len(b) or not apart <= 1e-4:
        raise SystemExit(f"outputs are {apart} apart: nothing to compare")
    reports = turns(
        o.repeats,
        ours=[o.speed, "predict", few, weights],
        torch=[o.torch, script, "predict", few, weights, str(batch)])
    as_packed = [dict(r, wall=r["wall packed"], cpu=r["cpu packed"]) for r in reports["torch"]]
    save("network-prediction", {
        "what": "2048→1024→512→1 on stored fingerprints, one thread",
        "rows": len(a), "largest difference of an output": apart, "batch of the rival": batch,
        "version": reports["torch"][0]["version"],
        "torch, floats ready": pair(reports["ours"], reports["torch"]),
        "torch, from packed bits": pair(reports["ours"], as_packed),
        "command": "Benchmarks/run network"})


def training(o):
    few = os.path.join(o.work, "training.u8")
    weights = os.path.join(o.work, "network.safetensors")
    subprocess.run([o.speed, "weights", weights], check=True)
    with open(os.path.join(o.work, "ours.u8"), "rb") as source, open(few, "wb") as target:
        target.write(source.read(256 * min(o.rows, 10_000)))
    reports = turns(
        o.repeats, ours=[o.speed, "train", few, weights],
        torch=[o.torch, os.path.join(HERE, "peers/network.py"), "train", few, weights])
    save("network-training", {
        "what": "one epoch of 2048→1024→512→1, one thread",
        "rows": reports["ours"][0]["count"],
        "losses of the timed epoch": {n: r[0]["checks"]["loss"] for n, r in reports.items()},
        "version": reports["torch"][0]["version"],
        "torch": pair(reports["ours"], reports["torch"]), "command": "Benchmarks/run training"})


def main():
    suites = {
        "fingerprints": fingerprints, "threads": threads, "network": network,
        "training": training}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("suites", nargs="*", default=list(suites), choices=[*suites, []])
    parser.add_argument("--speed", required=True, help="our program of this package")
    parser.add_argument("--smiles", required=True, help="a file of SMILES, one a line")
    parser.add_argument("--chem", required=True, help="Python with RDKit and chematic")
    parser.add_argument("--torch", required=True, help="Python with PyTorch")
    parser.add_argument("--work", required=True, help="a folder for what is made on the way")
    parser.add_argument("--molecules", type=int, default=30_000, help="molecules that are timed")
    parser.add_argument("--rows", type=int, default=50_000, help="fingerprints predicted")
    parser.add_argument("--repeats", type=int, default=7)
    o = parser.parse_args()
    for name in o.suites or suites:
        print(name, file=sys.stderr)
        suites[name](o)


if __name__ == "__main__":
    main()
