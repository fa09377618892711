#!/usr/bin/env python3
"""XGBoost on ECFP4 near its defaults: 300 trees, a rate of 0.1."""
import numpy
import xgboost

import tables

options = tables.arguments().parse_args()
train, test = tables.read(options.train), tables.read(options.test)
x, asked = (tables.fingerprints([row["smiles"] for row in part]) for part in (train, test))
y = numpy.array([float(row["value"]) for row in train])
settings = dict(n_estimators=300, learning_rate=0.1, max_depth=6, subsample=0.8,
                colsample_bytree=0.5, tree_method="hist", n_jobs=1,
                random_state=options.seed % 2**31)
if options.task == "classification":
    predictions = xgboost.XGBClassifier(**settings).fit(x, y).predict_proba(asked)[:, 1]
else:
    predictions = xgboost.XGBRegressor(**settings).fit(x, y).predict(asked)
tables.write(options.output, test, predictions)
