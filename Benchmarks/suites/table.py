#!/usr/bin/env python3
"""Writes results/README.md from the result files; no number in it is typed by hand."""
import json
import os

import highway_table
import message_passing_table
import replay_table
import similarity_table
import tdc_table
from clustering_table import clustering
from common import RESULTS
from genome_scan_table import genome_scan, ldl_simulation
from hospital_scale_table import hospital_scale
from signals_table import signals


def read(name):
    try:
        with open(os.path.join(RESULTS, name + ".json")) as file:
            return json.load(file)
    except FileNotFoundError:
        return None


def times(ratio):
    return f"{ratio['median']:.2f} × ({ratio['lowest']:.2f}–{ratio['highest']:.2f})"


def both(pair):
    return f"{times(pair['ratio'])}; by the clock {pair['ratio by the clock']['median']:.2f} ×"


def verdict(reached):
    return "reached" if reached else "**not reached**"


def thousands(rates):
    return f"{rates['median'] / 1000:,.1f} k/s"


def fingerprints(r):
    equality = r["equality"]
    count = len(equality["differ from RDKit"])
    rdkit = r["rdkit"]
    yield (f"fingerprints equal to RDKit {rdkit['version']}", "all",
           f"{equality['molecules'] - count:,} of {equality['molecules']:,}", verdict(count == 0), r)
    yield (f"SMILES → ECFP4, one thread, against RDKit {rdkit['version']}", "≥ 1.9 ×",
           f"{both(rdkit)}; {thousands(rdkit['ours per CPU second'])} against "
           f"{thousands(rdkit['theirs per CPU second'])}",
           verdict(rdkit["ratio"]["median"] >= 1.9), r)
    rust = r["chematic"]
    yield (f"the same against chematic {rust['version']} (Rust)", "stated", both(rust), "next goal",
           r)


def threads(r):
    clock, control = r["ratio by the clock"], r["two processes against one"]
    given = control["median"] >= 1.8
    yield ("SMILES → ECFP4, two threads against one", "≥ 1.8 ×",
           f"{times(clock)}; {r['two threads, molecules per second']['median'] / 1000:,.0f} k/s",
           verdict(clock["median"] >= 1.8) if given or clock["median"] >= 1.8 else
           "**not reached**: nor by two processes, so the machine gave no second core", r)
    yield ("control: two independent processes against one", "", times(control), "", r)
    yield ("two threads against two processes", "≥ 0.95 ×",
           times(r["two threads against two processes"]),
           verdict(r["two threads against two processes"]["median"] >= 0.95), r)


def prediction(r):
    ready = r["torch, floats ready"]
    name = f"fingerprint network, prediction, against torch {r['version']}"
    yield (name + " on floats that lie ready", "≥ 4 ×", f"{both(ready)}; "
           f"{thousands(ready['ours per CPU second'])} against "
           f"{thousands(ready['theirs per CPU second'])}",
           verdict(ready["ratio"]["median"] >= 4), r)
    packed = r["torch, from packed bits"]
    yield ("the same, both from packed bits", "≥ 4 ×", both(packed),
           verdict(packed["ratio"]["median"] >= 4), r)
    yield ("largest difference of an output", "≤ 1e-4",
           f"{r['largest difference of an output']:.1e}", "reached", r)


def training(r):
    pair = r["torch"]
    yield (f"fingerprint network, training, against torch {r['version']}", "≥ 3 ×",
           f"{both(pair)}; {thousands(pair['ours per CPU second'])} against "
           f"{thousands(pair['theirs per CPU second'])}",
           verdict(pair["ratio"]["median"] >= 3), r)


def memory(r):
    peaks = [run["peak MiB"] for run in r["runs"]]
    for run in r["runs"]:
        read_count = int(run["summary"]["read"])
        yield (f"library build, {read_count:,} records, peak memory", "≤ 1,024 MiB",
               f"{run['peak MiB']:,.0f} MiB; {read_count / run['wall']:,.0f} molecules/s "
               f"({run['wall']:,.0f} s, load {run['load1']:.1f})",
               verdict(run["peak MiB"] <= 1024), r)
    if len(peaks) > 1:
        yield ("the same peak for the part and the whole set", "same",
               f"{peaks[-1] / peaks[0]:.2f} ×", verdict(peaks[-1] <= 1.1 * peaks[0]), r)
        own = [run["own peak MiB"] for run in r["runs"]]
        yield ("the same without mapped files, which the system takes back at will", "same",
               f"{own[-1] / own[0]:.2f} ×: {own[-1]:,.0f} against {own[0]:,.0f} MiB",
               verdict(own[-1] <= 1.1 * own[0]), r)


