"""The engines that are compared, and how each is started and asked."""
import json
import os
import subprocess

from common import HERE

#: Sizes of library: the real one, the real one grown by copies with flipped bits, its beginning.
#: Rows in a segment, as `osong library build` leaves them.
SEGMENT_ROWS = 1_048_576
SIZES = {"1.94 M": 1_936_462, "10 M": 10_000_000, "100 k": 100_000}


class Row:
    """A row of the table: one kind of search on one size of library."""

    def __init__(self, name, size, find, value, queries, together=False, threads=1, turns=5):
        self.name, self.size, self.find, self.value = name, size, find, value
        self.queries, self.together, self.threads, self.turns = queries, together, threads, turns

    def order(self, most, answers=None):
        return {"find": self.find, "value": self.value, "together": self.together,
                "first": 0, "queries": min(self.queries, most), "threads": self.threads,
                "answers": answers}


def searches(size, turns, turns_together):
    for count in (10, 100):
        yield Row(f"top {count}", size, "nearest", count, 200, turns=turns)
    for threshold in (0.4, 0.7, 0.8):
        yield Row(f"at least {threshold}", size, "atLeast", threshold, 200, turns=turns)
    for name, find, value in (("top 10", "nearest", 10), ("at least 0.7", "atLeast", 0.7)):
        yield Row(f"{name}, 1,000 queries, two threads", size, find, value, 1_000, together=True,
                  threads=2, turns=turns_together)


ROWS = [
    *searches("1.94 M", turns=5, turns_together=3),
    *searches("10 M", turns=3, turns_together=2),
    Row("all pairs at least 0.6", "100 k", "pairs", 0.6, 0, turns=3),
    Row("top 10 of a graph", "100 k", "nearest", 10, 200),
]


class Peer:
    """A rival: its script, and what it can be asked.

    `kind` is "exact"; or "ceiling", whose answers are others by design; or "approximate".
    `most` queries are asked for at once or one by one, the same of ours in the same turn.
    """

    def __init__(self, name, script, *arguments, rows, most=1_000, kind="exact", python="python"):
        self.name, self.script, self.arguments, self.rows = name, script, arguments, rows
        self.most, self.kind, self.python = most, kind, python

    def answers(self, row):
        return self.rows(row)

    def queries(self, row):
        return self.most(row) if callable(self.most) else self.most


def flat(row):
    return row.find != "pairs" and "graph" not in row.name


def few(single, together):
    return lambda row: together if row.together else single


PEERS = [
    Peer("chemfp", "with_chemfp.py", "{size}/library.fps", "{data}/queries.fps",
         rows=lambda row: "graph" not in row.name, python="python2"),
    Peer("FPSim2", "with_fpsim2.py", "{size}/library.rows", "{data}/queries.rows",
         "{size}/library.h5", rows=lambda row: "graph" not in row.name),
    Peer("faiss", "with_faiss.py", "{size}/library.rows", "{data}/queries.rows",
         rows=lambda row: flat(row) and row.find == "nearest", kind="ceiling"),
    Peer("smiles-fp", "with_smiles_fp.py", "{size}/library.rows", "{data}/queries.rows", "{size}",
         rows=lambda row: flat(row) and row.find == "nearest" and row.size != "10 M",
         most=few(20, 100)),
    Peer("usearch", "with_usearch.py", "{size}/library.rows", "{data}/queries.rows", "exact",
         rows=lambda row: flat(row) and row.find == "nearest" and row.size != "10 M",
         most=few(20, 100)),
    Peer("RDKit", "with_rdkit.py", "{size}/library.rows", "{data}/queries.rows",
         rows=lambda row: flat(row) and not row.together and row.size != "10 M", most=10),
    Peer("smbt", "with_smbt.py", "{size}/library.rows", "{data}/queries.rows", "{size}",
         rows=lambda row: flat(row) and row.find == "atLeast" and row.size != "10 M",
         most=lambda row: 5 if row.value < 0.5 else 20),
    Peer("usearch HNSW", "with_usearch.py", "{size}/library.rows", "{data}/queries.rows", "graph",
         rows=lambda row: "graph" in row.name, kind="approximate"),
    Peer("our row scan", None, "by-rows", "{size}/library.rows", "{data}/queries.rows",
         rows=flat, most=few(50, 200)),
]


class Engine:
    """A running process that answers orders."""

    def __init__(self, command, before=None, **environment):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, preexec_fn=before,
            env=dict(os.environ, OMP_WAIT_POLICY="PASSIVE", TQDM_DISABLE="1", **environment))
        self.greeting = self.reply()

    def reply(self):
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.process.args[:2]} ended with {self.process.wait()}")
        return json.loads(line)

    def ask(self, order):
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return self.reply()

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def our_command(search, places):
    return [search, "by-columns", *(argument.format(**places) for argument in (
        "{size}/columns", "{data}/queries.rows"))]


def peer_command(peer, pythons, search, places):
    """The command that starts a peer; None where its Python is not at hand."""
    arguments = [argument.format(**places) for argument in peer.arguments]
    if peer.script is None:
        return [search, *arguments]
    python = pythons.get(peer.python)
    script = os.path.join(HERE, "peers", "similarity", peer.script)
    return [python, script, *arguments] if python else None
