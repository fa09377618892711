"""usearch: exact search, or its HNSW graph. Arguments: library.rows queries.rows exact|graph"""
import sys

import numpy as np
import usearch
from usearch.index import Index, MetricKind, ScalarKind, search

from orders import serve
from row_file import read


class Exact:
    name, version = "usearch", usearch.__version__

    def __init__(self, library, queries):
        self.library = np.array(read(library))
        self.queries = np.array(read(queries))
        self.rows = len(self.library)

    def search(self, order):
        queries = self.queries[:order["queries"]]
        if order["together"]:
            return self.find(queries, order)
        return [self.find(query, order) for query in queries]

    def find(self, queries, order):
        return search(self.library, queries, int(order["value"]), MetricKind.Tanimoto, exact=True,
                      threads=order["threads"])

    def answers(self, found):
        return [(hits.keys.tolist(), (1 - hits.distances).tolist()) for hits in found]


class Graph(Exact):
    """Approximate: only its recall is comparable."""
    name = "usearch HNSW"

    def __init__(self, library, queries):
        super().__init__(library, queries)
        self.graph = Index(ndim=2048, metric=MetricKind.Tanimoto, dtype=ScalarKind.B1)
        self.graph.add(np.arange(self.rows), self.library, threads=2)

    def find(self, queries, order):
        return self.graph.search(queries, int(order["value"]), threads=order["threads"])


if __name__ == "__main__":
    kind = {"exact": Exact, "graph": Graph}[sys.argv[3]]
    serve(lambda: kind(*sys.argv[1:3]))
