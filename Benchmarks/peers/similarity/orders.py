"""How a peer takes orders: one line of JSON in, one out. For Python 2.7 and 3, no packages.

A peer is an object with `name`, `version`, `rows` and `search(order)`, which alone is timed. What
it found becomes (rows, similarities) for each query by `answers(found)`, or, if all pairs were
asked for, (row, row, similarity) by `pairs(found)`, each pair once. One that reads its queries from
files writes them in `prepare(order)`.
`Benchmarks/Sources/Search/Order.swift` is the same for ours.
"""
import array
import json
import os
import resource
import sys
import time

clock = getattr(time, "perf_counter", time.time)

#: A row of a library: 2,048 bits, lowest first. A popcount of 2 bytes a row follows all the rows.
ROW_BYTES = 256


def row_count(path):
    return os.path.getsize(path) // (ROW_BYTES + 2)


def processor():
    """Seconds of processor time of this process, all threads together."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def resident():
    """Bytes of memory of the process's own, and of mapped files."""
    with open("/proc/self/status") as lines:
        fields = dict(line.split(":", 1) for line in lines)
    return [1024 * int(fields[name].split()[0]) for name in ("RssAnon", "RssFile")]


def write_answers(path, answers):
    with open(path, "wb") as file:
        for rows, scores in answers:
            array.array("I", [len(rows)]).tofile(file)
            array.array("I", rows).tofile(file)
            array.array("d", scores).tofile(file)


def by_lower_row(pairs, count):
    """All pairs as answers: each belongs to the lower of its row numbers."""
    found = [([], []) for _ in range(count)]
    for a, b, score in pairs:
        rows, scores = found[min(a, b)]
        rows.append(max(a, b))
        scores.append(score)
    return found


def serve(load):
    """Makes the peer with `load` and carries out the orders from standard input."""
    # What a library prints must not stand between the replies.
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def say(reply):
        replies.write(json.dumps(reply) + "\n")
        replies.flush()

    cpu, wall = processor(), clock()
    peer = load()
    cpu, wall = processor() - cpu, clock() - wall
    anonymous, mapped = resident()
    say({"peer": peer.name, "version": peer.version, "rows": peer.rows, "wall": wall, "cpu": cpu,
         "anonymous": anonymous, "mapped": mapped})
    for line in iter(sys.stdin.readline, ""):
        order = json.loads(line)
        if hasattr(peer, "prepare"):
            peer.prepare(order)
        cpu, wall = processor(), clock()
        found = peer.search(order)
        cpu, wall = processor() - cpu, clock() - wall
        if order["find"] == "pairs":
            answers = by_lower_row(peer.pairs(found), peer.rows)
        else:
            answers = [([int(row) for row in rows], [float(score) for score in scores])
                       for rows, scores in peer.answers(found)]
        if order.get("answers"):
            write_answers(order["answers"], answers)
        say({"wall": wall, "cpu": cpu, "hits": sum(len(rows) for rows, _ in answers),
             "scores": sum(sum(scores) for _, scores in answers)})
