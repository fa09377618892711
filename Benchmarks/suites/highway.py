#!/usr/bin/env python3
"""From a disease to a shortlist over all of MOSES, for three targets whose models are on the shelf.

The models are trained first, by the same command on a small library; then the run that is measured
finds them on the shelf, scores with nothing known, and is repeated with all scores known, whose result
must be the same bytes. `--everything` adds a second pair of runs, which ask the models for every
compound of the library (--outside-domain).
"""
import argparse
import glob
import json
import os
import shutil
import subprocess

from common import HERE, save
from processes import measured

# A disease that does not exist, so that three targets with many measured compounds belong to it.
GENES = ["TYK2", "BACE1", "SCN9A"]
DISEASE = "MADEUP:1"


def files(folder):
    """Everything a run wrote but the times it took: name -> contents."""
    found = {}
    for name in sorted(glob.glob(os.path.join(folder, "**"), recursive=True)):
        if os.path.isfile(name) and os.path.basename(name) != "timing.json":
            with open(name, "rb") as file:
                found[os.path.relpath(name, folder)] = file.read()
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--osong", default=os.path.join(HERE, "../.build/release/osong"))
    parser.add_argument("--data", required=True, help="the folder of MOSES")
    parser.add_argument("--bindingdb", required=True, help="bindingdb.csv.gz")
    parser.add_argument("--genes", required=True, help="hgnc.csv")
    parser.add_argument("--limit", type=int, default=0, help="compounds; 0 for all of MOSES")
    parser.add_argument("--everything", action="store_true")
    parser.add_argument("--work", default=os.path.join(HERE, ".peers/highway"))
    o = parser.parse_args()
    osong = os.path.abspath(o.osong)
    os.makedirs(o.work, exist_ok=True)
    inside = lambda *parts: os.path.join(os.path.abspath(o.work), *parts)
    moses = sorted(glob.glob(os.path.join(os.path.abspath(o.data), "moses_t*.csv.gz")))

    def run(*words):
        subprocess.run([osong, *words, "--quiet"], check=True, stdout=subprocess.DEVNULL)

    store = inside("activities.sqlite")
    if not os.path.exists(store):
        run("activities", "import", store, o.bindingdb, "--format", "bindingdb", "--genes", o.genes)
    library, small = inside("all.olib"), inside("small.olib")
    limit = ["--limit", str(o.limit)] if o.limit else []
    if not os.path.exists(library):
        run("library", "build", library, *moses, *limit)
    if not os.path.exists(small):
        run("library", "build", small, *moses, "--limit", "2000")
    evidence = inside("genes.evidence")
    if os.path.exists(evidence):
        os.remove(evidence)
    with open(inside("genes.csv"), "w") as table:
        table.write("gene,disease_id,disease,datasource,direction_on_target,direction_on_trait,"
                    "p,citation\n")
        for gene in GENES:
            table.write(f"{gene},{DISEASE},made up,benchmark,LoF,protective,1e-30,none\n")
    run("evidence", "effects", inside("genes.csv"), "-o", evidence)

    def screen(library, scores, name, *more):
        for folder in [inside(name)] + ([inside(scores)] if "known" not in name else []):
            shutil.rmtree(folder, ignore_errors=True)
        cost, _ = measured(
            [osong, "screen", library, "--disease", DISEASE, "--evidence", evidence,
             "--activities", store,
             "--shelf", inside("models.shelf"), "--scores", inside(scores), "--modulation",
             "inhibit", "--targets", "3", "--top", "100", "-o", inside(name), "--threads", "2",
             "--quiet", *more])
        with open(inside(name, "run.json")) as file:
            counts = json.load(file)["counts"]
        assert counts["screened for"] == len(GENES), counts
        return cost, counts

    screen(small, "scores-small", "small")
    record = {}
    parts = [("domain", [])] + [("everything", ["--outside-domain"])] * o.everything
    for name, more in parts:
        cost, counts = screen(library, f"scores-{name}", name, *more)
        again, _ = screen(library, f"scores-{name}", f"{name}-known", *more)
        assert files(inside(name)) == files(inside(f"{name}-known")), f"{name}: not the same bytes"
        record[name] = {"first": cost, "scores known": again, "counts": counts}
    told = (f"OSONG_BENCH_LIMIT={o.limit} " if o.limit else "") \
        + ("OSONG_BENCH_EVERYTHING=yes " if o.everything else "")
    record.update({
        "compounds": record["domain"]["counts"]["screened"], "threads": 2, "bar s": 600,
        "bar MiB": 2048,
        "command": told + "Benchmarks/run highway"})
    print(json.dumps(save("highway", record), indent=1))


if __name__ == "__main__":
    main()