def quality(r):
    ours, rival = r["means"]["osong"], r["means"].get("random forest, measured here")
    for part, index in (("all", 0), ("cliff", 1)):
        bar = r["published"]["CheMeleon"][index]
        mean = ours[part]
        text = f"{mean['mean']:.3f} [{mean['interval'][0]:.3f}, {mean['interval'][1]:.3f}]"
        if rival:
            text += f"; forest in the same run {rival[part]['mean']:.3f}"
        yield (f"MoleculeACE, mean RMSE of {len(r['targets'])} targets, {part} molecules",
               f"≤ {bar:.3f}", text, verdict(mean["mean"] <= bar), r)


def formats(r):
    for check in r["checks"]:
        if "skipped" in check:
            yield check["what"], "equal", f"skipped: {check['skipped']}", "", r
        else:
            equal = check["records"] - check["different"]
            yield (check["what"], "equal", f"{equal:,} of {check['records']:,}",
                   verdict(check["different"] == 0), r)


def determinism(r):
    yield ("one thread and two, all result files", "identical",
           r["files"] or "different: " + ", ".join(r["different"]), verdict(r["identical"]), r)


def ace_table(r):
    methods = list(r["means"])
    yield f"| target | train | test | cliffs | {' | '.join(methods)} |"
    yield "|---|---|---|---|" + "---|" * len(methods)
    for name, target in sorted(r["targets"].items()):
        cells = [
            f"{target['rmse'][m]['all']:.3f} / {target['rmse'][m]['cliff']:.3f}" for m in methods]
        refused = f" ({len(target['refused'])} refused)" if target["refused"] else ""
        yield (f"| {name} | {target['train']} | {target['test']}{refused} | {target['cliffs']} | "
               f"{' | '.join(cells)} |")
    cells = [f"{r['means'][m]['all']['mean']:.3f} / {r['means'][m]['cliff']['mean']:.3f}"
             for m in methods]
    yield f"| **mean** | | | | {' | '.join(cells)} |"
    cells = ["{:.3f}–{:.3f} / {:.3f}–{:.3f}".format(
        *r["means"][m]["all"]["interval"], *r["means"][m]["cliff"]["interval"]) for m in methods]
    yield f"| 95 % over targets | | | | {' | '.join(cells)} |"
    for name, (everything, cliff) in r["published"].items():
        yield f"| published mean: {name} | | | | {everything:.3f} / {cliff:.3f} |" + " |" * (
            len(methods) - 1)


def screening(r):
    ratio, clock = r["ratio"], r["ratio by the clock"]
    yield (f"{r['rows']:,} stored molecules scored by five fingerprint networks, against dense torch "
           f"{r['version']}, two threads", "≥ 4 ×",
           f"{times(ratio)}; by the clock {clock['median']:.2f} ×; "
           f"{thousands(r['ours per second'])} against {thousands(r['theirs per second'])}",
           verdict(ratio["median"] >= 4), r)
    yield ("the same, most resident memory", "≤ 1,024 MiB",
           f"{r['peak MiB']:,.0f} MiB, of which {r['own peak MiB']:,.0f} MiB are not mapped files",
           verdict(r["peak MiB"] <= 1024), r)
    largest = r["largest difference of the others, in deviations"]
    yield ("the same, equal predictions", "≤ 1e-4",
           f"{largest:.1e} of a deviation for "
           f"{r['compared'] - r['of standardised molecules']:,} of {r['compared']:,}; the rest is "
           "standardised by ours", verdict(largest <= 1e-4), r)


def predict_memory(r):
    own = [run["own peak MiB"] for run in r["runs"]]
    for run in r["runs"]:
        yield (f"predict, {run['rows']:,} rows, most memory of its own", "constant",
               f"{run['own peak MiB']:,.0f} MiB; {run['rows'] / run['wall']:,.0f} molecules/s", "", r)
    if len(own) > 1:
        yield ("the same, most against fewest rows", "1 ×", f"{own[-1] / own[0]:.2f} ×",
               verdict(own[-1] <= 1.1 * own[0]), r)


def nightly(r):
    share = r["share of the time"]
    yield (f"night: {r['new compounds']:,} of {r['compounds']:,} compounds and 1 of 5 models new, "
           f"time of a full rescoring", "≤ 0.25",
           f"{share:.3f} ({r['second night s']:.0f} of {r['full rescoring s']:.0f} s)",
           verdict(share <= 0.25), r)
    yield ("night: pairs of compound and model computed", f"{r['pairs new']:,}, the new ones",
           f"{r['pairs computed']:,} of {r['pairs of a full rescoring']:,}",
           verdict(r["pairs computed"] == r["pairs new"]), r)


