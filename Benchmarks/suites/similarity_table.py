"""The part of results/README.md on similarity search: bars, and every peer of every row."""
import statistics

from similarity_peers import PEERS, ROWS, SIZES

#: What issue 3 asks of a row: the least ratio to chemfp and to FPSim2, or to the fastest peer.
BARS = {"top": {"chemfp": 15, "FPSim2": 25}, "at": 10, "batch": {"chemfp": 20, "FPSim2": 20},
        "all": {"chemfp": 5, "FPSim2": 5}}


def bar_of(row):
    if row.find != "pairs" and row.together:
        return BARS["batch"]
    return BARS[row.name.split()[0]]


def clock_of(row):
    """Two threads are measured by the clock, one by its processor seconds."""
    return "wall" if row.threads > 1 else "cpu"


def times(ratio):
    return f"{ratio['median']:.1f} × ({ratio['lowest']:.1f}–{ratio['highest']:.1f})"


def milliseconds(record, who, clock):
    return 1e3 * record[f"{who} {clock}"]["median"] / max(record["queries"], 1)


def rival(record):
    note = ", the last free one" if record["peer"] == "chemfp" else ""
    return f"{record['peer']} {record['version']}{note}".replace(" ,", ",")


def verdict(record, clock, least):
    if record["differences"]:
        return f"**answers differ**: {len(record['differences'])} queries"
    return "reached" if record[f"ratio {clock}"]["median"] >= least else "**not reached**"


def bar_row(row, record, least):
    clock = clock_of(row)
    unit = "ms a query" if row.find != "pairs" else "ms"
    ours, theirs = (milliseconds(record, who, clock) for who in ("ours", "theirs"))
    return (f"{row.size}: {row.name}, against {rival(record)}", f"≥ {least} ×",
            f"{times(record[f'ratio {clock}'])}; {ours:,.2f} against {theirs:,.2f} {unit}",
            verdict(record, clock, least))


def bars(records):
    """The rows with a bar: what, bar, measured, verdict."""
    for row in ROWS:
        of_row = {r["peer"]: r for r in records
                  if (r["size"], r["row"]) == (row.size, row.name) and r["kind"] == "exact"
                  and r["peer"] in [p.name for p in PEERS if p.script]}
        if not of_row or "graph" in row.name:
            continue
        bar = bar_of(row)
        if isinstance(bar, dict):
            for peer, least in bar.items():
                if peer in of_row:
                    yield bar_row(row, of_row[peer], least)
        else:
            fastest = min(of_row.values(), key=lambda r: r[f"ratio {clock_of(row)}"]["median"])
            yield bar_row(row, fastest, bar)
    yield from growth(records)


def growth(records):
    """How the time of the same search grows with the library.

    In processor time: the two sizes are measured in different turns, under different loads.
    """
    allowed = SIZES["10 M"] / SIZES["1.94 M"]
    for row in ROWS:
        pair = [next((r for r in records if (r["size"], r["row"], r["peer"]) == (
            size, row.name, "chemfp")), None) for size in ("1.94 M", "10 M")]
        if row.size != "10 M" or None in pair:
            continue
        small, large = (milliseconds(r, "ours", "cpu") for r in pair)
        yield (f"10 M against 1.94 M: {row.name}, processor time", f"≤ {allowed:.2f} ×",
               f"{large / small:.2f} ×; {large:.2f} against {small:.2f} ms a query",
               "reached" if large / small <= allowed else "**not reached**")


def equality(record):
    if record["kind"] == "approximate":
        return f"recall {record['recall']:.3f}"
    if record["kind"] == "ceiling":
        return "Hamming distance: other answers by design"
    return f"{len(record['differences'])} queries differ" if record["differences"] else "equal"


def everything(records):
    yield "| library | search | peer | queries | ours | theirs | per CPU second | by the clock | " \
          "answers | load |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for row in ROWS:
        for r in records:
            if (r["size"], r["row"]) != (row.size, row.name):
                continue
            ours, theirs = (milliseconds(r, who, "cpu") for who in ("ours", "theirs"))
            yield (f"| {r['size']} | {r['row']} | {r['peer']} {r['version']} | "
                   f"{r['queries'] or ''} | {ours:,.2f} | {theirs:,.2f} | {times(r['ratio cpu'])} | "
                   f"{times(r['ratio wall'])} | {equality(r)} | {r['load before']:.1f} |")


