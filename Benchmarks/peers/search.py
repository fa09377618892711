#!/usr/bin/env python3
"""The ten most similar rows with RDKit's bulk Tanimoto, one thread; prints one line of JSON."""
import json
import sys
import time
from importlib.metadata import version

import numpy
from rdkit import DataStructs

rows = numpy.fromfile(sys.argv[1], numpy.uint8).reshape(-1, 256)
table = [DataStructs.CreateFromBinaryText(row.tobytes()) for row in rows]
queries = [table[number * (len(table) // 10)] for number in range(10)]


def best(query):
    scores = numpy.array(DataStructs.BulkTanimotoSimilarity(query, table))
    return numpy.sort(scores[numpy.argpartition(-scores, 10)[:10]])[::-1]


best(queries[0])
wall, cpu = time.perf_counter(), time.process_time()
found = [best(query) for query in queries]
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
print(json.dumps({
    "count": len(table) * len(queries), "wall": wall, "cpu": cpu, "version": version("rdkit"),
    "checks": {"scores": float(sum(f.sum() for f in found))}}))
