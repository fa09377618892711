"""The rows and the section of TDC's ADMET group in results/README.md."""


def rows(r):
    for rival, bar in (("Chemprop-RDKit", 16), ("MapLight", 11)):
        compared = [s for s in r["sets"].values() if s[rival] is not None]
        count = len(r["beaten"][rival])
        yield (f"TDC ADMET group, sets better than {rival}, {r['seeds']} seeds, one recipe",
               f"≥ {bar} of 22", f"{count} of {len(compared)} that it has a value for",
               "reached" if count >= bar else "**not reached**", r)
    held = {n: s["intervals of 90 %"]["coverage"] for n, s in r["sets"].items()
            if s["intervals of 90 %"]}
    inside = sum(0.88 <= share <= 0.92 for share in held.values())
    yield ("90 % intervals, coverage of each regression set's test rows", "88–92 % on every one",
           f"{inside} of {len(held)}; {min(held.values()):.1%} to {max(held.values()):.1%}",
           "reached" if inside == len(held) else "**not reached**", r)


ROWS = [("tdc", rows)]


def section(r, choice):
    yield "## TDC's ADMET group"
    yield ""
    ranks = ", ".join(f"{name} {rank:.2f}" for name, rank in
                      sorted(choice["mean rank"].items(), key=lambda item: item[1]))
    yield (f"One recipe for all sets: `{r['recipe']}`. Chosen on {choice['what'].split(', ', 1)[1]};")
    yield f"mean ranks over {len(choice['scores'])} sets: {ranks}."
    if "widened" in choice:
        yield choice["widened"].capitalize() + "."
    yield ("Official test rows,"
           f" {r['seeds']} seeds, mean ± deviation;")
    yield "the program that trains is given the test structures without their values. Published"
    yield "figures are their authors', partly chosen on the test rows. ↓ less is better."
    yield ""
    yield ("| set | metric | train | test | Osong | Chemprop-RDKit | MapLight | best seen | "
           "90 % intervals held |")
    yield "|---|---|---|---|---|---|---|---|---|"
    for name, s in r["sets"].items():
        best = " ↓" if s["metric"] == "MAE" else ""
        cells = []
        for rival in ("Chemprop-RDKit", "MapLight", "best seen"):
            if s[rival] is None:
                cells.append("–")
            else:
                won = name in r["beaten"][rival]
                cells.append(f"{s[rival]:.3f}{' ✓' if won else ''}")
        held = s["intervals of 90 %"]
        text = (f"{held['coverage']:.1%} [{held['lower']:.1%}, {held['upper']:.1%}]"
                if held else "")
        yield (f"| {name} | {s['metric']}{best} | {s['train']} | {s['test']} | "
               f"{s['mean']:.3f} ± {s['deviation']:.3f} | {' | '.join(cells)} | {text} |")
    yield ""
    yield "✓ Osong's mean is better. In brackets: 95 % by Wilson, what the number of rows leaves open."
