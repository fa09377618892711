#!/usr/bin/env python3
"""10,000 molecules looked up in a corpus of patents: is everything found, and are its dates right?

The corpus is BindingDB's structures with the numbers of the US patents they stand in. BindingDB
tells neither dates nor families: `families.csv` gives each real number a made-up family and days, by
a rule of its number, so that there is something to compare. Expiries are the Orange Book's own.

With `--compounds` the corpus grows to so many by a library's molecules, and by the same with one of
four groups at their first methyl, each under a made-up number: a corpus of the size of a whole patent
office's. Every pair of all queries would be too many then: `--brute` says for how many queries.

Queries are structures of the corpus, approved drugs, and molecules of a library. Exact: every query
taken from the corpus must be found as the same structure. Similar: RDKit's fingerprints of all
compounds against all queries, one by one, must give the same counts and the same best similarity.
Dates and families: what stands in the table must be what SQLite answers on the same tables.
"""
import argparse
import csv
import gzip
import json
import os
import random
import sqlite3
import subprocess
import zlib

from common import HERE, save
from processes import measured

THRESHOLD = 0.85


def opened(path):
    return gzip.open(path, "rt", newline="") if path.endswith(".gz") else open(path, newline="")


def day(seed, first, years):
    value = zlib.crc32(seed.encode()) % (years * 336)
    return f"{first + value // 336:04d}-{value // 28 % 12 + 1:02d}-{value % 28 + 1:02d}"


