"""FPSim2's engine in memory. Arguments: library.rows queries.rows library.h5

The database is written in FPSim2's own layout straight from the packed rows, sorted by popcount as
its `create_db_file` does; a query is a bit vector, so that no SMILES is read.
"""
import os
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import rdkit
import tables
from FPSim2 import FPSim2Engine
from FPSim2 import __version__ as version
from FPSim2.io.backends.pytables import create_schema
from FPSim2.io.chem import process_fp

from orders import serve
from row_file import bit_vectors, popcounts, read

REVERSED = np.array([int(f"{byte:08b}"[::-1], 2) for byte in range(256)], np.uint8)


def words(rows):
    """FPSim2 packs the first bit highest."""
    return np.ascontiguousarray(REVERSED[rows]).view(">u8").astype("<u8")


def write_database(path, rows, counts, names=None):
    """Rows with their popcounts, by ascending popcount; a row's number is its name by default."""
    order = np.argsort(counts, kind="stable")
    filters = tables.Filters(complib="blosc2", complevel=1, fletcher32=False)
    with tables.open_file(path, "w") as file:
        table = file.create_table(
            file.root, "fps", create_schema(2048), "fps", filters=filters, expectedrows=len(rows))
        for start in range(0, len(rows), 200_000):
            some = order[start:start + 200_000]
            records = np.empty(len(some), table.dtype)
            fields = records.view("<u8").reshape(len(some), -1)
            fields[:, 0] = some if names is None else names[some]
            fields[:, 1:-1] = words(rows[some])
            fields[:, -1] = counts[some]
            table.append(records)
        table.flush()
        settings = file.create_vlarray(file.root, "config", atom=tables.ObjectAtom())
        values, starts = np.unique(counts[order], return_index=True)
        ends = [*starts[1:].tolist(), len(rows)]
        bins = [(int(value), (int(start), int(end)))
                for value, start, end in zip(values, starts, ends)]
        for setting in ("Morgan", {"radius": 2, "fpSize": 2048}, rdkit.__version__, version, bins):
            settings.append(setting)


class FPSim2:
    name, version = "FPSim2", version

    def __init__(self, queries, database):
        self.engine = FPSim2Engine(database)
        self.queries = bit_vectors(read(queries))
        self.rows = len(self.engine.fps)

    def search(self, order):
        find, value, threads = order["find"], order["value"], order["threads"]
        if find == "pairs":
            return self.engine.symmetric_distance_matrix(value, n_workers=threads)
        queries = self.queries[:order["queries"]]
        if order["together"]:
            # It has no call for many queries. A thread for each query is faster here than two
            # threads within each.
            with ThreadPoolExecutor(threads) as pool:
                return list(pool.map(lambda query: self.one(query, find, value), queries))
        return [self.one(query, find, value) for query in queries]

    def one(self, query, find, value):
        if find == "nearest":
            return self.engine.top_k(query, int(value), 0.0, n_workers=1)
        return self.engine.similarity(query, value, n_workers=1)

    def answers(self, found):
        return [(hits["mol_id"].tolist(), hits["coeff"].tolist()) for hits in found]

    def pairs(self, found):
        names = self.engine.fps[:, 0].tolist()
        matrix = found.tocoo()
        for a, b, distance in zip(matrix.row.tolist(), matrix.col.tolist(), matrix.data.tolist()):
            if a < b:
                yield names[a], names[b], 1 - distance


def load(library, queries, database):
    rows = read(library)
    first = bit_vectors(rows[:1])[0]
    if list(process_fp(first, 0)[1:-1]) != words(rows[:1])[0].tolist():
        raise SystemExit("FPSim2 packs fingerprints in another way now")
    if not os.path.exists(database):
        write_database(database + ".new", rows, popcounts(library))
        os.replace(database + ".new", database)
    return lambda: FPSim2(queries, database)


if __name__ == "__main__":
    serve(load(*sys.argv[1:]))
