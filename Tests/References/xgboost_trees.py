#!/usr/bin/env python3
"""The numbers of PythonReferenceTests.swift. Needs numpy, scipy and xgboost==1.7.4 (pip)."""
import numpy as np
import xgboost
from scipy.sparse import csr_matrix

ROWS = 200
indptr, indices, data, values = [0], [], [], []
for row in range(ROWS):
    numbers = [(row * (c + 3) * 7 + c) % 17 for c in range(6)]
    for c, x in enumerate(numbers):
        if x > 4:
            indices.append(c)
            data.append(x)
    indptr.append(len(indices))
    values.append(numbers[0] / 8 - (1 if numbers[3] > 9 else 0) + numbers[5] / 40)
x = csr_matrix((np.array(data, np.float32), indices, indptr), (ROWS, 6))
y = np.array(values)
w = 1 + np.arange(ROWS) % 3
common = {"nthread": 1, "seed": 7, "verbosity": 0, "max_bin": 256}


def show(name, matrix, rounds, **parameters):
    booster = xgboost.train(common | parameters, matrix, rounds)
    print(name, [float(v) for v in booster.predict(matrix, output_margin=True)[:5]])


show("squared", xgboost.DMatrix(x, y, weight=w), 60, objective="reg:squarederror",
     base_score=np.average(y, weights=w), tree_method="hist", learning_rate=0.1, max_depth=4,
     subsample=0.8, colsample_bytree=0.7, reg_lambda=2)
active = (y > 0.7).astype(float)
show("logistic", xgboost.DMatrix(x, active, weight=w), 30, objective="binary:logistic",
     base_score=np.average(active, weights=w), tree_method="exact")
show("forest", xgboost.DMatrix(x, y), 1, objective="reg:squarederror", base_score=y.mean(),
     tree_method="exact", num_parallel_tree=50, learning_rate=1, max_depth=8, subsample=0.632,
     colsample_bynode=0.5, reg_lambda=0)
bounded = xgboost.DMatrix(x)
lower, upper = np.exp(y), np.exp(np.where(y > 1.2, np.inf, y))
bounded.set_float_info("label_lower_bound", lower)
bounded.set_float_info("label_upper_bound", upper)
show("censored", bounded, 40, objective="survival:aft", base_score=1, tree_method="hist",
     aft_loss_distribution="normal", aft_loss_distribution_scale=0.5, max_depth=3)
print(xgboost.__version__)
