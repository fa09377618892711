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
    count = r["seeds"]
    what = f"simulated LDL cholesterol, {r['people']:,} people, {count} seeds"
    first = r["three_most_significant"]["p_burden"]
    yield (f"{what}: LDLR, APOB and PCSK9 are the first three of {r['genes']:,} genes", "20 of 20",
           f"{first} of {count}", "reached" if first == count == 20 else "**not reached**", r)
    yield ("LDLR offered to a screen for inhibitors", "never",
           f"{r['ldlr_go']} of {count}; no-go in {r['ldlr_no_go']}",
           "**not reached**" if r["ldlr_go"] else "reached", r)
    power = ", ".join(f"{gene} {value['measured']:.2f} ({value['expected']:.2f})"
                      for gene, value in r["power"].items())
    yield ("power at 2.5e-6 (published simulation)", "stated", power, "", r)
    for test, value in r["lambda"].items():
        single = value["single_seeds"]
        yield (f"null twins, λ of {test[2:]}, {value['tests']:,} p-values together", ".95–1.05",
               f"{value['pooled']:.3f} ± {value['standard_error']:.3f} (single seeds "
               f"{single['lowest']:.2f}–{single['highest']:.2f}); below .05, .01, .001: "
               + ", ".join(f"{value['below'][level]:.4f}" for level in ("0.05", "0.01", "0.001")),
               "reached" if 0.95 <= value["pooled"] <= 1.05 else "**not reached**", r)
