#!/usr/bin/env python3
"""Plates that the portfolio would have bought, on assays that were measured long ago.

For each of MoleculeACE's and SIMPD's sets a model is trained on the training rows as `osong screen
--disease` trains it, chances are learned from ring systems that it did not see, and plates are chosen
from test rows. What the plates were worth is read off the measured values, which no model and no
choice has seen. Forty times two thirds of the test rows and prices are drawn anew.

The setting that the verdict is about was written down before any test row was looked at
(docs/methods/portfolio.md): prices drawn, a plate of 20 wells (10 where fewer than 40 compounds can be
bought), money for as many compounds of the middle price, active is the upper quarter of the training
values, the portfolio asked for actives against the highest predictions with the same money.
"""
import argparse
import csv
import os
import statistics
import time

from common import save
from replay import assays, interval, mean, prices, run, say

RIVALS = ["greedy", "turns", "bargain", "cheapest", "random"]
MODEL, DRAWS = "gaussian-process", 40


def predict(o, tables, rows):
    """Predictions of every target; those that are there already are kept."""
    folder = os.path.join(o.work, "predictions-" + rows)
    for name, paths in tables.items():
        os.makedirs(os.path.join(folder, name), exist_ok=True)
        for path in paths:
            target = os.path.join(folder, name, os.path.basename(path))
            if not os.path.exists(target):
                run(o.replay, "predict", path, rows, MODEL, target + ".new")
                os.replace(target + ".new", target)
                say(rows, name, os.path.basename(path))
    return folder


def read(path):
    """The plates by setting, target and draw."""
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            row["single"] = "+" not in row["targets"]
            for key in ("chosen", "cost", "actives", "series"):
                row[key] = float(row[key])
            row["wells"] = int(row["wells"]) // (1 if row["single"] else 3)
            yield row


def plates(rows):
    """{(single, threshold, prices, wells): {target: {draw: {way: row}}}}; wells 0 is the plate of the
    verdict: 20 wells for a target, or 10."""
    found = {}
    for row in rows:
        key = (row["single"], row["threshold"], row["prices"], row["wells"])
        found.setdefault(key, {}).setdefault(row["targets"], {}).setdefault(
            row["draw"], {})[row["way"]] = row
    for single, threshold, price, wells in list(found):
        if wells == 20:
            tens = found.get((single, threshold, price, 10), {})
            found[single, threshold, price, 0] = {
                **tens, **found[single, threshold, price, wells]}
    return found


def compare(targets, way, rival):
    """Differences of actives, target by target: mean over plates, with an interval over plates."""
    more = fewer = ties = 0
    worse, means = [], []
    for name, draws in targets.items():
        differences = [d[way]["actives"] - d[rival]["actives"] for d in draws.values()]
        middle = statistics.fmean(differences)
        means.append(middle)
        more, fewer, ties = more + (middle > 0), fewer + (middle < 0), ties + (middle == 0)
        if middle < 0 and interval(differences)[1] < 0:
            worse.append(name)
    return {"targets": len(means), "more": more, "fewer": fewer, "equal": ties,
            "share with more": more / len(means), "significantly fewer": worse,
            "difference": mean(means)}


def coverage(targets, way):
    """How often the stated 90 % interval held; the interval is over targets, whose plates are alike."""
    held, below, above, shares, ratio = 0, 0, 0, [], []
    plates = 0
    for draws in targets.values():
        inside = []
        for d in draws.values():
            row = d[way]
            actives = row["actives"]
            below += actives < float(row["lo"])
            above += actives > float(row["hi"])
            inside.append(float(row["lo"]) <= actives <= float(row["hi"]))
            ratio.append(actives - float(row["expected"]))
        plates += len(inside)
        held += sum(inside)
        shares.append(sum(inside) / len(inside))
    return {"plates": plates, "held": held / plates, "interval": interval(shares),
            "fewer than stated": below / plates, "more than stated": above / plates,
            "actives less expected": statistics.fmean(ratio)}


def settings(found):
    out = []
    for key, targets in sorted(found.items(), key=lambda item: [str(x) for x in item[0]]):
        single, threshold, price, wells = key
        ways = next(iter(next(iter(targets.values())).values()))
        entry = {
            "targets a plate": 1 if single else 3, "active": threshold, "prices": price,
            "wells a target": wells or "20 or 10", "targets": len(targets),
            "actives": {way: mean([statistics.fmean(d[way]["actives"] for d in draws.values())
                                   for draws in targets.values()]) for way in ways},
            "series": {way: statistics.fmean(
                statistics.fmean(d[way]["series"] for d in draws.values())
                for draws in targets.values()) for way in ways},
            "chosen": {way: statistics.fmean(
                statistics.fmean(d[way]["chosen"] for d in draws.values())
                for draws in targets.values()) for way in ways},
        }
        for way in ("portfolio", "diverse"):
            entry[way] = {"against " + rival: compare(targets, way, rival) for rival in RIVALS}
            entry[way]["90 % interval"] = coverage(targets, way)
        out.append(entry)
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replay", required=True)
    parser.add_argument("--data", required=True, help="the folder of the data sets")
    parser.add_argument("--work", required=True)
    parser.add_argument("--rows", default="test", choices=["test", "nested"],
                        help="nested: ring systems of the training rows; nothing is saved")
    o = parser.parse_args()
    begin = time.perf_counter()
    tables, price = assays(o.data, o.work), prices(o.data)
    folder = predict(o, tables, o.rows)
    collections = {}
    for name in tables:
        target = os.path.join(o.work, f"plates-{o.rows}-{name}.csv")
        run(o.replay, "plates", os.path.join(folder, name), str(price["mean"]),
            str(price["deviation"]), str(DRAWS), target)
        found = plates(read(target))
        collections[name] = settings(found)
        collections.setdefault("both", {})
        for key, targets in found.items():
            merged = collections["both"].setdefault(key, {})
            merged.update({f"{name}/{target}": draws for target, draws in targets.items()})
    collections["both"] = settings(collections["both"])
    primary = next(e for e in collections["both"] if e["targets a plate"] == 1
                   and e["active"] == "quarter" and e["prices"] == "drawn"
                   and e["wells a target"] == "20 or 10")
    against = primary["portfolio"]["against greedy"]
    held = primary["portfolio"]["90 % interval"]
    say(f"more actives than greedy on {against['more']} of {against['targets']} targets, significantly "
        f"fewer on {len(against['significantly fewer'])}; interval held {held['held']:.1%}")
    if o.rows == "test":
        save("portfolio", {
            "what": "plates chosen from test rows of MoleculeACE and SIMPD", "model": MODEL,
            "draws": DRAWS, "prices": price, "primary": primary, "settings": collections,
            "seconds": time.perf_counter() - begin, "command": "Benchmarks/run portfolio"})
    else:
        import json
        with open(os.path.join(o.work, "nested.json"), "w") as file:
            json.dump({"primary": primary, "settings": collections}, file, indent=1)


if __name__ == "__main__":
    main()
