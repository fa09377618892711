#!/usr/bin/env python3
"""What a screen of ten thousand million molecules would take on a cluster: a simulation.

Nobody here has a thousand nodes, so the clock is simulated; the costs are measured on this machine
(results/nightly.json, results/queue.json). A node takes the next piece of 65,536 molecules when one
of its cores is free. A piece takes its mean time times a lognormal factor (slow disks, shared nodes);
now and then a core is five times as slow for one piece (a straggler); a node dies at random and loses
what its cores had in hand, which others take up when its claim is free again. The ranking reads all
scores once. Seeded: the same numbers come out again.

Writes docs/scaling.md's tables between its marks; the first row is this machine, beside what was
measured.
"""
import argparse
import heapq
import json
import math
import os
import random

from common import HERE, RESULTS

PIECE = 65_536
MARK = "<!-- written by Benchmarks/suites/scaling.py -->"


def simulate(molecules, nodes, cores, seconds_a_piece, seed, days_between_deaths=30,
             spread=0.2, stragglers=0.001, revival=600, claim_wait=30, claims=2_000):
    """Seconds until every piece is there, core-seconds lost, and how many nodes died."""
    dice = random.Random(seed)
    pieces = math.ceil(molecules / PIECE)
    left = pieces
    events = [(0.0, 0, node, core, 0) for node in range(nodes) for core in range(cores)]
    deaths = []
    if days_between_deaths:
        rate = 1 / (days_between_deaths * 86_400)
        deaths = [(dice.expovariate(rate), node) for node in range(nodes)]
    heapq.heapify(events)
    heapq.heapify(deaths)
    hands = {}  # (node, core) -> (begin, end) of the piece it has in hand
    lives = [0] * nodes
    idle = []  # cores that found nothing to do
    returned = []  # when pieces of dead nodes can be taken again
    busy = lost = 0.0
    died = 0
    finish = 0.0
    counter = 0
    next_claim = 0.0
    while events:
        if deaths and deaths[0][0] < events[0][0]:
            when, node = heapq.heappop(deaths)
            if left == 0 and not hands:
                break
            died += 1
            lives[node] += 1
            for core in range(cores):
                hand = hands.pop((node, core), None)
                if hand:
                    lost += max(0.0, when - hand[0])
                    heapq.heappush(returned, when + claim_wait)
                    # Whoever has nothing to do takes it up.
                    while idle:
                        free = idle.pop()
                        if free[2] == lives[free[0]]:
                            counter += 1
                            heapq.heappush(events, (when + claim_wait, counter, *free))
                            break
                counter += 1
                heapq.heappush(events, (when + revival, counter, node, core, lives[node]))
            heapq.heappush(deaths, (when + dice.expovariate(rate), node))
            continue
        now, _, node, core, life = heapq.heappop(events)
        if life != lives[node]:
            continue
        hand = hands.pop((node, core), None)
        if hand:
            busy += now - hand[0]
            finish = now
        if left == 0:
            if returned:
                begin = max(now, heapq.heappop(returned))
            else:
                idle.append((node, core, life))
                continue
        else:
            left -= 1
            begin = now
        # All claims go through one folder, one after another.
        begin = next_claim = max(begin, next_claim + 1 / claims)
        factor = dice.lognormvariate(-spread * spread / 2, spread)
        if dice.random() < stragglers:
            factor *= 5
        end = begin + seconds_a_piece * factor
        hands[(node, core)] = (begin, end)
        counter += 1
        heapq.heappush(events, (end, counter, node, core, life))
    return {"seconds": finish, "lost": lost, "deaths": died, "pieces": pieces, "busy": busy}


def duration(seconds):
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds / size:.1f} {unit}"
    return f"{seconds:.0f} s"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--page", default=os.path.join(HERE, "../docs/scaling.md"))
    o = parser.parse_args()
    with open(os.path.join(RESULTS, "nightly.json")) as file:
        night = json.load(file)
    pairs = night["pairs of a full rescoring"]
    measured = night["full rescoring s"]
    # Two cores scored five models over the library; reports and rankings are in it.
    rate = pairs / measured / 2
    piece = PIECE / rate
    molecules = night["compounds"]
    here = simulate(5 * molecules, 1, 2, piece, 1, days_between_deaths=0, stragglers=0)
    lines = [
        MARK, "",
        f"A core scores {rate:,.0f} molecules a second (five models of {molecules:,} compounds in "
        f"{measured:,.0f} s on two cores, `{night['command']}`), so a piece of {PIECE:,} takes "
        f"{piece:.1f} s.", "",
        "| molecules and models | nodes × cores | nodes that died | simulated | of the ideal | lost |",
        "|---|---|---|---|---|---|",
        f"| 5 × {molecules:,}, this machine | 1 × 2 | – | {duration(here['seconds'])} "
        f"(measured {duration(measured)}) | | |",
    ]
    for molecules, nodes, cores, days in (
            (10**9, 1, 64, 30), (10**9, 100, 64, 30), (10**10, 10, 64, 30), (10**10, 100, 64, 30),
            (10**10, 1_000, 64, 30), (10**10, 1_000, 64, 1), (10**10, 1_000, 64, 0.1)):
        runs = [simulate(molecules, nodes, cores, piece, seed, days) for seed in range(3)]
        runs.sort(key=lambda r: r["seconds"])
        run = runs[1]
        ideal = molecules / rate / (nodes * cores)
        words = f"1 × {molecules:,}" + (
            f", a node dies every {days:g} d" if days != 30 else "")
        lines.append(
            f"| {words} | {nodes:,} × {cores} | {run['deaths']} | {duration(run['seconds'])} | "
            f"{ideal / run['seconds']:.0%} | {run['lost'] / max(run['busy'], 1):.2%} |")
    lines += ["", MARK]
    with open(o.page) as file:
        before, _, rest = file.read().partition(MARK)
    after = rest.partition(MARK)[2]
    with open(o.page, "w") as file:
        file.write(before + "\n".join(lines) + after)
    print("\n".join(lines))


if __name__ == "__main__":
    main()
