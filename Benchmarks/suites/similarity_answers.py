"""Whether two engines gave the same answers; similarities may be rounded to 32 bits."""
import array

#: Far less than the least difference of two unequal ratios of bits, far more than a float's.
ROUNDING = 1e-6


def read(path):
    """A list of (similarity, row) for each query, the best first."""
    answers = []
    with open(path, "rb") as file:
        while True:
            count = array.array("I")
            try:
                count.fromfile(file, 1)
            except EOFError:
                return answers
            rows, scores = array.array("I"), array.array("d")
            rows.fromfile(file, count[0])
            scores.fromfile(file, count[0])
            answers.append(sorted(zip(scores, rows), key=lambda hit: (-hit[0], hit[1])))


def difference(ours, theirs, cut):
    """What differs between the answers to one query, or None.

    With `cut` the answer ends after so many rows, and which rows of the last similarity are in it
    is each engine's own choice.
    """
    if len(ours) != len(theirs):
        return f"{len(ours)} rows against {len(theirs)}"
    if any(abs(a[0] - b[0]) > ROUNDING for a, b in zip(ours, theirs)):
        return "other similarities"
    last = ours[-1][0] + ROUNDING if ours and cut else -1.0
    if {row for score, row in ours if score > last} != {row for score, row in theirs
                                                        if score > last}:
        return "other rows"
    return None


def differences(ours, theirs, cut):
    """The queries that are answered otherwise, with the reason."""
    ours, theirs = read(ours), read(theirs)
    if len(ours) != len(theirs):
        return {-1: f"{len(ours)} queries against {len(theirs)}"}
    reasons = {n: difference(a, b, cut) for n, (a, b) in enumerate(zip(ours, theirs))}
    return {n: reason for n, reason in reasons.items() if reason}


def recall(exact, approximate):
    """The share of neighbours that are no further away than the last exact one."""
    found = total = 0
    for true, guess in zip(read(exact), read(approximate)):
        last = true[-1][0] - ROUNDING
        found += sum(score >= last for score, _ in guess)
        total += len(true)
    return found / total
