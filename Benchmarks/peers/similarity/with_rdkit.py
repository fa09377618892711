"""RDKit's bulk Tanimoto over a list of bit vectors. Arguments: library.rows queries.rows"""
import sys

import numpy as np
import rdkit
from rdkit import DataStructs

from orders import serve
from row_file import bit_vectors, read


class RDKit:
    name, version = "RDKit", rdkit.__version__

    def __init__(self, library, queries):
        self.library = bit_vectors(read(library))
        self.queries = bit_vectors(read(queries))
        self.rows = len(self.library)

    def search(self, order):
        return [self.one(query, order) for query in self.queries[:order["queries"]]]

    def one(self, query, order):
        scores = np.array(DataStructs.BulkTanimotoSimilarity(query, self.library))
        if order["find"] == "nearest":
            rows = np.argpartition(-scores, int(order["value"]))[:int(order["value"])]
        else:
            rows = np.nonzero(scores >= order["value"])[0]
        rows = rows[np.argsort(-scores[rows], kind="stable")]
        return rows, scores[rows]

    def answers(self, found):
        return found


if __name__ == "__main__":
    serve(lambda: RDKit(*sys.argv[1:]))
