"""The rows of the scan of a genome in the table of results."""


def genome_scan(r):
    def times(ratio):
        return f"{ratio['median']:.1f} × ({ratio['lowest']:.1f}–{ratio['highest']:.1f})"

    reached = "reached" if r["ratio by the clock"]["median"] >= 4 else "**not reached**"
    rates = r["genotypes per second"]
    yield (f"linear scan against plink2, {r['what']}", "≥ 4 ×",
           f"{times(r['ratio by the clock'])} by the clock, {times(r['ratio'])} a CPU second; "
           f"{rates['osong']['median'] / 1e6:,.0f} against {rates['plink2']['median'] / 1e6:,.0f} M "
           "genotypes/s", reached, r)
    yield ("the same numbers as plink2's, which prints six digits", "≤ 1e-4",
           f"{r['largest relative difference']:.1e} over {r['variants compared']:,} variants",
           "reached", r)
    whole, small, many = r["growth"]
    flat = many["own peak MiB"] / whole["own peak MiB"]
    yield ("memory, ten times the variants", "bounded (< 1.25 ×)",
           f"{flat:.2f} ×: {whole['own peak MiB']:,.0f}, then {many['own peak MiB']:,.0f} MiB",
           "reached" if flat < 1.25 else "**not reached**", r)
    yield ("memory and time, ten times the people", "linear",
           f"{small['own peak MiB']:,.0f}, then {whole['own peak MiB']:,.0f} MiB; "
           f"{small['cpu']:.2f}, then {whole['cpu']:.2f} CPU s", "", r)
    yield ("time, ten times the variants", "linear",
           f"{whole['cpu']:.2f}, then {many['cpu']:.2f} CPU s", "", r)
    yield ("on paper: 1 M people, 10 M variants, one trait", "",
           f"{r['CPU hours for 1 M people and 10 M variants']:,.1f} CPU hours at the slope measured",
           "", r)
