#!/usr/bin/env python3
"""A night on which 0.1 % of the compounds and one of five models are new, beside a full rescoring.

Five models of five targets score one library. The second night has as many new compounds as a
thousandth of the library and another model in the place of one of the five; it must compute the new
pairs and nothing else. The full rescoring is the same second state in a store of its own, so that both
make the same lists. Equality is looked at first: hits, reports and tables of both must be the same
bytes (but for what tells of the night before).
"""
import argparse
import glob
import json
import os
import shutil
import subprocess
import time

from common import HERE, save

TARGETS = ["CHEMBL204_Ki", "CHEMBL237_Ki", "CHEMBL219_Ki", "CHEMBL233_Ki", "CHEMBL244_Ki"]


def run(*words):
    begin = time.perf_counter()
    said = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout
    return time.perf_counter() - begin, said


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--osong", default=os.path.join(HERE, "../.build/release/osong"))
    parser.add_argument("--data", required=True, help="the folder of MOSES")
    parser.add_argument("--activities", required=True, help="the folder of MoleculeACE")
    parser.add_argument("--work", default=os.path.join(HERE, ".peers/nightly"))
    parser.add_argument("--limit", type=int, default=0, help="compounds; 0 for all of MOSES")
    o = parser.parse_args()
    osong = os.path.abspath(o.osong)
    work = os.path.abspath(o.work)
    os.makedirs(work, exist_ok=True)
    files = sorted(glob.glob(os.path.join(os.path.abspath(o.data), "moses_t*.csv.gz")))
    models = [(t, os.path.join(work, f"{t}.model"), 1) for t in TARGETS]
    spare = os.path.join(work, "other.model")
    for target, folder, seed in models + [(TARGETS[0], spare, 2)]:
        if not os.path.exists(folder):
            table = os.path.join(os.path.abspath(o.activities), target + ".csv")
            run(osong, "train", table, "-o", folder, "--seed", str(seed), "--model", "network",
                "--quiet")

    for name in ["nights", "full", "c.olib", "now.model"]:
        shutil.rmtree(os.path.join(work, name), ignore_errors=True)
    library = os.path.join(work, "c.olib")
    # The last thousandth stays outside for the second night.
    everything = os.path.join(work, "all.olib")
    if not os.path.exists(everything):
        words = [osong, "library", "build", everything, *files, "--quiet"]
        run(*words, *(["--limit", str(o.limit)] if o.limit else []))
    table = os.path.join(work, "all.csv")
    run(osong, "library", "export", everything, "-o", table)
    with open(table) as source:
        header, *rows = source.readlines()
    new = max(1, len(rows) // 1000)
    for name, part in [("old.csv", rows[:-new]), ("new.csv", rows[-new:])]:
        with open(os.path.join(work, name), "w") as target:
            target.writelines([header, *part])
    run(osong, "library", "build", library, os.path.join(work, "old.csv"), "--quiet")

    shutil.copytree(models[0][1], os.path.join(work, "now.model"))
    screens = [{"name": t, "library": "c.olib", "model": "now.model" if i == 0 else f"{t}.model",
                "top": 100} for i, (t, _, _) in enumerate(models)]

    def night(store, day):
        with open(os.path.join(work, store + ".yaml"), "w") as plan:
            json.dump({"version": 1, "name": store, "store": store, "screens": screens}, plan)
        begin = time.perf_counter()
        said = subprocess.run(
            [osong, "nightly", store + ".yaml", "--day", day, "--json", "--quiet"], check=True,
            cwd=work, stdout=subprocess.PIPE, text=True).stdout
        return time.perf_counter() - begin, json.loads(said)

    first, told = night("nights", "2026-01-01")
    assert int(told["new"]) == 5 * (len(rows) - new), told
    run(osong, "library", "add", library, os.path.join(work, "new.csv"), "--quiet")
    shutil.rmtree(os.path.join(work, "now.model"))
    shutil.copytree(spare, os.path.join(work, "now.model"))
    second, told = night("nights", "2026-01-02")
    expected = len(rows) + 4 * new
    assert int(told["new"]) == expected, (told, expected)
    third, quiet = night("nights", "2026-01-03")
    assert quiet["new"] == "0" and quiet["computed"] == "0", quiet
    full, whole = night("full", "2026-01-02")
    assert int(whole["new"]) == 5 * len(rows), whole
    for target in TARGETS:
        for name in ["hits.csv", "hits.sdf", "refused.csv"]:
            with open(os.path.join(work, "nights/night-0002", target, name), "rb") as one, \
                    open(os.path.join(work, "full/night-0001", target, name), "rb") as two:
                assert one.read() == two.read(), f"{target}/{name} differs"
    run(osong, "audit", "verify", os.path.join(work, "nights"))
    record = save("nightly", {
        "compounds": len(rows), "new compounds": new, "models": 5, "new models": 1,
        "first night s": first, "second night s": second, "nothing new s": third,
        "full rescoring s": full, "pairs computed": int(told["computed"]),
        "pairs new": expected, "pairs of a full rescoring": 5 * len(rows),
        "share of the time": second / full, "bar": 0.25,
        "moved": {k: told[k] for k in ["entered", "left", "moved"]},
        "command": (f"OSONG_BENCH_LIMIT={o.limit} " if o.limit else "") + "Benchmarks/run nightly"})
    print(json.dumps(record, indent=1))


if __name__ == "__main__":
    main()
