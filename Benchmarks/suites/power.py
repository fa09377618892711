#!/usr/bin/env python3
"""False alarms and power of the comparison, by `osong bench power`: writes results/power.json."""
import subprocess
import sys

from common import save

osong = sys.argv[1]
studies = []
for noise in ("normal", "heavy-tailed"):
    for folds in (5, 25):
        command = ["bench", "power", "--models", "4", "--folds", str(folds), "--noise", noise,
                   "--comparisons", "1000", "--seed", "20251125"]
        lines = subprocess.run([osong, *command], check=True, capture_output=True,
                               text=True).stdout.splitlines()
        points = [dict(zip(lines[0].split("\t"), map(float, line.split("\t")))) for line in lines[1:]]
        studies.append(dict(noise=noise, folds=folds, points=points,
                            command="osong " + " ".join(command)))
save("power", {"studies": studies})
