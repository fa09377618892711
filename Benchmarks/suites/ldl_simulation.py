#!/usr/bin/env python3
"""A made-up cohort with known effects on LDL cholesterol: what is found, and what a null twin says.

For each seed two cohorts of the same people and genotypes: one after published effects, one without
any. In the first the genes LDLR, APOB and PCSK9 must be the three most significant, and LDLR, whose loss
raises LDL cholesterol, must be a no-go for inhibitors. In the second the p-values of all tests must be
uniform: λ is the χ² of their median over the expected one. With 1,000 genes λ of one seed has a standard
error of .074 (that of the median p, ½/√1,000, times 4.7), so the bar of .95 to 1.05 is for all seeds
together. SKAT-O and ACAT-O are too large in the middle by their definition (docs/methods/simulation.md), so
the shares of small p-values are told too. Nothing here reads the truth.
"""
import argparse
import csv
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import time

from common import HERE, save

TESTS = ["p_burden", "p_skat", "p_skato", "p_acatv", "p_acato"]
EXPECTED = {"ANGPTL3": 0.84, "NPC1L1": 0.32}
STRONG = ["LDLR", "APOB", "PCSK9"]
LEVEL = 2.5e-6
DISEASE = "EFO:0004611"


def median_chi_squared(p_values):
    """The χ² of one degree whose upper tail is the median p."""
    p = statistics.median(p_values)
    return statistics.NormalDist().inv_cdf(1 - p / 2) ** 2


def inflation(p_values):
    return median_chi_squared(p_values) / median_chi_squared([0.5])


def seconds(*words):
    begin = time.perf_counter()
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begin


def table(path):
    with open(path) as file:
        return list(csv.DictReader(file))


def one(o, seed, is_null, folder):
    """Simulates and tests one cohort; nothing of it is left but what is returned."""
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    prefix = os.path.join(folder, "c")
    genes = os.path.join(HERE, "..", "Datasets", "tables", "ldl-simulation.csv")
    words = [o.osong, "cohort", "simulate", "--people", str(o.people), "--genes", genes,
             "--null-genes", str(o.genes), "--seed", str(seed), "-o", prefix, "--quiet"]
    took = {"simulate": seconds(*words, *(["--null"] if is_null else []))}
    evidence = os.path.join(folder, "e.evidence")
    took["burden"] = seconds(
        o.osong, "cohort", "burden", "--genotypes", prefix, "--phenotypes", prefix + ".traits.txt",
        "--trait", "LDL", "--covariates", prefix + ".covariates.txt", "--annotations",
        prefix + ".annotations", "--sets", prefix + ".sets", "--masks", prefix + ".masks",
        "--synthetic", "--disease", DISEASE + "=LDL cholesterol", "--evidence", evidence, "-o",
        os.path.join(folder, "genes.csv"), "--quiet")
    rows = table(os.path.join(folder, "genes.csv"))
    found = {"genes": len(rows), "seconds": {k: round(v, 1) for k, v in took.items()}}
    if is_null:
        # The named genes too: without effects they are genes as the others.
        found["p"] = {test: [float(row[test]) for row in rows if row[test]] for test in TESTS}
    else:
        seconds(o.osong, "targets", "rank", "--evidence", evidence, "--disease", DISEASE,
                "--modulation", "inhibit", "-o", os.path.join(folder, "targets"), "--quiet")
        targets = {row["target"]: row
                   for row in table(os.path.join(folder, "targets", "targets.csv"))}
        named = {row["gene"]: row for row in rows}
        found["first"] = {test: [row["gene"] for row in sorted(
            rows, key=lambda row: float(row[test]))[:3]] for test in ["p_burden", "p_skato"]}
        found["p_burden"] = {g: float(named[g]["p_burden"]) for g in [*STRONG, *EXPECTED]
                             if g in named}
        found["beta"] = {g: float(named[g]["beta"]) for g in [*STRONG, *EXPECTED] if g in named}
        found["decision"] = {g: targets[g]["decision"] for g in [*STRONG, *EXPECTED]
                             if g in targets}
        found["provenance"] = sorted({row["provenance"] for row in targets.values()})
        nulls = [float(row["p_burden"]) for row in rows if row["gene"].startswith("GENE")]
        found["false"] = sum(p < LEVEL for p in nulls)
    shutil.rmtree(folder)
    return found


