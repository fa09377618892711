"""faiss' flat binary index. It ranks by Hamming distance: a ceiling of speed, not an equal.

Arguments: library.rows queries.rows
"""
import sys

import faiss
import numpy as np

from orders import serve
from row_file import read


class Faiss:
    name, version = "faiss", faiss.__version__

    def __init__(self, library, queries):
        self.index = faiss.IndexBinaryFlat(2048)
        self.index.add(np.array(read(library)))
        self.queries = np.array(read(queries))
        self.rows = self.index.ntotal

    def search(self, order):
        faiss.omp_set_num_threads(order["threads"])
        queries = self.queries[:order["queries"]]
        if order["together"]:
            return [self.index.search(queries, int(order["value"]))]
        return [self.index.search(queries[n:n + 1], int(order["value"]))
                for n in range(len(queries))]

    def answers(self, found):
        return [(rows.tolist(), (-distances).tolist())
                for batch in found for distances, rows in zip(*batch)]


if __name__ == "__main__":
    serve(lambda: Faiss(*sys.argv[1:]))
