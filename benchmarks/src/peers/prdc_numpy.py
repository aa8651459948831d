"""Peer of the features benchmark. Takes "rows columns file", then measures once for every line that arrives.

The file holds real and then fake features, as float32. The same steps as the program prdc of the paper's authors: three
full matrices of distances by scikit-learn, and partitions of two of them.
"""
import sys

import numpy as np
import sklearn
from peer import serve
from sklearn.metrics import pairwise_distances

NEIGHBOURS = 5
rows, columns = int(sys.argv[1]), int(sys.argv[2])
real, fake = np.fromfile(sys.argv[3], dtype=np.float32).reshape(2, rows, columns)


def radii(features):
    return np.partition(pairwise_distances(features), NEIGHBOURS, axis=1)[:, NEIGHBOURS]


def prdc():
    real_radii, fake_radii = radii(real), radii(fake)
    distances = pairwise_distances(real, fake)
    in_real = distances < real_radii[:, None]
    return (
        in_real.any(axis=0).mean(),
        (distances < fake_radii).any(axis=1).mean(),
        in_real.sum(axis=0).mean() / NEIGHBOURS,
        (distances.min(axis=1) < real_radii).mean(),
    )


prdc()
serve(prdc, {"NumPy": np.__version__, "scikit-learn": sklearn.__version__})
