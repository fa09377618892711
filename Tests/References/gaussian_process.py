#!/usr/bin/env python3
"""The numbers of KernelReferenceTests.swift: written apart from the code under test.

Needs numpy, scipy and scikit-learn (made with 2.4.6, 1.17.1 and 1.9.1).
"""
import numpy as np
from scipy.optimize import minimize
from sklearn.kernel_ridge import KernelRidge

N, M, WIDTH = 16, 4, 64


def rows(first, count):
    x = np.zeros((count, 2 * WIDTH))
    for i in range(first, first + count):
        for c in range(2 * WIDTH):
            if (i * 5 + c * 3 + (i * c) % 7) % 4 == 0:
                x[i - first, c] = np.float32(np.log2(2 + (i + c) % 3))
    return x


def minmax(a, b):
    low = np.minimum(a[:, None, :], b[None, :, :]).sum(2)
    high = np.maximum(a[:, None, :], b[None, :, :]).sum(2)
    return low / high


train, test = rows(0, N), rows(100, M)
blocks = [minmax(train[:, s], train[:, s]) for s in (slice(0, WIDTH), slice(WIDTH, None))]
cross = [minmax(test[:, s], train[:, s]) for s in (slice(0, WIDTH), slice(WIDTH, None))]
i = np.arange(N)
y = np.sin(i) + 0.3 * np.cos(3 * i)
scale = 1 + (i % 3) / 2


def process(theta):
    s, noise = np.exp(theta[:2]), 1e-4 + np.exp(theta[2])
    k = s[0] * blocks[0] + s[1] * blocks[1] + np.diag(noise * scale)
    inverse = np.linalg.inv(k)
    one = np.ones(N)
    mean = one @ inverse @ y / (one @ inverse @ one)
    return s, noise, k, inverse, mean, inverse @ (y - mean)


def likelihood(theta):
    s, noise, k, inverse, mean, alpha = process(theta)
    return -0.5 * (y - mean) @ alpha - 0.5 * np.linalg.slogdet(k)[1] - N / 2 * np.log(2 * np.pi)


START = np.log([0.35, 0.35, 0.3])


def objective(theta):
    return -likelihood(theta) + ((theta - START) ** 2).sum() / (2 * 9)


print("similarity", [minmax(train[:, :WIDTH], train[:, :WIDTH])[0, j] for j in (1, 5)],
      cross[1][2, 3])
theta = np.log([0.8, 0.3, 0.2])
print("log likelihood at .8 .3 .2", repr(likelihood(theta)))
print("objective", repr(objective(theta)))
step = 1e-6
print("gradient", [
    (objective(theta + step * e) - objective(theta - step * e)) / (2 * step) for e in np.eye(3)])
s, noise, k, inverse, mean, alpha = process(theta)
kq = s[0] * cross[0] + s[1] * cross[1]
print("mean", repr(mean))
print("predicted", list(mean + kq @ alpha))
print("variance", list(s.sum() - np.einsum("ij,jk,ik->i", kq, inverse, kq) + noise))
left = []
for j in range(3):
    keep = i != j
    kk = k[np.ix_(keep, keep)]
    kj = k[j, keep]
    left.append((mean + kj @ np.linalg.solve(kk, y[keep] - mean),
                 k[j, j] - kj @ np.linalg.solve(kk, kj)))
print("left out, with the mean of all", left)
best = minimize(objective, START, method="BFGS", options={"gtol": 1e-9})
print("best", repr(best.fun), list(np.exp(best.x)))
ridge = KernelRidge(alpha=0.3, kernel="precomputed")
ridge.fit((blocks[0] + blocks[1]) / 2, y)
print("ridge", list(ridge.predict((cross[0] + cross[1]) / 2)))
