"""Peers of the selection benchmark. Reads "chains length method", then measures once for every line that arrives."""
import sys
import time

import numpy as np

chains, length, method = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
rng = np.random.default_rng(1)
log_weights = rng.standard_normal((length, chains))
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


scores = 1 / (1 + np.exp(-log_weights.T))


def loop():
    """One chain and one proposal at a time, on calibrated scores, as the MH-GAN authors' code goes about it."""
    picked = np.full(chains, -1)
    for chain in range(chains):
        row = scores[chain]
        uniforms = rng.random(length)
        current = 0.5
        for k in range(length):
            alpha = np.fmin(1.0, (1.0 / current - 1.0) / (1.0 / row[k] - 1.0))
            if uniforms[k] <= alpha:
                current = row[k]
                picked[chain] = k
    return picked


run = {"vectorised": vectorised, "loop": loop}[method]
run()
print("ready", np.__version__, flush=True)
for _ in sys.stdin:
    begin = time.process_time()
    run()
    print(time.process_time() - begin, flush=True)
