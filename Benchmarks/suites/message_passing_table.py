"""Rows of results/README.md about message passing."""


def range_of(summary, digits=1):
    return "{median:.{d}f} × ({lowest:.{d}f}–{highest:.{d}f})".format(d=digits, **summary)


def verdict(reached):
    return "reached" if reached else "**not reached**"


def speed(pair):
    """Ours against theirs in words: per CPU second, and by the clock."""
    return (f"{range_of(pair['ratio per CPU second'])}; by the clock "
            f"{range_of(pair['ratio by the clock'])}; "
            f"{pair['ours per CPU second']['median']:,.0f} against "
            f"{pair['theirs per CPU second']['median']:,.0f} a CPU second")


def prediction(r):
    rival = f"chemprop {r['version']}"
    yield (f"message passing, {r['compared']:,} predictions of one model, largest difference from "
           f"{rival}", "≤ 1e-4", f"{r['largest difference']:.1e}",
           verdict(r["largest difference"] <= 1e-4), r)
    for name, bar in (("from SMILES", 4), ("from stored graphs", 6)):
        yield (f"the same, prediction {name}, two threads", f"≥ {bar} ×", speed(r[name]),
               verdict(r[name]["ratio by the clock"]["median"] >= bar), r)
    yield "bytes of a stored graph", "", f"{r['bytes of a stored graph']:.0f}", "", r


# A core's sgemm allows so many drug-like molecules a second at 100 MFLOP each.
SGEMM_LIMIT = 1000


def training(r):
    for name, found in r["sets"].items():
        yield (f"message passing, training by the epoch, {name}, {found['molecules']:,} molecules, "
               f"two threads, against chemprop {found['version']}", "≥ 3 ×", speed(found),
               verdict(found["ratio by the clock"]["median"] >= 3), r)
        share = found["ours per CPU second"]["median"] / SGEMM_LIMIT
        yield (f"the same against sgemm's limit of {SGEMM_LIMIT:,} molecules a CPU second",
               "≥ 0.6 ×", f"{share:.1f} ×: equal environments are multiplied once",
               verdict(share >= 0.6), r)


def profile(r):
    share, rates = r["share of matrix products"], dict(r["GFLOP/s a core"])
    peak = rates.pop("sgemm's peak")
    slowest = min(rates.values())
    yield ("matrix products' share of the time of training, reading included", "≥ 60 %",
           f"{100 * share:.0f} %", verdict(share >= 0.6), r)
    yield (f"the slowest of {len(rates)} products of training, against OpenBLAS's peak", "≥ 70 %",
           f"{100 * slowest / peak:.0f} %: {slowest:.0f} against {peak:.0f} GFLOP/s",
           verdict(slowest >= 0.7 * peak), r)


def onnx(r):
    worst = max(r["differences"].values())
    yield (f"{len(r['differences'])} networks as ONNX, onnxruntime {r['version']}'s outputs, largest "
           "difference from ours", "≤ 1e-5", f"{worst:.1e}", verdict(worst <= 1e-5), r)


def accuracy(r):
    for name, found in r["sets"].items():
        cells = ["{median:.3f} ({lowest:.3f}–{highest:.3f})".format(**found[side])
                 for side in ("ours", "theirs")]
        yield (f"message passing, {name}, {r['metric']}, {r['split']}", "chemprop's",
               f"{cells[0]}; chemprop {cells[1]}", "", r)


def encoder(r):
    for name, found in r["sets"].items():
        cells = ["{median:.3f} ({lowest:.3f}–{highest:.3f})".format(**found[side])
                 for side in ("pre-trained", "from random weights")]
        yield (f"message passing begun from the pre-trained encoder, {name}, {r['metric']}, "
               f"{r['split']}", "stated", f"{cells[0]}; from random weights {cells[1]}", "", r)


ROWS = [("message-passing-prediction", prediction), ("message-passing-training", training),
        ("message-passing-profile", profile), ("onnx", onnx), ("message-passing-accuracy", accuracy), ("encoder", encoder)]
