#!/usr/bin/env python3
"""scikit-learn's random forest on ECFP4, 500 trees, as most papers have it."""
import numpy
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor

import tables

options = tables.arguments().parse_args()
train, test = tables.read(options.train), tables.read(options.test)
x, asked = (tables.fingerprints([row["smiles"] for row in part]) for part in (train, test))
y = numpy.array([float(row["value"]) for row in train])
kind = RandomForestClassifier if options.task == "classification" else RandomForestRegressor
settings = {"max_features": "sqrt"} if options.task == "classification" else {"max_features": 0.3}
forest = kind(n_estimators=500, random_state=options.seed % 2**32, n_jobs=1, **settings).fit(x, y)
if options.task == "classification":
    predictions = forest.predict_proba(asked)[:, list(forest.classes_).index(1.0)]
else:
    predictions = forest.predict(asked)
tables.write(options.output, test, predictions)
