#!/usr/bin/env python3
"""Made-up hospitals of two sizes: time and memory of quality, of a case series and of all signals."""
import argparse
import csv
import json
import os
import shutil
import subprocess

from common import save
from processes import measured

DRUG, CONDITION, RATIO = "1539403", "137967", 2.0


def hospital(osong, work, people):
    """The tables and their rows; made once."""
    folder = os.path.join(work, f"cdm-{people}")
    if not os.path.exists(os.path.join(folder, "run.json")):
        subprocess.run(
            [osong, "hospital", "simulate", "--people", str(people), "--ratio", str(RATIO), "--seed",
             "7", "-o", folder, "--quiet"], check=True)
    with open(os.path.join(folder, "run.json")) as file:
        return folder, json.load(file)["counts"]["rows"]


def table(path):
    with open(path) as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--osong", required=True)
    parser.add_argument("--work", required=True)
    parser.add_argument("--people", default="500000,5000000")
    o = parser.parse_args()
    os.makedirs(o.work, exist_ok=True)
    sizes = []
    for people in map(int, o.people.split(",")):
        folder, rows = hospital(o.osong, o.work, people)
        size = {"people": people, "rows": rows}
        verbs = {
            "signals": ["signals", "--omop", folder, "--journal", os.path.join(o.work, "audit")],
            "sccs": ["sccs", "--omop", folder, "--drug", DRUG, "--condition", CONDITION, "--risk",
                     "0:end"],
            "quality": ["quality", folder],
        }
        for verb, words in verbs.items():
            out = os.path.join(o.work, f"{verb}-{people}")
            shutil.rmtree(out, ignore_errors=True)
            size[verb], _ = measured(
                [o.osong, "hospital"] + words + ["-o", out, "--threads", "2", "--quiet"])
            print(people, verb, size[verb], flush=True)
        risk = next(row for row in table(os.path.join(o.work, f"sccs-{people}", "estimates.tsv"))
                    if row["kind"] == "risk")
        size["ratio"] = {name: float(risk[name]) for name in ("ratio", "lower", "upper")}
        signals = table(os.path.join(o.work, f"signals-{people}", "signals.tsv"))
        first = signals[0]
        size["first signal"] = {
            name: first[name] for name in ("drug", "event", "ror", "ror_low", "ror_high", "eb05", "q")}
        size["planted pair is first"] = [first["drug"], first["event"]] == [DRUG, CONDITION]
        size["other signals"] = sum(float(row["q"]) <= 0.05 for row in signals[1:])
        size["pairs told"] = len(signals)
        sizes.append(size)
    save("hospital-scale", {
        "what": "made-up hospitals in OMOP's Common Data Model, plain files, two cores",
        "planted ratio": RATIO, "sizes": sizes, "command": "Benchmarks/run hospital-scale"})


if __name__ == "__main__":
    main()
