#!/usr/bin/env python3
"""Ours and the rivals of similarity search in turns, on the same library and queries.

Both run at once and answer orders in turns, so that a turn costs no loading. The answers of both
are compared, query by query and row by row, before any time is taken. Every measured row is kept in
its own file: a run goes on where another ended, and measures again what our sources have changed.
"""
import argparse
import hashlib
import json
import os
import subprocess
import sys
import time

import similarity_answers
from common import HERE, machine, save, summary
from similarity_peers import (
    PEERS, ROWS, SEGMENT_ROWS, SIZES, Engine, our_command, peer_command)


def source_digest():
    """What our side of the measurements was built from."""
    digest = hashlib.sha256()
    root = os.path.join(os.path.dirname(HERE), "Sources")
    for room in ("CFingerprints", "Fingerprints", "Parallelism"):
        for folder, folders, names in sorted(os.walk(os.path.join(root, room))):
            folders.sort()
            for name in sorted(names):
                with open(os.path.join(folder, name), "rb") as file:
                    digest.update(name.encode() + file.read())
    return digest.hexdigest()[:12]


def say(text):
    print(text, file=sys.stderr, flush=True)


def write_fps(rows, path, row_bytes=256):
    """The rows as FPS text for chemfp, the row's number as its id."""
    if os.path.exists(path):
        return
    count = os.path.getsize(rows) // (row_bytes + 2)
    with open(rows, "rb") as source, open(path + ".new", "w") as target:
        target.write("#FPS1\n#num_bits=2048\n#type=RDKit-Morgan/2 radius=2 fpSize=2048\n")
        for start in range(0, count, 50_000):
            digits = source.read(row_bytes * min(50_000, count - start)).hex()
            step = 2 * row_bytes
            target.writelines(f"{digits[n:n + step]}\t{start + n // step}\n"
                              for n in range(0, len(digits), step))
    os.replace(path + ".new", path)


def prepare(o, size):
    """The files of one library; a folder."""
    folder = os.path.join(o.data, size.replace(" ", ""))
    os.makedirs(folder, exist_ok=True)
    library = os.path.join(folder, "library.rows")
    columns = os.path.join(folder, "columns")
    packed = os.path.join(o.data, "moses.u8")
    if not os.path.exists(library):
        subprocess.run([o.search, "rows", packed, str(SIZES[size]), library], check=True)
    if not os.path.exists(os.path.join(columns, "columns.json")):
        subprocess.run([o.search, "segments", packed, str(SIZES[size]), str(SEGMENT_ROWS), columns],
                       check=True)
    if o.python2:
        write_fps(library, os.path.join(folder, "library.fps"))
    return folder


def compare(o, row, peer, ours, theirs):
    """The record of one row against one peer: equality first, then turns."""
    paths = [os.path.join(o.data, name) for name in ("ours.answers", "theirs.answers")]
    most = peer.queries(row)
    for engine, path in zip((ours, theirs), paths):
        engine.ask(row.order(most, answers=path))
    record = {"kind": peer.kind, "version": theirs.greeting.get("version", ""),
              "threads": row.threads, "queries": row.order(most)["queries"],
              "rows": ours.greeting["rows"], "load before": os.getloadavg()[0]}
    if peer.kind == "exact":
        record["differences"] = similarity_answers.differences(
            *paths, cut=row.find == "nearest")
    elif peer.kind == "approximate":
        record["recall"] = similarity_answers.recall(*paths)
    turns = {"ours": [], "theirs": []}
    turn_count = o.turns or row.turns
    for number in range(turn_count):
        turns["ours"].append(ours.ask(row.order(most)))
        turns["theirs"].append(theirs.ask(row.order(most)))
        say("  {}/{}: {:.3f} against {:.3f} CPU seconds".format(
            number + 1, turn_count, turns["ours"][-1]["cpu"], turns["theirs"][-1]["cpu"]))
    for clock in ("cpu", "wall"):
        for name, replies in turns.items():
            record[f"{name} {clock}"] = summary([reply[clock] for reply in replies])
        record[f"ratio {clock}"] = summary(
            [b[clock] / a[clock] for a, b in zip(turns["ours"], turns["theirs"])])
    for name, replies in turns.items():
        record[f"{name} hits"], record[f"{name} scores"] = replies[0]["hits"], replies[0]["scores"]
    return record


class Store:
    """What was measured, a file for each row and peer."""

    def __init__(self, folder, digest):
        self.folder, self.digest = folder, digest
        os.makedirs(folder, exist_ok=True)

    def path(self, row, peer):
        name = f"{row.size} {row.name} {peer.name}".replace(" ", "-").replace(",", "")
        return os.path.join(self.folder, name + ".json")

    def read(self, row, peer):
        try:
            with open(self.path(row, peer)) as file:
                return json.load(file)
        except FileNotFoundError:
            return None

    def is_missing(self, row, peer):
        record = self.read(row, peer)
        return record is None or record["sources"] != self.digest

    def write(self, row, peer, record):
        record = dict(
            record, sources=self.digest, peer=peer.name, row=row.name, size=row.size,
            find=row.find, value=row.value, machine=machine(),
            date=time.strftime("%Y-%m-%d", time.gmtime()))
        with open(self.path(row, peer) + ".new", "w") as file:
            json.dump(record, file, indent=1, sort_keys=True)
        os.replace(self.path(row, peer) + ".new", self.path(row, peer))


def run(o, store, size):
    rows = [row for row in ROWS if row.size == size]
    places = {"data": o.data, "size": prepare(o, size)}
    pythons = {"python": o.python, "python2": o.python2}
    ours = None
    for peer in PEERS:
        wanted = [row for row in rows if peer.answers(row) and o.only in f"{row.name} {peer.name}"]
        missing = [row for row in wanted if o.again or store.is_missing(row, peer)]
        command = peer_command(peer, pythons, o.search, places)
        if missing and command is None:
            say(f"{peer.name}: no Python 2.7 at hand, left out")
        if not missing or command is None:
            continue
        ours = ours or Engine(our_command(o.search, places))
        say(f"{size}: loading {peer.name}")
        theirs = Engine(command, PYTHONPATH=o.chemfp) if peer.python == "python2" else Engine(
            command)
        for row in missing:
            say(f"{size}, {row.name}: {peer.name}")
            record = compare(o, row, peer, ours, theirs)
            record["ready"] = {"ours": ours.greeting, "theirs": theirs.greeting}
            store.write(row, peer, record)
        theirs.close()
    if ours:
        ours.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--search", required=True, help="our program of this package")
    parser.add_argument("--data", required=True, help="the folder with moses.u8 and queries.rows")
    parser.add_argument("--python", required=True, help="Python with the rivals")
    parser.add_argument("--python2", help="Python 2.7, for chemfp")
    parser.add_argument("--chemfp", help="the folder where chemfp is installed")
    parser.add_argument("--sizes", nargs="*", default=list(SIZES), choices=list(SIZES))
    parser.add_argument("--only", default="", help="rows and peers whose names hold this")
    parser.add_argument("--turns", type=int, help="turns of each row, instead of its own number")
    parser.add_argument("--again", action="store_true", help="measure what was measured already")
    o = parser.parse_args()
    store = Store(os.path.join(o.data, "measured"), source_digest())
    if o.python2:
        write_fps(os.path.join(o.data, "queries.rows"), os.path.join(o.data, "queries.fps"))
    for size in o.sizes:
        run(o, store, size)
    records = [record for row in ROWS for peer in PEERS if (record := store.read(row, peer))]
    save("similarity", {"measured": records, "command": "Benchmarks/run search-peers"})


if __name__ == "__main__":
    main()
