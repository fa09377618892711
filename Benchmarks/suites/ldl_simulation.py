#!/usr/bin/env python3
"""Simulated LDL cholesterol: are the true genes found, is LDLR never offered, and is nothing found in the null twin?"""
import argparse
import concurrent.futures
import csv
import json
import os
import statistics
import subprocess

from common import save

TESTS = ("p_burden", "p_skat", "p_skato", "p_acatv", "p_acato")
TOP, WEAK = {"LDLR", "APOB", "PCSK9"}, ("ANGPTL3", "NPC1L1")
EXOME_WIDE = 2.5e-6


def run(osong, *words):
    subprocess.run([osong, *words, "--quiet"], check=True)


def table(path, delimiter=","):
    with open(path) as lines:
        return list(csv.DictReader(lines, delimiter=delimiter))


def normal_point(share):
    return statistics.NormalDist().inv_cdf(share)


def inflation(p_values):
    """Genomic control's lambda: the median χ² over that of chance."""
    median = statistics.median(p_values)
    return normal_point(median / 2) ** 2 / normal_point(0.25) ** 2


def burden(o, prefix, table_path, *words):
    run(o.osong, "cohort", "burden", "--genotypes", prefix, "--phenotypes", prefix + ".traits.txt",
        "--trait", "LDL", "--covariates", prefix + ".covariates.txt", "--annotations",
        prefix + ".annotations", "--sets", prefix + ".sets", "--masks", prefix + ".masks",
        "--synthetic", "-o", table_path, *words)
    return table(table_path)


def one(o, seed):
    done = os.path.join(o.work, f"seed-{seed}-{o.people}.json")
    if os.path.exists(done):
        with open(done) as file:
            return json.load(file)
    folder = os.path.join(o.work, f"seed-{seed}")
    os.makedirs(folder, exist_ok=True)
    prefix, null = (os.path.join(folder, name) for name in ("cohort", "null"))
    simulate = ("cohort", "simulate", "--genes", o.genes, "--null-genes", "995", "--people",
                str(o.people), "--seed", str(seed))
    run(o.osong, *simulate, "-o", prefix, "--truth", os.path.join(folder, "truth.tsv"))
    evidence = os.path.join(folder, "ldl.evidence")
    if os.path.exists(evidence):
        os.remove(evidence)
    genes = burden(o, prefix, os.path.join(folder, "genes.csv"), "--disease",
                   "EFO:0004611=LDL cholesterol", "--evidence", evidence)
    ranked = sorted(genes, key=lambda row: float(row["p_burden"]))
    run(o.osong, "targets", "rank", "--evidence", evidence, "--disease", "EFO:0004611",
        "--modulation", "inhibit", "-o", os.path.join(folder, "targets"))
    targets = {row["target"]: row for row in table(os.path.join(folder, "targets", "targets.csv"))}
    run(o.osong, *simulate, "--null", "-o", null)
    silent = burden(o, null, os.path.join(folder, "null.csv"))
    found = {
        "seed": seed, "first three": [row["gene"] for row in ranked[:3]],
        "genes": len(genes),
        "p": {row["gene"]: float(row["p_burden"]) for row in genes if row["gene"] in (*TOP, *WEAK)},
        "decisions": {name: targets[name]["decision"] for name in (*TOP, *WEAK) if name in targets},
        "people are": sorted({row["provenance"] for row in targets.values()}),
        "lambda": {test: inflation([float(row[test]) for row in silent]) for test in TESTS},
        "least null p": min(float(row["p_burden"]) for row in silent)}
    for name in os.listdir(folder):
        if name.endswith(".bed"):
            os.remove(os.path.join(folder, name))
    with open(done + ".new", "w") as file:
        json.dump(found, file)
    os.replace(done + ".new", done)
    print(json.dumps(found), flush=True)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--osong", required=True)
    parser.add_argument("--genes", required=True)
    parser.add_argument("--work", required=True)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--seeds", type=int, default=20)
    o = parser.parse_args()
    os.makedirs(o.work, exist_ok=True)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        seeds = list(pool.map(lambda seed: one(o, seed), range(1, o.seeds + 1)))
    save("ldl-simulation", {
        "people": o.people, "seeds": seeds,
        "top three right": sum(set(s["first three"]) == TOP for s in seeds),
        "LDLR offered": sum(s["decisions"].get("LDLR") == "go" for s in seeds),
        "power at 2.5e-6": {
            gene: sum(s["p"].get(gene, 1) < EXOME_WIDE for s in seeds) / len(seeds)
            for gene in (*sorted(TOP), *WEAK)},
        "lambda": {test: {"mean": statistics.mean(s["lambda"][test] for s in seeds),
                          "lowest": min(s["lambda"][test] for s in seeds),
                          "highest": max(s["lambda"][test] for s in seeds)} for test in TESTS},
        "command": "Benchmarks/run ldl-simulation"})


if __name__ == "__main__":
    main()
