"""Peer of the calibration benchmark. Takes "method rows sets file", then measures once for every line that arrives.

The file holds scores and then labels, as float64, set after set; each measurement takes the next set.
"""
import itertools
import sys

import numpy as np
import sklearn
from peer import serve
from sklearn.calibration import _SigmoidCalibration, calibration_curve
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import roc_auc_score

method, rows, sets = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
data = np.fromfile(sys.argv[4]).reshape(sets, 2, rows)
run = {
    "isotonic": lambda x, y, p: IsotonicRegression(out_of_bounds="clip").fit(x, y).predict(x),
    "platt": lambda x, y, p: _SigmoidCalibration().fit(x, y),
    "curve": lambda x, y, p: calibration_curve(y, p, n_bins=10),
    "auc": lambda x, y, p: roc_auc_score(y, x),
}[method]
arguments = [(x.copy(), y.copy(), 1 / (1 + np.exp(-x))) for x, y in data]
run(*arguments[0])
turns = itertools.cycle(arguments)
serve(lambda: run(*next(turns)), {"NumPy": np.__version__, "scikit-learn": sklearn.__version__})
