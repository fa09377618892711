#!/usr/bin/env python3
"""Round trips of fingerprints: out of a library, through other programs, and back.

Every fingerprint and every id must be equal; one that is not ends the run with 1.
"""
import argparse
import csv
import os
import subprocess
import sys

from common import HERE, save


def records(path):
    """The (fingerprint, id) lines of a list or an FPS file, in its order."""
    with open(path, encoding="utf-8") as lines:
        return [line.rstrip("\n") for line in lines if not line.startswith("#")]


def number(record):
    """The id of a record, which is a number here."""
    return int(record.split("\t")[1])


class RoundTrips:
    def __init__(self, o):
        self.o = o
        self.checks = []
        os.makedirs(o.work, exist_ok=True)

    def path(self, name):
        return os.path.join(self.o.work, name)

    def osong(self, *arguments):
        subprocess.run([self.o.osong, *arguments, "--quiet"], check=True)

    def peer(self, python, script, *arguments, **environment):
        """Runs a peer's script; returns its version."""
        command = [python, os.path.join(HERE, "peers", "formats", script), *arguments]
        done = subprocess.run(command, env=dict(os.environ, **environment), check=True, text=True,
                              stdout=subprocess.PIPE)
        return done.stdout.split()[-1]

    def expect(self, what, found, expected):
        """Notes whether two lists of records are equal, order and all."""
        different = sum(a != b for a, b in zip(found, expected)) + abs(len(found) - len(expected))
        self.checks.append({"what": what, "records": len(expected), "different": different})
        print(f"formats: {what}: {len(expected):,} records, "
              + (f"{different:,} DIFFERENT" if different else "all equal"), flush=True)

    def skip(self, what, reason):
        self.checks.append({"what": what, "skipped": reason})
        print(f"formats: {what}: SKIPPED, {reason}", flush=True)

    def export(self):
        """Builds a library and takes its fingerprints and structures out."""
        library = self.path("library.olib")
        subprocess.run(["rm", "-rf", library], check=True)
        self.osong("library", "build", library, self.o.molecules)
        self.osong("library", "export", library, "-o", self.path("exported.fps"))
        self.osong("library", "export", library, "-o", self.path("exported.csv"))
        return library

    def run(self):
        library = self.export()
        exported = records(self.path("exported.fps"))
        version = self.peer(self.o.python, "fps_rdkit.py", self.path("exported.csv"),
                            self.path("rdkit.list"))
        self.expect(f"exported FPS against RDKit {version} on the exported structures", exported,
                    records(self.path("rdkit.list")))
        version = self.peer(self.o.python, "fps_fpsim2.py", self.path("exported.fps"),
                            self.path("fpsim2.h5"), self.path("fpsim2.list"))
        by_id = sorted(exported, key=number)
        self.expect(f"exported FPS in FPSim2 {version}", records(self.path("fpsim2.list")), by_id)
        self.fpb(library, by_id)
        if not self.o.python2:
            self.skip("exported FPS in chemfp 1.6.1, and back", "no Python 2.7 at hand")
            return
        version = self.peer(
            self.o.python2, "fps_chemfp.py", self.path("exported.fps"), self.path("chemfp.fps"),
            self.path("chemfp.list"), PYTHONPATH=self.o.chemfp)
        for what, name in (("exported FPS in", "chemfp.list"), ("FPS written by", "chemfp.fps")):
            self.expect(f"{what} chemfp {version}", records(self.path(name)), exported)
        self.imported(library, exported)

    def fpb(self, library, by_id):
        """FPB has a free reader in RDKit; chemfp 1.6.1 reads none."""
        help_text = subprocess.run([self.o.osong, "library", "export", "--help"], check=True,
                                   text=True, stdout=subprocess.PIPE).stdout
        if ".fpb" not in help_text:
            self.skip("exported FPB in RDKit", "`osong library export` writes none")
            return
        self.osong("library", "export", library, "-o", self.path("exported.fpb"))
        version = self.peer(self.o.python, "fpb_rdkit.py", self.path("exported.fpb"),
                            self.path("fpb.list"))
        # The rows of an FPB file are in the order of their popcounts.
        self.expect(f"exported FPB in RDKit {version}",
                    sorted(records(self.path("fpb.list")), key=number), by_id)

    def imported(self, library, exported):
        """Reads chemfp's file as queries: each finds the compounds with its fingerprint alone."""
        self.osong("search", library, "--fps", self.path("chemfp.fps"), "--threshold", "1",
                   "-o", self.path("found.csv"))
        with open(self.path("found.csv"), newline="") as table:
            found = sorted((row["query_id"], row["id"]) for row in csv.DictReader(table))
        owners = {}
        for record in exported:
            fingerprint, name = record.split("\t")
            owners.setdefault(fingerprint, []).append(name)
        expected = sorted((name, other) for names in owners.values() for name in names
                          for other in names)
        self.expect("FPS that chemfp wrote, read by `osong search --fps`", found, expected)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--osong", required=True, help="the program")
    parser.add_argument("--molecules", required=True, help="a file of SMILES and numbers")
    parser.add_argument("--work", required=True, help="a folder for what is made on the way")
    parser.add_argument("--python", required=True, help="Python with RDKit and FPSim2")
    parser.add_argument("--python2", help="Python 2.7, for chemfp")
    parser.add_argument("--chemfp", help="the folder where chemfp is installed")
    trips = RoundTrips(parser.parse_args())
    trips.run()
    save("formats", {"checks": trips.checks, "command": "Benchmarks/run formats"})
    sys.exit(any(check.get("different") for check in trips.checks))


if __name__ == "__main__":
    main()
