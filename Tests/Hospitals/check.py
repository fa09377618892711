#!/usr/bin/env python3
"""What the script beside it checks, by arithmetic of its own: made-up persons, the pooled fit, and
what a captured stream holds.

  check.py data DIR [INPUT.csv]          one table for each of six sites
  check.py fit EFFECTS.csv DIR SITE...   the effects are the pooled fit over these sites, to 1e-8
  check.py reference EFFECTS.csv JSON    ... and R's, to 1e-9
  check.py stream CAPTURE DIR            frames are small, of fixed size, and hold no row
"""
import collections
import csv
import json
import math
import os
import random
import struct
import sys


def rows(folder, site):
    with open(os.path.join(folder, f"{site}.csv")) as file:
        return [(float(r["age"]), float(r["sex"]), float(r["lab"]), float(r["death"]))
                for r in csv.DictReader(file)]


def data(folder, source=None):
    lines = collections.defaultdict(list)
    if source:
        with open(source) as file:
            for r in csv.DictReader(file):
                lines[r["site"]].append(f"{r['age']},{r['sex']},{r['lab']},{r['death']}")
    else:
        chance = random.Random(8)
        for number, size in enumerate([600, 500, 400, 300, 200, 100]):
            for _ in range(size):
                age, sex = chance.randint(30, 90), chance.randint(0, 1)
                lab = round(chance.gauss(50 + 3 * number, 15), 1)
                eta = -1.5 + 0.4 * (age - 60) / 10 + 0.3 * sex + 0.04 * (lab - 55)
                death = int(chance.random() < 1 / (1 + math.exp(-eta)))
                lines[f"site{number + 1}"].append(f"{age},{sex},{lab},{death}")
    for site, text in lines.items():
        with open(os.path.join(folder, f"{site}.csv"), "w") as file:
            file.write("age,sex,lab,death\n" + "\n".join(text) + "\n")


def solve(matrix, right):
    size = len(right)
    rows_ = [list(row) + [value] for row, value in zip(matrix, right)]
    for place in range(size):
        pivot = max(range(place, size), key=lambda row: abs(rows_[row][place]))
        rows_[place], rows_[pivot] = rows_[pivot], rows_[place]
        for row in range(size):
            if row != place:
                share = rows_[row][place] / rows_[place][place]
                rows_[row] = [a - share * b for a, b in zip(rows_[row], rows_[place])]
    return [rows_[place][size] / rows_[place][place] for place in range(size)]


def pooled(persons):
    labs = [lab for _, _, lab, _ in persons]
    mean = math.fsum(labs) / len(labs)
    spread = math.sqrt(math.fsum((x - mean) ** 2 for x in labs) / (len(labs) - 1))
    table = [((1.0, (age - 60) / 10, sex, (lab - mean) / spread), death)
             for age, sex, lab, death in persons]
    beta = [0.0] * 4
    for _ in range(30):
        score, information = [0.0] * 4, [[0.0] * 4 for _ in range(4)]
        for x, y in table:
            fitted = 1 / (1 + math.exp(-sum(a * b for a, b in zip(x, beta))))
            for i in range(4):
                score[i] += x[i] * (y - fitted)
                for j in range(4):
                    information[i][j] += x[i] * x[j] * fitted * (1 - fitted)
        step = solve(information, score)
        beta = [a + b for a, b in zip(beta, step)]
        if max(map(abs, step)) < 1e-13:
            break
    errors = [math.sqrt(solve(information, [float(i == j) for i in range(4)])[j]) for j in range(4)]
    return beta, errors


def effects(path):
    with open(path) as file:
        found = list(csv.DictReader(file))
    return [float(r["estimate"]) for r in found], [float(r["standard_error"]) for r in found]


def close(path, beta, errors, bound):
    found = effects(path)
    worst = max(abs(a - b) / max(1, abs(b)) for a, b in zip(found[0] + found[1][:len(errors)], beta + errors))
    if not worst < bound or len(found[0]) != len(beta):
        sys.exit(f"hospitals: {path} is {worst:.3g} off the pooled fit")
    print(f"hospitals: at most {worst:.2g} off the pooled fit")


def stream(capture, folder):
    largest, rounds, sizes = 0, collections.defaultdict(set), collections.defaultdict(set)
    for site in sorted(os.listdir(capture)):
        everything, told = b"", {}
        for line in open(os.path.join(capture, site)):
            entry = json.loads(line)
            body = bytes.fromhex(entry["bytes"])
            everything += body
            told.setdefault(entry["number"], {})[entry["kind"]] = len(body) + 4
            if entry["kind"] == "question":
                asked = body[64 + 2 + 32 + 16 + 4 + 16]
            if entry["kind"] == "answer":
                # signature 64, version 2, name, three digests' worth and names: kind stands after them
                name = body[66]
                kind = body[67 + name + 32 + 32 + 16 + 4 + 16]
                sizes[asked, kind].add(len(body) - name)
                rounds[site].add(body[67 + name + 32 + 32 + 16:][:4])
        largest = max([largest] + [sum(parts.values()) for parts in told.values()])
        lines = open(os.path.join(folder, f"{site}.csv")).read().split("\n")[1:]
        for text in filter(None, lines):
            lab = float(text.split(",")[2])
            age = float(text.split(",")[0])
            needles = [text.encode(), struct.pack(">dd", age, lab), struct.pack("<dd", age, lab)]
            # A sum may well be 58, so a value alone is looked for where it has tenths of its own.
            if lab * 2 != round(lab * 2):
                needles += [struct.pack(">d", lab), struct.pack("<d", lab)]
            if any(needle in everything for needle in needles):
                sys.exit(f"hospitals: the stream of {site} holds the row {text}")
    if any(len(size) != 1 for size in sizes.values()):
        sys.exit(f"hospitals: answers of one kind have more than one size: {dict(sizes)}")
    most = max(map(len, rounds.values()))
    print(f"hospitals: {most} rounds, at most {largest} bytes a site and round; no row in the stream")
    if most > 10 or largest > 2000:
        sys.exit("hospitals: more than 10 rounds, or than 2,000 bytes a site and round")


def main():
    verb, *rest = sys.argv[1:]
    if verb == "data":
        data(*rest)
    elif verb == "fit":
        beta, errors = pooled([person for site in rest[2:] for person in rows(rest[1], site)])
        close(rest[0], beta, errors, 1e-8)
    elif verb == "reference":
        expected = json.load(open(rest[1]))["pooled"]
        # R's glm tells the errors of the place one step before its estimate, so only the estimates.
        close(rest[0], [c["beta"] for c in expected], [], 1e-9)
    elif verb == "stream":
        stream(*rest)
    else:
        sys.exit(__doc__)


main()
