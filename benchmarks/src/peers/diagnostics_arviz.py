"""Peer of the diagnostics benchmark. Reads "method correlation", then measures once for every line that arrives."""
import sys

import arviz_stats
import numpy as np
from arviz_stats.base import array_stats
from peer import serve

method, correlation = sys.argv[1], float(sys.argv[2])
chains, length, quantities = 4, 10_000, 50
noise = np.random.default_rng(1).standard_normal((chains, length, quantities))
draws = np.empty_like(noise)
draws[:, 0] = noise[:, 0]
for i in range(1, length):
    draws[:, i] = correlation * draws[:, i - 1] + np.sqrt(1 - correlation**2) * noise[:, i]
axes = {"chain_axis": 0, "draw_axis": 1}
run = {
    "splitRHat": lambda: array_stats.rhat(draws, method="rank", **axes),
    "bulkEffectiveSampleSize": lambda: array_stats.ess(draws, method="bulk", **axes),
    "tailEffectiveSampleSize": lambda: array_stats.ess(draws, method="tail", prob=(0.05, 0.95), **axes),
}[method]
run()
serve(run, {"NumPy": np.__version__, "ArviZ": arviz_stats.__version__})
