"""The rows of drug-safety signals in the table of results."""


def signals(r):
    def times(ratio):
        return f"{ratio['median']:.1f} × ({ratio['lowest']:.1f}–{ratio['highest']:.1f})"

    reached = "reached" if r["ratio by the clock"]["median"] >= 20 else "**not reached**"
    seconds = r["seconds"]
    yield (f"signals against vigipy, {r['what']}; two threads, ours with writing, theirs without its "
           "imports", "≥ 20 ×",
           f"{times(r['ratio by the clock'])} by the clock, {times(r['ratio'])} a CPU second; "
           f"{seconds['osong']['median']:.2f} against {seconds['vigipy']['median']:.1f} s", reached, r)
    worst = r["largest relative difference"]
    yield ("the same E, PRR, ROR and EBGM as vigipy's at one mixture", "≤ 1e-6",
           ", ".join(f"{name} {value:.0e}" for name, value in worst.items())
           + f" over {r['pairs compared']['expected']:,} pairs",
           "reached" if max(worst.values()) <= 1e-6 else "**not reached**", r)
