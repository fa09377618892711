"""chemfp 1.6.1, the last free one, which needs Python 2.7. Arguments: library.fps queries.fps"""
import sys

import chemfp
from chemfp import search

from orders import serve


class Chemfp(object):
    name, version = "chemfp", chemfp.__version__

    def __init__(self, library, queries):
        # Sorted by popcount, which its bounds need.
        self.library = chemfp.load_fingerprints(library, reorder=True)
        self.queries = chemfp.load_fingerprints(queries, reorder=False)
        self.rows = len(self.library)

    def search(self, order):
        chemfp.set_num_threads(order["threads"])
        value, library = order["value"], self.library
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
        for result in found:
            pairs = result.get_ids_and_scores()
            yield [int(name) for name, _ in pairs], [score for _, score in pairs]

    def pairs(self, found):
        names = [int(name) for name in self.library.arena_ids]
        for place, result in enumerate(found):
            for other, score in result.get_indices_and_scores():
                yield names[place], names[other], score


if __name__ == "__main__":
    serve(lambda: Chemfp(*sys.argv[1:]))
