"""The rows of large hospitals in the table of results."""


def hospital_scale(r):
    small, large = r["sizes"][0], r["sizes"][-1]
    factor = large["rows"] / small["rows"]
    what = f"{large['people']:,} persons, {large['rows']:,} rows"
    bar = 5_000_000
    # Every row of every table is no question of minutes; what it costs is stated.
    for verb, name, is_bound in (
            ("signals", "signals of all pairs", True), ("sccs", "a case series", True),
            ("quality", "every row held against the model", False)):
        cost, before = large[verb], small[verb]
        memory = cost["peak MiB"]
        reached = cost["wall"] < 600 and memory <= 4096 and large["people"] >= bar
        yield (f"hospital of {what}: {name}", "minutes, ≤ 4 GiB" if is_bound else "stated",
               f"{cost['wall']:,.0f} s, {memory:,.0f} MiB",
               ("reached" if reached else "**not reached**") if is_bound else "", r)
        growth = cost["cpu"] / before["cpu"]
        yield (f"the same, time against {factor:.1f} times fewer rows", "linear",
               f"{growth:.1f} × ({before['cpu']:,.1f}, then {cost['cpu']:,.1f} CPU s)",
               "reached" if growth < 1.25 * factor else "**not reached**", r)
    ratio = large["ratio"]
    yield (f"case series: ratio of {r['planted ratio']:g} found again", "inside the interval",
           f"{ratio['ratio']:.3f} ({ratio['lower']:.3f}–{ratio['upper']:.3f})",
           "reached" if ratio["lower"] <= r["planted ratio"] <= ratio["upper"]
           else "**not reached**", r)
    yield ("signals: the planted pair comes first; others with q ≤ .05", "first; 5 % of none",
           f"{'first' if large['planted pair is first'] else 'not first'}; "
           f"{large['other signals']} of {large['pairs told']:,}",
           "reached" if large["planted pair is first"] else "**not reached**", r)
