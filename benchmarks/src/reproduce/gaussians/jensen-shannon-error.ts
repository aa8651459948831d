/**
 * The standard error of the Jensen-Shannon divergence between the shares of modes that were counted and what they should be: equal shares, and nothing
 * unassigned.
 *
 * It is that of the delta method, but for the noise of the shares. Where the shares are right, 8 n times the divergence is χ² with k − 1
 * degrees of freedom: its variance is (k − 1) / 32 n², and the delta method gives twice that on average.
 */
export function jensenShannonError(counts: ArrayLike<number>, unassigned: number): number {
  const k = counts.length;
  const all = [...Array.from(counts), unassigned];
  const n = all.reduce((sum, count) => sum + count, 0);
  let [mean, square] = [0, 0];
  for (const [i, count] of all.entries()) {
    if (count === 0) continue;
    const share = count / n;
    const right = i < k ? 1 / k : 0;
    // The divergence's derivative by the share.
    const slope = Math.log((2 * share) / (share + right)) / 2;
    mean += share * slope;
    square += share * slope ** 2;
  }
  const noise = (k - 1) / (32 * n ** 2);
  return Math.sqrt(Math.max((square - mean ** 2) / n - noise, noise));
}
