"""smbt, the succinct multibit tree (Tabei, WABI 2012): thresholds only.

Arguments: library.rows queries.rows FOLDER
"""
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version

import numpy as np
import smbt

from orders import serve
from row_file import read


def set_bits(rows):
    """The places of the set bits of each row."""
    places, bits = np.nonzero(np.unpackbits(rows, axis=1, bitorder="little"))
    ends = np.cumsum(np.bincount(places, minlength=len(rows)))[:-1]
    return [row.tolist() for row in np.split(bits, ends)]


class Tree:
    name, version = "smbt", version("smbt")

    def __init__(self, library, queries, folder):
        rows = read(library)
        saved = os.path.join(folder, "tree.smbt")
        if not os.path.exists(saved):
            text = os.path.join(folder, "rows.txt")
            with open(text, "w") as file:
                for start in range(0, len(rows), 20_000):
                    file.writelines(" ".join(map(str, row)) + "\n"
                                    for row in set_bits(rows[start:start + 20_000]))
            smbt.build_file(text, mode=1, minsup=10).save(saved + ".new")
            os.replace(saved + ".new", saved)
            os.remove(text)
        self.tree = smbt.load(saved)
        self.queries = set_bits(read(queries))
        self.rows = len(rows)

    def search(self, order):
        queries = self.queries[:order["queries"]]
        if order["together"]:
            with ThreadPoolExecutor(order["threads"]) as pool:
                return list(pool.map(lambda query: self.one(query, order), queries))
        return [self.one(query, order) for query in queries]

    def one(self, query, order):
        return self.tree.search(query, similarity=order["value"])

    def answers(self, found):
        return [([row for row, _ in hits], [score for _, score in hits]) for hits in found]


if __name__ == "__main__":
    serve(lambda: Tree(*sys.argv[1:]))