def families(numbers, path):
    """A family for nine of ten numbers, three numbers in each; days by a rule of the number."""
    with open(path, "w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["publication", "family", "earliest_filing_date", "publication_date"])
        for place, number in enumerate(sorted(numbers)):
            family = "" if place % 10 == 9 else f"F{place // 3}"
            filed = "" if place % 7 == 6 else day(number + "f", 1998, 10)
            published = "" if place % 11 == 10 else day(number + "p", 2009, 10)
            table.writerow([number, family, filed, published])


def made_up(library, count, numbers, path):
    """So many rows of structures under new numbers, fifty on each; every thousandth is given back."""
    kept, place = [], 0
    with open(path, "w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["smiles", "patent"])
        for group in ("", "OC", "FC(F)(F)", "c1ccccc1", "N#C"):
            with opened(library) as lines:
                for row in csv.reader(lines):
                    smiles = row[0]
                    # A methyl that stands first has room for the group before it.
                    if smiles == "SMILES" or group and (
                            smiles[:1] != "C" or smiles[1:2] in "l=#123456789"):
                        continue
                    if place == count:
                        return kept
                    number = f"US{20_000_000 + place // 50}B2"
                    numbers.add(number)
                    table.writerow([group + smiles, number])
                    if place % 1000 == 0:
                        kept.append(group + smiles)
                    place += 1
    raise SystemExit(f"{library} holds too few molecules: {place} of {count}")


def book(path):
    """The latest expiry of each patent, read without the program that is tested."""
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    latest = {}
    with opened(path) as lines:
        next(lines)
        for line in lines:
            fields = line.rstrip("\r\n").split("~")
            month, rest = fields[4].split(" ", 1)
            number, year = rest.split(", ")
            expiry = f"{year}-{months.index(month) + 1:02d}-{int(number):02d}"
            patent = "US" + fields[3].split("*")[0]
            latest[patent] = max(latest.get(patent, ""), expiry)
    return latest


def database(families_path, book_path):
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE d (number TEXT PRIMARY KEY, family TEXT, first TEXT, expiry TEXT)")
    expiries = book(book_path)
    with open(families_path, newline="") as file:
        for row in csv.DictReader(file):
            days = [x for x in (row["earliest_filing_date"], row["publication_date"]) if x]
            base.execute("INSERT INTO d VALUES (?,?,?,?)", (
                row["publication"], row["family"] or None, min(days, default=None),
                expiries.get(row["publication"])))
    base.execute("CREATE INDEX f ON d (family)")
    return base


def check_dates(base, rows):
    """How many found documents have another family, earliest day or expiry than SQL says."""
    wrong, compared = [], 0
    for row in rows:
        if not row["patent_document"]:
            continue
        compared += 1
        answer = base.execute("""
            SELECT d.family, CASE WHEN d.family IS NULL THEN d.first ELSE
              (SELECT min(first) FROM d AS m WHERE m.family = d.family) END, d.expiry
            FROM d WHERE d.number = ?""", (row["patent_document"],)).fetchone()
        found = tuple(row[x] or None for x in ("patent_family", "patent_earliest", "patent_expiry"))
        if answer != found:
            wrong.append([row["patent_document"], answer, found])
    return compared, wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--osong", required=True)
    parser.add_argument("--python", required=True, help="a Python with RDKit and NumPy")
    parser.add_argument("--corpus", required=True, help="bindingdb.csv.gz")
    parser.add_argument("--book", required=True, help="the Orange Book's patent.txt, also .gz")
    parser.add_argument("--drugs", required=True, help="a table of approved drugs")
    parser.add_argument("--library", required=True, help="a table of other molecules")
    parser.add_argument("--queries", type=int, default=10_000)
    parser.add_argument("--more", help="a table of molecules that the corpus is grown by")
    parser.add_argument("--compounds", type=int, default=0, help="rows of the corpus then")
    parser.add_argument("--brute", type=int, default=0, help="queries compared with all; 0 is all")
    parser.add_argument("--work", default=os.path.join(HERE, ".peers/patents"))
    o = parser.parse_args()
    os.makedirs(o.work, exist_ok=True)
    path = lambda name: os.path.join(o.work, name)

    structures, numbers = [], set()
    with opened(o.corpus) as file:
        for row in csv.DictReader(file):
            if row["patent"] and row["smiles"]:
                structures.append(row["smiles"])
                numbers.add(row["patent"])
    tables, added = [o.corpus], []
    grown = max(0, o.compounds - len(structures))
    if grown:
        added = made_up(o.more, grown, numbers, path("more.csv"))
        tables.append(path("more.csv"))
    families(numbers, path("families.csv"))
    build, _ = measured([
        o.osong, "patents", "build", path("binding.patents"), *tables, path("families.csv"),
        o.book, "--name", "patents of BindingDB", "--up-to", "2019-12-13",
        *(["--connectivity", "smiles"] if len(tables) > 1 else []), "--quiet"])
    corpus = json.load(open(path("binding.patents/corpus.json")))

    pick = random.Random(7)
    drugs = []
    with opened(o.drugs) as file:
        for row in csv.DictReader(file):
            drugs += [row["smiles"]] if row["smiles"] else []
    with opened(o.library) as file:
        others = [next(iter(row.values())) for row in csv.DictReader(file)]
    third = (o.queries - len(drugs)) // 2
    picked = pick.sample(sorted(set(added)), min(len(set(added)), third // 2))
    picked += pick.sample(sorted(set(structures)), third - len(picked))
    queries = [("corpus", x) for x in picked]
    queries += [("drug", x) for x in drugs]
    queries += [("library", x) for x in pick.sample(others, o.queries - len(queries))]
    with open(path("queries.csv"), "w", newline="") as file:
        csv.writer(file).writerows([["origin", "smiles"], *queries])
    check, _ = measured([
        o.osong, "patents", "check", path("binding.patents"), path("queries.csv"),
        "--threshold", str(THRESHOLD), "-o", path("checked.csv"), "--quiet"])
    with open(path("checked.csv"), newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(r["origin"], r["smiles"]) for r in rows] == queries, "rows keep order and columns"

    known = [r for r in rows if r["origin"] == "corpus" and r["patent_status"] != "refused"]
    exact = sum(r["patent_status"] == "exact" for r in known)
    compared, wrong = check_dates(database(path("families.csv"), o.book), rows)
    said = subprocess.run(
        [o.python, os.path.join(HERE, "peers/patents_brute_force.py"),
         path("binding.patents/compounds.olib"), path("checked.csv"), o.osong, str(THRESHOLD),
         o.work, str(o.brute)], check=True, stdout=subprocess.PIPE, text=True).stdout
    name = "patents-large" if grown else "patents"
    save(name, {
        "command": "Benchmarks/run " + name, "corpus": {
            "compounds": corpus["counts"]["compounds"], "links": corpus["counts"]["links"],
            "documents": corpus["counts"]["documents"],
            "made up": "families and days; BindingDB has none" if len(tables) == 1 else
            f"{grown:,} structures and their numbers; all families and days"},
        "build": build, "check": check, "queries": len(rows), "threshold": THRESHOLD,
        "exact": {"asked": len(known), "found": exact,
                  "refused": sum(r["patent_status"] == "refused" for r in rows)},
        "dates and families against SQLite": {
            "compared": compared, "different": len(wrong), "examples": wrong[:5]},
        "similar, brute force": json.loads(said),
    })


if __name__ == "__main__":
    main()
