"""Writes reference.json: answers of scikit-learn's SVC (LIBSVM) on blobs. Run it in this folder.

The blobs are those of ../test_blobs.ts: a linear congruential generator that both languages compute exactly, so that
the data needs no file.
"""

import json

import numpy
import sklearn
from sklearn.svm import SVC

CASES = [
    {"classes": 3, "train": 240, "test": 100, "dimension": 5, "C": 1.0, "gamma": 0.2},
    {"classes": 3, "train": 240, "test": 100, "dimension": 5, "C": 50.0, "gamma": 0.5},
    {"classes": 11, "train": 330, "test": 40, "dimension": 7, "C": 8.0, "gamma": 0.3},
]


def blobs(rows, classes, dimension, seed):
    state = seed

    def uniform():
        nonlocal state
        state = (1664525 * state + 1013904223) % 2**32
        return state / 2**32

    centres = [[2 * uniform() for _ in range(dimension)] for _ in range(classes)]
    features = numpy.empty((rows, dimension), numpy.float32)
    labels = numpy.empty(rows, int)
    for row in range(rows):
        labels[row] = int(uniform() * uniform() * classes)
        for k in range(dimension):
            noise = uniform() + uniform() + uniform() + uniform() - 2
            features[row, k] = centres[labels[row]][k] + noise
    return features, labels


results = []
for case in CASES:
    train = case["train"]
    rows = train + case["test"]
    features, labels = blobs(rows, case["classes"], case["dimension"], 1)
    svc = SVC(C=case["C"], gamma=case["gamma"], tol=1e-8, decision_function_shape="ovo")
    svc.fit(features[:train].astype(float), labels[:train])
    decisions = svc.decision_function(features[train:].astype(float))
    results.append({
        **case,
        "supportVectors": sorted(svc.support_.tolist()),
        "labels": svc.predict(features[train:].astype(float)).tolist(),
        "decisions": [round(float(value), 7) for value in decisions.ravel()],
    })

with open("reference.json", "w") as file:
    json.dump({"made_by": f"scikit-learn {sklearn.__version__} SVC", "cases": results}, file)
    file.write("\n")
