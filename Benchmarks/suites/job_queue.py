#!/usr/bin/env python3
"""How many jobs the queue takes in, hands out and sees done in a second, by several processes at once.

Every transaction reaches the disk before it returns. Runs in phases, which all processes begin
together: one job a transaction, ten, a hundred. Then workers do a million jobs of nothing, and the ledgers
of what each did are held against what was asked for: none may be missing, none be there twice.
"""
import argparse
import collections
import os
import shutil
import subprocess

from common import HERE, save


def run(queue, mode, file, processes, words, work, announce):
    """Begins the processes, lets them through each phase together; rates by phase, and the ledgers."""
    ledgers = [os.path.join(work, f"ledger-{mode}-{n}") for n in range(processes)]
    children = [
        subprocess.Popen([queue, mode, file, f"w{n}", *words, ledgers[n]], stdin=subprocess.PIPE,
                         stdout=subprocess.PIPE, text=True) for n in range(processes)]
    rates = {}
    for phase in announce:
        for child in children:
            line = child.stdout.readline().split()
            assert line == ["ready", phase], line
        for child in children:
            child.stdin.write("\n")
            child.stdin.flush()
        counts, begins, ends = [], [], []
        for child in children:
            _, count, begin, end = child.stdout.readline().split()
            counts.append(int(count))
            begins.append(float(begin))
            ends.append(float(end))
        seconds = max(ends) - min(begins)
        rates[phase] = {"jobs": sum(counts), "seconds": round(seconds, 3),
                        "jobs per second": round(sum(counts) / seconds)}
    for child in children:
        assert child.wait() == 0
    done = collections.Counter()
    for ledger in ledgers:
        with open(ledger) as lines:
            done.update(int(line) for line in lines)
    return rates, done


def check(done, jobs):
    return {"asked for": jobs, "lost": jobs - len(done),
            "done twice": sum(count > 1 for count in done.values())}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queue", required=True, help="the built program Queue")
    parser.add_argument("--work", default=os.path.join(HERE, ".peers/queue"))
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--jobs", type=int, default=1_000_000, help="for the workers to do")
    o = parser.parse_args()
    shutil.rmtree(o.work, ignore_errors=True)
    os.makedirs(o.work)
    phases = []
    for batch, each in ((1, 2_500), (10, 10_000), (100, 50_000)):
        file = os.path.join(o.work, f"phases-{batch}.sqlite")
        rates, done = run(o.queue, "phases", file, o.processes, [str(each), str(batch)], o.work,
                          ["add", "claim", "complete"])
        phases.append(dict(rates, batch=batch, **check(done, each * o.processes)))
        print(phases[-1], flush=True)
    file = os.path.join(o.work, "million.sqlite")
    filled = fill(o.queue, file, o.processes, o.jobs // o.processes, o.work)
    worked, done = run(o.queue, "work", file, o.processes, [], o.work, ["work"])
    million = dict(filled, **worked, **check(done, o.jobs // o.processes * o.processes))
    print(million, flush=True)
    size = os.path.getsize(file)
    shutil.rmtree(o.work)
    save("queue", {"what": "jobs of nothing, each transaction on the disk before it returns",
                   "processes": o.processes, "phases": phases, "million": million,
                   "bytes a job": round(size / o.jobs), "command": "Benchmarks/run queue"})


def fill(queue, file, processes, each, work):
    """Adds jobs by all processes at once, and ends them there."""
    children = [
        subprocess.Popen([queue, "phases", file, f"w{n}", str(each), "100", os.devnull],
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for n in range(processes)]
    for child in children:
        assert child.stdout.readline().split() == ["ready", "add"]
    for child in children:
        child.stdin.write("\n")
        child.stdin.flush()
    spans = [child.stdout.readline().split() for child in children]
    seconds = max(float(s[3]) for s in spans) - min(float(s[2]) for s in spans)
    for child in children:
        child.kill()
        child.wait()
    jobs = each * processes
    return {"add": {"jobs": jobs, "seconds": round(seconds, 3),
                    "jobs per second": round(jobs / seconds)}}


if __name__ == "__main__":
    main()
