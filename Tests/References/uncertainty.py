#!/usr/bin/env python3
"""The numbers of UncertaintyMetricTests.swift. Needs numpy and scipy (made with 2.4.6, 1.17.1)."""
import numpy as np
from scipy import integrate, stats

i = np.arange(23)
predicted = np.sin(i)
deviation = 0.2 + 0.1 * ((i * 7) % 11)
measured = predicted + deviation * np.cos(2 * i) * 1.3
error = predicted - measured
print("nll", repr(-stats.norm.logpdf(measured, predicted, deviation).mean()))


def crps(m, s, y):
    left = integrate.quad(lambda x: stats.norm.cdf(x, m, s) ** 2, m - 12 * s, y)[0]
    right = integrate.quad(lambda x: stats.norm.sf(x, m, s) ** 2, y, m + 12 * s)[0]
    return left + right


print("crps", repr(np.mean([crps(*t) for t in zip(predicted, deviation, measured)])))
order = np.argsort(deviation, kind="stable")
bins = [order[b * 23 // 5:(b + 1) * 23 // 5] for b in range(5)]
print("ence", repr(np.mean([
    abs(np.sqrt((deviation[b] ** 2).mean()) - np.sqrt((error[b] ** 2).mean()))
    / np.sqrt((deviation[b] ** 2).mean()) for b in bins])))
print("sharpness", repr(np.sqrt((deviation ** 2).mean())))
print("spearman", repr(stats.spearmanr(deviation, abs(error))[0]))
