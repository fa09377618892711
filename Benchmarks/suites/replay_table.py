"""The rows and the sections of the two replays in results/README.md."""


def verdict(reached):
    return "reached" if reached else "**not reached**"


def between(pair, form="{:.1%}"):
    return f"{form.format(pair[0])} to {form.format(pair[1])}"


def portfolio(r):
    primary = r["primary"]["portfolio"]
    against, held = primary["against greedy"], primary["90 % interval"]
    fewer = against["significantly fewer"]
    yield ("portfolio replay: targets with more actives than greedy for the same money", "≥ 70 %",
           f"{against['more']} of {against['targets']} ({against['share with more']:.1%}); "
           f"{against['difference']['mean']:+.2f} actives a plate "
           f"[{between(against['difference']['interval'], '{:+.2f}')}]",
           verdict(against["share with more"] >= 0.7), r)
    yield ("portfolio replay: targets with significantly fewer", "0",
           f"{len(fewer)}" + (f": {', '.join(fewer)}" if fewer else ""), verdict(not fewer), r)
    yield ("portfolio replay: stated 90 % interval of the number of actives held", "85–95 %",
           f"{held['held']:.1%} of {held['plates']:,} plates [{between(held['interval'])}]",
           verdict(0.85 <= held["held"] <= 0.95), r)


def learning(r):
    for top, ways in r["summary"].items():
        ours = {way: e for way, e in ways.items() if e["less the rival"] and way != "random"}
        best = "gaussian-process: greedy"
        entry = ours[best]
        less = entry["less the rival"]
        yield (f"plates one after the other: share of the {top} found after six, {best}",
               f"≥ {r['rival']}, {ways[r['rival']]['found']['mean']:.1%}",
               f"{entry['found']['mean']:.1%}; {less['difference']['mean']:+.1%} "
               f"[{between(less['difference']['interval'], '{:+.1%}')}], better on "
               f"{less['better on']} of {less['sets']} sets; chance "
               f"{ways['random']['found']['mean']:.1%}",
               verdict(entry["found"]["mean"] >= ways[r["rival"]]["found"]["mean"]), r)


ROWS = [("portfolio", portfolio), ("learning", learning)]
COLLECTIONS = {"activity_moleculeace": "MoleculeACE", "activity_simpd": "SIMPD", "both": "both"}


def portfolio_section(r):
    price = r["prices"]
    yield "## Plates for targets, replayed"
    yield ""
    yield (f"Model `{r['model']}`; {r['draws']} draws of compounds and prices for each target; prices are "
           f"log-normal as those of {price['compounds']:,} purchasable compounds (median "
           f"{price['median']:.0f} USD, deviation of the logarithm {price['deviation']:.2f}). Actives a "
           "plate, means over targets. *more*, *fewer*, *sig.*: targets with more, fewer and "
           "significantly fewer actives than greedy. *held*: how often the stated 90 % interval did, "
           "with its 95 % interval over targets. [How](../../docs/methods/portfolio.md).")
    yield ""
    yield ("| sets | targets a plate | active | prices | wells a target | targets | portfolio | diverse "
           "(default) | greedy | in turn | value for money | cheapest | chance | more / fewer / sig. | "
           "held | default: more / fewer / sig. | default: held |")
    yield "|" + "---|" * 17
    for name, entries in r["settings"].items():
        for e in entries:
            cells = [COLLECTIONS[name], e["targets a plate"],
                     "upper quarter" if e["active"] == "quarter" else "≥ 7", e["prices"],
                     e["wells a target"], e["targets"]]
            cells += [f"{e['actives'][way]['mean']:.2f}" for way in (
                "portfolio", "diverse", "greedy", "turns", "bargain", "cheapest", "random")]
            for way in ("portfolio", "diverse"):
                against, held = e[way]["against greedy"], e[way]["90 % interval"]
                cells += [f"{against['more']} / {against['fewer']} / "
                          f"{len(against['significantly fewer'])}",
                          f"{held['held']:.1%} [{between(held['interval'])}]"]
            yield "| " + " | ".join(map(str, cells)) + " |"


def learning_section(r):
    yield "## Plates one after the other, replayed"
    yield ""
    yield (f"{len(r['sets'])} sets, {r['seeds']} seeds; six plates explore "
           f"{between(r['explored'])} of a pool. Found after each plate, means over sets; the last with "
           "its 95 % interval over sets. [How](../../docs/methods/portfolio.md).")
    for top, ways in r["summary"].items():
        yield ""
        yield f"| {top} | 1 | 2 | 3 | 4 | 5 | 6 | less the rival | better / worse on |"
        yield "|" + "---|" * 9
        for way, e in sorted(ways.items(), key=lambda item: -item[1]["found"]["mean"]):
            cells = [way] + [f"{share:.1%}" for share in e["curve"]]
            cells[-1] += f" [{between(e['found']['interval'])}]"
            less = e["less the rival"]
            cells += ["", ""] if less is None else [
                f"{less['difference']['mean']:+.1%} "
                f"[{between(less['difference']['interval'], '{:+.1%}')}]",
                f"{less['better on']} / {less['worse on']}"]
            yield "| " + " | ".join(cells) + " |"
