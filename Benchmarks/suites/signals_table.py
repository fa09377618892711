"""The rows of drug-safety signals in the table of results."""


def signals(r):
    def times(ratio):
        return f"{ratio['median']:.1f} × ({ratio['lowest']:.1f}–{ratio['highest']:.1f})"

    measures, whole = r["ratio of the measures alone, by the clock"], r["ratio by the clock"]
    reached = "reached" if measures["median"] >= 20 else "**not reached**"
    seconds = r["seconds"]
    yield (f"all measures of all pairs against vigipy, {r['what']}, two threads", "≥ 20 ×",
           f"{times(measures)} by the clock", reached, r)
    yield ("the same, with reading, counting and (ours only) writing; without vigipy's imports", "",
           f"{times(whole)} by the clock, {times(r['ratio'])} a CPU second; "
           f"{seconds['osong']['median']:.2f} against {seconds['vigipy']['median']:.1f} s", "", r)
    worst = r["largest relative difference"]
    yield ("the same E, PRR, ROR and EBGM as vigipy's at one mixture", "≤ 1e-6",
           ", ".join(f"{name} {value:.0e}" for name, value in worst.items())
           + f" over {r['pairs compared']['expected']:,} pairs",
           "reached" if max(worst.values()) <= 1e-6 else "**not reached**", r)