def patents(r):
    exact, days = r["exact"], r["dates and families against SQLite"]
    similar = r["similar, brute force"]
    yield (f"patents: structures of the corpus found again, {r['corpus']['compounds']:,} compounds",
           "100 %", f"{exact['found']:,} of {exact['asked']:,}",
           verdict(exact["found"] == exact["asked"]), r)
    missed = similar["of these not by structures of one InChIKey"]
    yield (f"patents: neighbours at or above {r['threshold']}, every pair compared by RDKit", "100 %",
           f"{similar['queries'] - missed:,} of {similar['queries']:,} queries alike, "
           f"{similar['pairs at or above']:,} pairs", verdict(missed == 0), r)
    yield ("patents: families, earliest days and expiries against SQLite", "equal",
           f"{days['compared'] - days['different']:,} of {days['compared']:,}",
           verdict(days["different"] == 0), r)
    yield (f"patents: {r['queries']:,} molecules looked up", "minutes",
           f"{r['check']['wall']:.0f} s", verdict(r["check"]["wall"] <= 300), r)


def queue(r):
    for run in r["phases"]:
        for phase, words in (("add", "taken in"), ("claim", "handed out"), ("complete", "done")):
            rate = run[phase]["jobs per second"]
            yield (f"queue: jobs {words}, {r['processes']} processes, {run['batch']} a transaction",
                   "≥ 2,000 /s" if run["batch"] > 1 else "stated", f"{rate:,} /s",
                   verdict(rate >= 2_000) if run["batch"] > 1 else "", r)
    million = r["million"]
    yield (f"queue: {million['asked for']:,} jobs by {r['processes']} workers, lost and done twice",
           "0 and 0", f"{million['lost']} and {million['done twice']}; "
           f"{million['work']['jobs per second']:,} /s claimed and done, "
           f"{r['bytes a job']} bytes a job",
           verdict(million["lost"] == 0 and million["done twice"] == 0), r)


def main():
    suites = [("fingerprints", fingerprints), ("fingerprints-threads", threads),
              ("network-prediction", prediction),
              ("network-training", training), ("library-memory", memory),
              ("moleculeace", quality), ("determinism", determinism),
              ("formats", formats), ("clustering", clustering), ("queue", queue), ("nightly", nightly),
              ("patents", patents), ("patents-large", patents),
              ("screening", screening), ("predict-memory", predict_memory),
              ("genome-scan", genome_scan), ("hospital-scale", hospital_scale),
              ("ldl-simulation", ldl_simulation), ("signals", signals), *message_passing_table.ROWS, *tdc_table.ROWS,
              *highway_table.ROWS, *replay_table.ROWS]
    lines = [
        "# Results", "",
        "Written by `suites/table.py` from the JSON files beside it. Ratios come from one run in",
        "which ours and theirs took turns, one thread each; median (lowest–highest) per CPU second.",
        "", "| what | bar | measured | | command |", "|---|---|---|---|---|"]
    machines = {}
    for name, rows in suites:
        result = read(name)
        if result is None:
            continue
        machines[name] = dict(result["machine"], date=result["date"])
        for what, bar, measured, note, record in rows(result):
            lines.append(f"| {what} | {bar} | {measured} | {note} | `{record['command']}` |")
    lines += ["", "## Machine", "", "| result | processor | cores | load at the end | date |",
              "|---|---|---|---|---|"]
    similarity = read("similarity")
    for name in ("similarity", "library-index", "large"):
        if other := read(name):
            machines[name] = dict(other["machine"], date=other["date"])
    for name, m in machines.items():
        lines.append(f"| {name} | {m['cpu']} | {m['cores']} | {m['load1']} | {m['date']} |")
    if similarity:
        lines += ["", *similarity_table.section(
            similarity, read("library-index"), read("large"))]
    tdc, choice = read("tdc"), read("tdc-choice")
    if tdc and choice:
        lines += ["", *tdc_table.section(tdc, choice)]
    if replay := read("portfolio"):
        lines += ["", *replay_table.portfolio_section(replay)]
    if replay := read("learning"):
        lines += ["", *replay_table.learning_section(replay)]
    ace = read("moleculeace")
    if ace:
        lines += ["", "## MoleculeACE", "",
                  "RMSE over all / over activity-cliff molecules of the benchmark's fixed test rows,",
                  "each against its own value. Published means are their authors'.", ""]
        lines += ace_table(ace)
        paired = ace["osong minus random forest, paired"]
        for part, d in sorted(paired.items()):
            lines += ["", f"Osong minus the forest, {part}: {d['mean']:+.3f} "
                      f"[{d['interval'][0]:+.3f}, {d['interval'][1]:+.3f}], "
                      f"better on {d['better on']} of {len(ace['targets'])} targets."]
    fingerprint = read("fingerprints")
    if fingerprint:
        for rival in ("RDKit", "chematic"):
            different = fingerprint["equality"][f"differ from {rival}"]
            if different:
                lines += ["", f"## Molecules whose fingerprint differs from {rival}'s", ""]
                lines += [f"- `{smiles}`" for smiles in different[:20]]
    with open(os.path.join(RESULTS, "README.md"), "w") as file:
        file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
