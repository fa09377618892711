"""Packed rows for the peers that know numpy; see `Benchmarks/Sources/Search/RowFile.swift`."""
import numpy as np

from orders import ROW_BYTES, row_count


def read(path):
    """The rows as bytes, lowest bit first, mapped from the file."""
    count = row_count(path)
    return np.memmap(path, np.uint8, "r", shape=(count, ROW_BYTES))


def popcounts(path):
    count = row_count(path)
    return np.memmap(path, "<u2", "r", offset=count * ROW_BYTES, shape=(count,))


def bit_vectors(rows):
    from rdkit import DataStructs
    return [DataStructs.CreateFromBinaryText(row.tobytes()) for row in rows]
