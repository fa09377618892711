"""smiles-fp's search over a mapped file. Arguments: library.rows queries.rows FOLDER

It reads queries from files too, so there is one file for each number of queries.
"""
import os
import sys
from importlib.metadata import version

from smiles_fp import bulk_tanimoto_mmap_topk, save_fingerprints

from orders import serve
from row_file import bit_vectors, read


class SmilesFP:
    name, version = "smiles-fp", version("smiles-fp")

    def __init__(self, library, queries, folder):
        self.folder = folder
        self.library = os.path.join(folder, "library.fp")
        rows = read(library)
        self.rows = len(rows)
        if not os.path.exists(self.library):
            write_library(rows, self.library)
        self.queries = bit_vectors(read(queries))
        self.files = []

    def prepare(self, order):
        count = order["queries"]
        step = count if order["together"] else 1
        self.files = [os.path.join(self.folder, f"{n}-{n + step}.fp")
                      for n in range(0, count, step)]
        for n, path in enumerate(self.files):
            save_fingerprints(self.queries[n * step:(n + 1) * step], path)

    def search(self, order):
        return [bulk_tanimoto_mmap_topk(path, self.library, int(order["value"]), order["threads"])
                for path in self.files]

    def answers(self, found):
        return [(rows.tolist(), scores.tolist())
                for batch in found for rows, scores in zip(*batch)]


def write_library(rows, path):
    """Its own head, with the rows behind it, so that a large library needs no bit vectors."""
    save_fingerprints(bit_vectors(rows[:64]), path + ".new")
    with open(path + ".new", "rb") as file:
        few = file.read()
    head, body = few[:-64 * 256], few[-64 * 256:]
    if body != rows[:64].tobytes() or int.from_bytes(head[:4], "little") != 64:
        raise SystemExit("smiles-fp writes another layout now")
    with open(path + ".new", "wb") as file:
        file.write(len(rows).to_bytes(4, "little") + head[4:])
        for start in range(0, len(rows), 100_000):
            file.write(rows[start:start + 100_000].tobytes())
    os.replace(path + ".new", path)


if __name__ == "__main__":
    serve(lambda: SmilesFP(*sys.argv[1:]))
