"""chemfp 1.6.1, the last free one, which needs Python 2.7. Arguments: library.fps queries.fps"""
import itertools
import sys

import chemfp
from chemfp import search

from orders import ROW_BYTES, serve

#: It counts the bytes of an arena in 31 bits; a larger library is searched as several.
MOST_ROWS = (1 << 31) // ROW_BYTES - 1


def load(path):
    """The library as arenas sorted by popcount, which its bounds need."""
    reader = chemfp.open(path)
    rows, arenas = iter(reader), []
    while True:
        part = list(itertools.islice(rows, MOST_ROWS))
        if not part:
            return arenas
        arenas.append(chemfp.load_fingerprints(iter(part), metadata=reader.metadata, reorder=True))


class Chemfp(object):
    name, version = "chemfp", chemfp.__version__

    def __init__(self, library, queries):
        self.arenas = load(library)
        self.queries = chemfp.load_fingerprints(queries, reorder=False)
        self.rows = sum(len(arena) for arena in self.arenas)

    def search(self, order):
        chemfp.set_num_threads(order["threads"])
        self.most = int(order["value"]) if order["find"] == "nearest" else None
        return [self.search_arena(order, arena) for arena in self.arenas]

    def search_arena(self, order, library):
        value = order["value"]
        if order["find"] == "pairs":
            return search.threshold_tanimoto_search_symmetric(
                library, threshold=value, include_lower_triangle=False)
        queries = self.queries[:order["queries"]]
        if order["together"]:
            if order["find"] == "nearest":
                return search.knearest_tanimoto_search_arena(
                    queries, library, k=int(value), threshold=0.0)
            return search.threshold_tanimoto_search_arena(queries, library, threshold=value)
        if order["find"] == "nearest":
            return [search.knearest_tanimoto_search_fp(
                query, library, k=int(value), threshold=0.0) for _, query in queries]
        return [search.threshold_tanimoto_search_fp(query, library, threshold=value)
                for _, query in queries]

    def answers(self, found):
        for results in zip(*found):
            hits = [hit for result in results for hit in result.get_ids_and_scores()]
            hits = sorted(hits, key=lambda hit: -hit[1])[:self.most]
            yield [int(name) for name, _ in hits], [score for _, score in hits]

    def pairs(self, found):
        # All pairs are asked for of libraries that are one arena only.
        (arena,), (results,) = self.arenas, found
        names = [int(name) for name in arena.arena_ids]
        for place, result in enumerate(results):
            for other, score in result.get_indices_and_scores():
                yield names[place], names[other], score


if __name__ == "__main__":
    serve(lambda: Chemfp(*sys.argv[1:]))
