"""The rows of the highway and of two towers in the table of results."""


def highway(r):
    def reached(is_reached):
        return "reached" if is_reached else "**not reached**"

    names = {"domain": "of the models' domains", "everything": "all asked of the models"}
    for part, words in names.items():
        if part not in r:
            continue
        first, counts = r[part]["first"], r[part]["counts"]
        yield (f"from a disease to a shortlist: {r['compounds']:,} compounds, {words}, "
               f"{counts['screened for']} targets, models on the shelf", "≤ 10 min",
               f"{first['wall']:.0f} s; {r[part]['scores known']['wall']:.0f} s again, the same bytes",
               reached(first["wall"] <= r["bar s"]), r)
        yield ("the same, most resident memory", "≤ 2,048 MiB",
               f"{first['peak MiB']:,.0f} MiB, of which {first['own peak MiB']:,.0f} MiB are not mapped "
               "files", reached(first["peak MiB"] <= r["bar MiB"]), r)


def affinity(r):
    def told(scores):
        mse = f"{scores['mse']['mean']:.3f} ± {scores['mse']['sd']:.3f}"
        return mse + (f", CI {scores['ci']['mean']:.3f}" if "ci" in scores else "")

    def row(part, bar):
        own = part["two towers"]
        trivial = part["mean of compound and of protein"]
        note = "" if bar is None else "reached" if own["mse"]["mean"] <= bar else "**not reached**"
        return ("" if bar is None else f"MSE ≤ {bar}",
                f"{told(own)}; means of compound and protein: {told(trivial)}; "
                f"the mean: {told(part['mean'])}", note)

    for name, s in r["sets"].items():
        yield (f"two towers on {name}: official test, mean ± sd of five models",
               *row(s["official test"], s["bar"]), r)
        e = s["mean of the five models"]
        yield (f"two towers on {name}: the mean of the five models", "",
               f"{e['mse']:.3f} [{e['lower']:.3f}–{e['upper']:.3f}], CI {e['ci']:.3f}", "", r)
        for cold in ("compound", "protein", "both"):
            if part := s.get("cold " + cold):
                bar = r["bar of KIBA's cold proteins"] if (name, cold) == ("kiba", "protein") else None
                words = "compounds and proteins" if cold == "both" else cold + "s"
                yield (f"two towers on {name}: {words} never seen", *row(part, bar), r)


ROWS = [("highway", highway), ("affinity", affinity)]
