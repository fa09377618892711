"""The rows of results/README.md on clustering and picking."""


def verdict(record):
    if record["differences"]:
        return f"**differs** in {record['differences']:,} of {record['compared']:,}"
    return "equal in all rows" if "sizes" in record else "equal choices in equal order"


def measured(record):
    ratio = record["ratio cpu"]
    ours, theirs = (record[f"{who} cpu"]["median"] for who in ("ours", "theirs"))
    megabytes = [record[f"{who} memory"]["median"] / 2**20 for who in ("ours", "theirs")]
    return (f"{ratio['median']:.1f} × ({ratio['lowest']:.1f}–{ratio['highest']:.1f}); "
            f"{ours:,.2f} against {theirs:,.2f} s; {megabytes[0]:,.0f} against "
            f"{megabytes[1]:,.0f} MiB beside the rows; {record['found']:,} found")


def clustering(r):
    """What, bar, measured, verdict and record, as the other suites give them to table.py."""
    for record in r["records"]:
        yield (f"{record['row']}, {record['rows']:,} molecules, against {record['peer']} "
               f"{record['version']}", "stated", measured(record), verdict(record), r)
