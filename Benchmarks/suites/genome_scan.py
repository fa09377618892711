#!/usr/bin/env python3
"""`osong cohort scan` beside plink2: the same numbers first, then the time; growth of time and memory."""
import argparse
import csv
import os
import random
import subprocess
import sys

from common import save, summary
from processes import measured

COVARIATES = 5


def cohort(folder, plink, people, variants):
    """Made-up genotypes by plink2, a trait and covariates; made once."""
    prefix = os.path.join(folder, f"c{people}x{variants}")
    if os.path.exists(prefix + ".covariates"):
        return prefix
    subprocess.run(
        [plink, "--dummy", str(people), str(variants), "--seed", "1", "--make-bed", "--out", prefix],
        check=True, stdout=subprocess.DEVNULL)
    draw = random.Random(7)
    with open(prefix + ".fam") as lines:
        names = [line.split()[:2] for line in lines]
    with open(prefix + ".traits", "w") as file:
        file.write("FID IID Y\n")
        for family, person in names:
            file.write(f"{family} {person} {draw.gauss(0, 1)}\n")
    with open(prefix + ".covariates.new", "w") as file:
        file.write("FID IID " + " ".join(f"C{i}" for i in range(COVARIATES)) + "\n")
        for family, person in names:
            file.write(f"{family} {person} "
                       + " ".join(f"{draw.gauss(0, 1)}" for _ in range(COVARIATES)) + "\n")
    os.replace(prefix + ".covariates.new", prefix + ".covariates")
    return prefix


def ours(osong, prefix, out):
    cost, _ = measured([
        osong, "cohort", "scan", "--genotypes", prefix, "--phenotypes", prefix + ".traits",
        "--trait", "Y", "--covariates", prefix + ".covariates", "--synthetic", "--threads", "2",
        "--quiet", "-o", out])
    return cost


def theirs(plink, prefix, out):
    cost, _ = measured([
        plink, "--bfile", prefix, "--pheno", prefix + ".traits", "--covar", prefix + ".covariates",
        "--glm", "hide-covar", "--threads", "2", "--out", out])
    return cost


def largest_difference(folder, table):
    """Largest relative difference of effects and p-values, and how many variants were compared."""
    with open(os.path.join(folder, "associations.tsv")) as lines:
        mine = {row["variant"]: row for row in csv.DictReader(lines, delimiter="\t")}
    worst, compared = 0.0, 0
    with open(table) as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            own = mine.pop(row["ID"])
            if not own["beta"]:
                # Carried by fewer than five: ours tells nothing, with a reason.
                if "carriers" not in own["error"] and "vary" not in own["error"]:
                    sys.exit(f"{row['ID']} has no result: {own['error']}")
                continue
            sign = 1 if row["A1"] == own["counted"] else -1
            for name, value in (("BETA", sign * float(own["beta"])), ("P", float(own["p"]))):
                expected = float(row[name])
                worst = max(worst, abs(value - expected) / max(abs(expected), 1e-3))
            compared += 1
    if mine:
        sys.exit(f"{len(mine)} variants are not in plink2's table")
    return worst, compared


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--osong", required=True)
    parser.add_argument("--plink", default="plink2")
    parser.add_argument("--work", required=True)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--variants", type=int, default=20_000)
    parser.add_argument("--repeats", type=int, default=5)
    o = parser.parse_args()
    os.makedirs(o.work, exist_ok=True)
    out, table = os.path.join(o.work, "scan"), os.path.join(o.work, "plink")
    prefix = cohort(o.work, o.plink, o.people, o.variants)
    cpu, clock, rates = [], [], {"osong": [], "plink2": []}
    for _ in range(o.repeats):
        a, b = ours(o.osong, prefix, out), theirs(o.plink, prefix, table)
        cpu.append(b["cpu"] / a["cpu"])
        clock.append(b["wall"] / a["wall"])
        rates["osong"].append(o.people * o.variants / a["wall"])
        rates["plink2"].append(o.people * o.variants / b["wall"])
        print(a, b, flush=True)
    worst, compared = largest_difference(out, table + ".Y.glm.linear")
    # plink2 prints six digits.
    if not compared or worst > 1e-4:
        sys.exit(f"the answers differ, or none was compared: {worst}, {compared}")
    growth = []
    for people, variants in (
            (o.people, o.variants), (o.people // 10, o.variants), (o.people, 10 * o.variants)):
        cost = ours(o.osong, cohort(o.work, o.plink, people, variants), out)
        growth.append(dict(cost, people=people, variants=variants))
        print(growth[-1], flush=True)
    # What ten times the variants cost more; the fixed part, the tables of people, falls out.
    slope = (growth[2]["cpu"] - growth[0]["cpu"]) / (9 * o.variants * o.people)
    record = save("genome-scan", {
        "what": f"{o.people} people, {o.variants} variants, {COVARIATES} covariates, two threads",
        "variants compared": compared, "largest relative difference": worst,
        "ratio": summary(cpu), "ratio by the clock": summary(clock),
        "genotypes per second": {name: summary(values) for name, values in rates.items()},
        "growth": growth, "CPU seconds per genotype": slope,
        "CPU hours for 1 M people and 10 M variants": slope * 1e13 / 3600,
        "command": "Benchmarks/run genome-scan"})
    if os.environ.get("OSONG_BENCH_CHECK"):
        if record["ratio"]["median"] < 4:
            sys.exit(f"only {record['ratio']['median']:.1f} times as fast as plink2")
        if growth[2]["own peak MiB"] > 1.25 * growth[0]["own peak MiB"]:
            sys.exit("memory grows with the variants")


if __name__ == "__main__":
    main()
