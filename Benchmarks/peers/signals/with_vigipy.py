"""vigipy on a table of report rows: all measures of all pairs, timed from reading to the last one.

REPORTS [--answers CSV --theta α1,β1,α2,β2,P]; one JSON on standard output. Imports are not timed. With
--answers the mixture's parameters are given, not fitted, and every pair is written.
"""
import argparse
import json
import time
import warnings

import numpy
import pandas
from vigipy import bcpnn, convert, gps, prr, ror

warnings.filterwarnings("ignore")


def keyed(result, columns):
    table = result.all_signals
    return table.set_index(["Product", "Adverse Event"])[columns].astype(float)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("reports")
    parser.add_argument("--answers")
    parser.add_argument("--theta")
    o = parser.parse_args()
    clock, cpu, parts = time.perf_counter(), time.process_time(), {}

    def lap(name, begin):
        parts[name] = time.perf_counter() - begin

    begin = time.perf_counter()
    rows = pandas.read_csv(o.reports, keep_default_na=False, dtype=str)
    pairs = rows.groupby(["DRUG", "AE"]).size().reset_index(name="count")
    container = convert(pairs, product_label="DRUG", count_label="count", ae_label="AE")
    lap("read and count", begin)
    found = {}
    for method in (prr, ror, bcpnn, gps):
        begin = time.perf_counter()
        given = {}
        if method is gps and o.theta:
            given = {"prior_param": [float(value) for value in o.theta.split(",")]}
        found[method.__name__] = method(container, min_events=1, **given)
        lap(method.__name__, begin)
    print(json.dumps({
        "wall": time.perf_counter() - clock, "cpu": time.process_time() - cpu, "parts": parts,
        "pairs": len(pairs),
        "theta": [float(value) for value in numpy.asarray(found["gps"].params["prior_param"])],
        "convergence": str(found["gps"].params["convergence"])}))
    if o.answers:
        table = keyed(found["prr"], ["Count", "Expected Count", "PRR"])
        table = table.join(keyed(found["ror"], ["ROR"])).join(keyed(found["gps"], ["EBGM"]))
        table.to_csv(o.answers)


if __name__ == "__main__":
    main()
