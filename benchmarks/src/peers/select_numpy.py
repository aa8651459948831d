"""Peers of the selection benchmark. Reads "chains length method file", then measures once for every line that arrives."""
import sys

import numpy as np
from peer import serve

chains, length, method = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
rng = np.random.default_rng(1)
# The file has one chain after another; here a row is a step of all chains, side by side in memory.
log_weights = np.ascontiguousarray(np.fromfile(sys.argv[4]).reshape(chains, length).T)
start = np.zeros(chains)


def vectorised():
    """All chains at once, one step after another, in odds so that a step needs no logarithm."""
    weights = np.exp(log_weights)
    uniforms = rng.random((length, chains))
    current = np.exp(start)
    picked = np.full(chains, -1)
    for k in range(length):
        accept = uniforms[k] * current <= weights[k]
        current = np.where(accept, weights[k], current)
        picked = np.where(accept, k, picked)
    return picked


scores = np.ascontiguousarray(1 / (1 + np.exp(-log_weights.T)))


def acceptance(last, new):
    """Of one probability after another. The authors check the range of both each time; NaN, from 0 or 1, counts as 1."""
    assert np.all(0.0 <= last) and np.all(last <= 1.0)
    assert np.all(0.0 <= new) and np.all(new <= 1.0)
    return np.fmin(1.0, (1.0 / last - 1.0) / (1.0 / new - 1.0))


def loop():
    """
    One chain and one proposal at a time, on calibrated scores, with the operations of the MH-GAN authors' `mh_sample`: odds and
    uniforms of a chain at once, a comparison for each proposal, the acceptance probability for each that is accepted.
    """
    picked = np.zeros(chains, dtype=int)
    for chain in range(chains):
        row = scores[chain]
        assert row.ndim == 1 and len(row) > 0 and 0 <= np.min(row) and np.max(row) <= 1
        odds = 1.0 / (1.0 / row - 1.0)
        thresholds = odds / rng.random(length)
        current = 0
        for k in range(1, length):
            if odds[current] <= thresholds[k]:
                acceptance(row[current], row[k])
                current = k
        picked[chain] = current
    return picked


run = {"vectorised": vectorised, "loop": loop}[method]
run()
serve(run, {"NumPy": np.__version__})
