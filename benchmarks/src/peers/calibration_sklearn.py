"""Peer of the calibration benchmark. Takes "method rows file", then measures once for every line that arrives.

The file holds the scores and then the labels, as float64.
"""
import os
import sys
import time

# Threads that wait for one another would count as work.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from sklearn import __version__
from sklearn.calibration import _SigmoidCalibration, calibration_curve
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import roc_auc_score

method, rows = sys.argv[1], int(sys.argv[2])
data = np.fromfile(sys.argv[3])
scores, labels = data[:rows].copy(), data[rows:].copy()
probabilities = 1 / (1 + np.exp(-scores))
run = {
    "isotonic": lambda: IsotonicRegression(out_of_bounds="clip").fit(scores, labels).predict(scores),
    "platt": lambda: _SigmoidCalibration().fit(scores, labels),
    "curve": lambda: calibration_curve(labels, probabilities, n_bins=10),
    "auc": lambda: roc_auc_score(labels, scores),
}[method]
run()
print("ready", __version__, flush=True)
for _ in sys.stdin:
    begin = time.process_time()
    run()
    print(time.process_time() - begin, flush=True)
