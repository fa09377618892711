#!/usr/bin/env python3
"""Keeps the comparisons of `make bench-quality` as results, and writes QUALITY.md from all of them.

    quality_table.py [SUITE=FOLDER]...      each folder one of `osong bench compare -o`
"""
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent.parent
RESULTS = HERE / "results" / "quality"
HEAD = """# Quality

Written by `suites/quality_table.py` from `results/quality/`, which `make bench-quality` makes; no
number is typed. Means with 95 % intervals; ● marks the models of which no other is shown to be
better on that set ([how to read it](../docs/how-to/read-a-comparison.md)). Every row comes from
stored predictions, whose digest stands below each table.
"""


def keep(name, folder):
    """The part of a comparison that the table needs; curves and folds stay where they were made."""
    whole = json.loads((pathlib.Path(folder) / "comparison.json").read_text())
    sets = []
    for entry in whole["datasets"]:
        compared = entry["comparison"]
        sets.append(dict(
            dataset=compared["dataset"], metric=compared["metric"], unit=compared.get("unit"),
            method=compared["method"], tested=entry["tested"], audit=entry["audit"][:1],
            standings=[{key: row.get(key) for key in ("model", "mean", "interval", "isAmongBest")}
                       for row in compared["standings"]],
            costs=entry["costs"]))
    slim = dict(title=whole["title"], about=whole["about"], datasets=sets,
                overall=whole.get("overall"), provenance=whole["provenance"])
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(slim, indent=1, sort_keys=True) + "\n")


def number(value, width):
    return f"{value:.{0 if width >= 20 else 1 if width >= 2 else 2 if width >= 0.2 else 3}f}"


def cell(row):
    if row is None or row["mean"] is None:
        return "–"
    span = row["interval"]
    width = span["upper"] - span["lower"] if span else 0
    text = number(row["mean"], width)
    if span:
        text += f" [{number(span['lower'], width)}, {number(span['upper'], width)}]"
    return ("● " if row["isAmongBest"] else "") + text


LOWER = {"mae", "rmse", "brier"}


def section(name, suite):
    models = list(dict.fromkeys(
        row["model"] for entry in suite["datasets"] for row in entry["standings"]))
    lines = [f"## {suite['title']}", "", suite["about"], "",
             "| set | " + " | ".join(models) + " |", "|---" * (len(models) + 1) + "|"]
    for entry in suite["datasets"]:
        rows = {row["model"]: row for row in entry["standings"]}
        arrow = "↓" if entry["metric"] in LOWER else "↑"
        lines.append(f"| {entry['dataset']} ({entry['metric']} {arrow}, n = {entry['tested']}) | "
                     + " | ".join(cell(rows.get(model)) for model in models) + " |")
    overall = suite["overall"]
    if overall:
        ranks = dict(zip(overall["models"], overall["meanRanks"]))
        lines.append("| mean rank | " + " | ".join(
            f"{ranks[model]:.2f}" if model in ranks else "–" for model in models) + " |")
    # Means and seconds of different sets would not compare: only those that every model has.
    shared = [entry for entry in suite["datasets"]
              if {row["model"] for row in entry["standings"] if row["mean"] is not None} >= set(models)]
    count = f"{len(shared)} sets that all have"

    def means():
        for model in models:
            yield sum(row["mean"] for entry in shared for row in entry["standings"]
                      if row["model"] == model) / len(shared)

    def seconds():
        for model in models:
            yield sum(cost["trainSeconds"] for entry in shared for cost in entry["costs"]
                      if cost["model"] == model)

    if len(shared) > 1 and len({entry["metric"] for entry in shared}) == 1:
        lines.append(f"| mean over {count} | " + " | ".join(f"{mean:.3f}" for mean in means()) + " |")
    if shared:
        lines.append(f"| train, s (one training on each of {count}) | "
                     + " | ".join(f"{total:.1f}" for total in seconds()) + " |")
    lines.append("")
    if overall:
        lines += [f"Critical difference of mean ranks: {overall['criticalDifference']:.2f} over "
                  f"{len(overall['datasets'])} sets (Nemenyi, 95 %).", ""]
    warned = [f"{entry['dataset']}: {entry['audit'][0]}" for entry in suite["datasets"]
              if entry["audit"] and not entry["audit"][0].startswith("Nothing")]
    if warned:
        lines += ["<details><summary>Audit: sets that need care</summary>", ""]
        lines += [f"- {text}" for text in warned] + ["", "</details>", ""]
    lines += ["<details><summary>Provenance</summary>", ""]
    lines += [f"- {fact['name']}: `{fact['value']}`" for fact in suite["provenance"]]
    lines += ["", "</details>", ""]
    return lines


def power():
    """Whether the machinery itself can be believed."""
    path = HERE / "results" / "power.json"
    if not path.exists():
        return []
    studies = json.loads(path.read_text())["studies"]
    effects = [point["difference"] for point in studies[0]["points"]]
    lines = ["## The machinery", "",
             "Of 1,000 made-up comparisons of four models, how many were called different, by the true "
             "difference in standard deviations of a fold's noise; at 0 these are false alarms of any "
             "pair (bar: 3 to 7 %).", "",
             "| noise | folds | " + " | ".join(f"{effect:g}" for effect in effects) + " | command |",
             "|---" * (len(effects) + 3) + "|"]
    for study in studies:
        lines.append(f"| {study['noise']} | {study['folds']} | " + " | ".join(
            f"{100 * point['found']:.1f} %" for point in study["points"])
            + f" | `{study['command']}` |")
    return lines + [""]


for argument in sys.argv[1:]:
    name, folder = argument.split("=", 1)
    keep(name, folder)
text = [HEAD] + power()
for path in sorted(RESULTS.glob("*.json")):
    text += section(path.stem, json.loads(path.read_text()))
(HERE / "QUALITY.md").write_text("\n".join(text))
