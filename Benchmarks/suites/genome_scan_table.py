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


def ldl_simulation(r):
    count = len(r["seeds"])
    what = f"simulated LDL cholesterol, {r['people']:,} people, {count} seeds"
    yield (f"{what}: LDLR, APOB and PCSK9 are the first three of {r['seeds'][0]['genes']:,} genes",
           "in all", f"{r['top three right']} of {count}",
           "reached" if r["top three right"] == count else "**not reached**", r)
    yield ("LDLR offered to a screen for inhibitors", "never", f"{r['LDLR offered']} of {count}",
           "reached" if not r["LDLR offered"] else "**not reached**", r)
    power = r["power at 2.5e-6"]
    yield ("power at 2.5e-6 of ANGPTL3, NPC1L1 (published simulation: .84, .32)", "stated",
           f"{power['ANGPTL3']:.2f}, {power['NPC1L1']:.2f}", "", r)
    for test, value in r["lambda"].items():
        inside = 0.95 <= value["mean"] <= 1.05
        yield (f"null twins, λ of {test[2:]} over genes, mean of the seeds", ".95–1.05",
               f"{value['mean']:.3f} ({value['lowest']:.2f}–{value['highest']:.2f})",
               "reached" if inside else "**not reached**", r)