def index_rows(r):
    """What a library takes on disk and how long it takes to open."""
    large = r["large"]
    index, whole = (large[name] / large["rows"] for name in ("searched bytes", "bytes"))
    yield (f"index of {large['rows']:,} compounds, rows and columns", "≤ 560 bytes a molecule",
           f"{index:.0f} bytes a molecule in {large['segments']:.0f} segments",
           "reached" if index <= 560 else "**not reached**")
    yield ("the same library whole, with SMILES, identifiers and keys", "stated",
           f"{whole:.0f} bytes a molecule", "")
    for name in ("small", "large"):
        opening = r[name]["opening"]
        yield (f"opening a library of {r[name]['rows']:,} compounds", "≤ 50 ms",
               f"{1e3 * opening['median']:.1f} ms ({1e3 * opening['lowest']:.1f}–"
               f"{1e3 * opening['highest']:.1f})",
               "reached" if opening["highest"] <= 0.05 else "**not reached**")


def large_rows(r):
    """The library on disk that is larger than the memory allowed."""
    allowed = f"{r['memory'] / 2**30:g} GiB allowed" if r["memory"] else "memory not limited"
    fewer = "" if r["rows"] == r["wanted"] else f", of {r['wanted']:,}: the disk had no more room"
    where = f"{r['rows']:,} molecules{fewer}, {r['bytes'] / 1e9:.0f} GB on disk, {allowed}"
    for name, s in r["searches"].items():
        wall = s["wall"]
        yield (f"{where}: {name}, one query", "seconds",
               f"{wall['median']:.2f} s ({wall['lowest']:.2f}–{wall['highest']:.2f}), cold "
               f"{s['cold wall']:.2f} s; {s['bytes from disk']['median'] / 1e6:,.0f} MB from disk",
               "reached" if wall["highest"] < 10 else "**not reached**")
    searches = r["searches"].values()
    peak = max(s["peak anonymous bytes"] for s in searches) / 2**20
    mapped = max(s["peak mapped bytes"] for s in searches) / 2**20
    yield (f"{where}: memory of its own at the peak", "< 1,024 MiB",
           f"{peak:.0f} MiB, and {mapped:,.0f} MiB of the file's pages",
           "reached" if peak < 1024 else "**not reached**")
    opening = statistics.median(s["opening"] for s in searches)
    yield (f"{where}: opening", "≤ 50 ms", f"{1e3 * opening:.1f} ms",
           "reached" if opening <= 0.05 else "**not reached**")
    for name, s in r["searches"].items():
        each = s["bytes of columns read"]["median"] / r["rows"]
        yield (f"on paper: {name}, columns read a query", "stated",
               f"{each:.1f} of 256 bytes a molecule: {each:.1f} GB at 1 G molecules, "
               f"{10 * each:.0f} GB at 10 G", "")


def section(result, index, large):
    """The lines of the section."""
    records = result["measured"]
    lines = [
        "## Similarity search", "",
        "Ours and each rival answered the same queries of 2,048-bit Morgan fingerprints in turns,",
        "in one run; ratios are of processor seconds for one thread and of the clock for two,",
        "median (lowest–highest). Answers are equal when every row and every similarity is, up to",
        "the choice among equals at the end of a list. chemfp 1.6.1 is the last free release: to",
        "beat it is not to beat the commercial chemfp.", "",
        "| what | bar | measured | |", "|---|---|---|---|"]
    lines += [f"| {' | '.join(cells)} |" for cells in bars(records)]
    for rows, other in ((index_rows, index), (large_rows, large)):
        lines += [f"| {' | '.join(cells)} |" for cells in (rows(other) if other else ())]
    commands = [f"`{r['command']}`" for r in (result, index, large) if r]
    lines += ["", f"Commands: {', '.join(commands)}.", "",
              "Every peer, in processor milliseconds a query (all pairs: in all):", ""]
    return lines + list(everything(records))