def told(values):
    return {"mean": statistics.mean(values), "lowest": min(values), "highest": max(values),
            "deviation": statistics.stdev(values) if len(values) > 1 else None}


def summary(seeds):
    """What all seeds together say, beside the bars."""
    count = len(seeds)
    effects = [s["effects"] for s in seeds]
    result = {
        "seeds": count,
        "three_most_significant": {
            test: sum(set(e["first"][test]) == set(STRONG) for e in effects)
            for test in effects[0]["first"]},
        "ldlr_no_go": sum(e["decision"].get("LDLR") == "no-go" for e in effects),
        "ldlr_go": sum(e["decision"].get("LDLR") == "go" for e in effects),
        "simulated": sum(e["provenance"] == ["simulated"] for e in effects),
        "power": {g: {"measured": sum(e["p_burden"].get(g, 1) < LEVEL for e in effects) / count,
                      "expected": expected} for g, expected in EXPECTED.items()},
        "false_findings": sum(e["false"] for e in effects),
        "lambda": {},
    }
    for test in TESTS:
        pooled = [p for s in seeds for p in s["p"][test]]
        result["lambda"][test] = {
            "pooled": inflation(pooled), "single_seeds": told([inflation(s["p"][test])
                                                              for s in seeds]),
            "tests": len(pooled),
            "below": {str(level): sum(p < level for p in pooled) / len(pooled)
                      for level in [0.05, 0.01, 0.001]},
            # The median's p has the standard error ½/√n; λ moves with it by dχ²/dp.
            "standard_error": 0.5 / math.sqrt(len(pooled)) * slope(),
        }
    return result


def slope(width=1e-4):
    """How λ changes with the median p, at ½."""
    return (inflation([0.5 - width]) - inflation([0.5 + width])) / (2 * width)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--osong", default=os.path.join(HERE, "../.build/release/osong"))
    parser.add_argument("--work", default=os.path.join(HERE, ".peers/ldl-simulation"))
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--genes", type=int, default=995, help="genes without effect")
    parser.add_argument("--seeds", default="1-20", help="a range; seeds done before are kept")
    parser.add_argument("--done", action="store_true", help="tell of the seeds done before, alone")
    o = parser.parse_args()
    o.osong = os.path.abspath(o.osong)
    work = os.path.join(os.path.abspath(o.work), f"{o.people}-{o.genes}")
    os.makedirs(work, exist_ok=True)
    first, last = (int(x) for x in o.seeds.split("-"))
    seeds = []
    for seed in range(first, last + 1):
        path = os.path.join(work, f"{seed}.json")
        if o.done and not os.path.exists(path):
            continue
        if not os.path.exists(path):
            folder = os.path.join(work, f"{seed}.files")
            effects = one(o, seed, False, folder)
            null = one(o, seed, True, folder)
            with open(path + ".new", "w") as file:
                json.dump({"seed": seed, "effects": effects, "p": null["p"],
                           "null_seconds": null["seconds"]}, file)
            os.replace(path + ".new", path)
        with open(path) as file:
            seeds.append(json.load(file))
        s = seeds[-1]
        print(seed, s["effects"]["first"], s["effects"]["decision"], s["effects"]["seconds"],
              {t: round(inflation(s["p"][t]), 3) for t in TESTS}, flush=True)
    record = summary(seeds)
    record.update(command="Benchmarks/run ldl-simulation", people=o.people, genes=o.genes + 5)
    record.update(level=LEVEL, each=[
        {k: s["effects"][k] for k in ["first", "p_burden", "beta", "decision", "seconds"]}
        for s in seeds])
    print(json.dumps({k: v for k, v in save("ldl-simulation", record).items() if k != "each"},
                     indent=1))
    if os.environ.get("OSONG_BENCH_CHECK"):
        check(record)


def check(record):
    """Ends with an error where a bar is missed by more than chance."""
    count = record["seeds"]
    if record["three_most_significant"]["p_burden"] < count or record["ldlr_no_go"] < count:
        sys.exit("LDLR, APOB and PCSK9 are not always first, or LDLR is offered")
    for test in ("p_burden", "p_skat", "p_acatv"):
        found = record["lambda"][test]
        if abs(found["pooled"] - 1) > 0.05 + 3 * found["standard_error"]:
            sys.exit(f"λ of {test} is {found['pooled']:.3f} where nothing acts")


if __name__ == "__main__":
    main()
