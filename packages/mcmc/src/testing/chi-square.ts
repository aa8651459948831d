/**
 * Whether counts agree with probabilities: the chi-square statistic in units of its own standard deviation from its
 * mean. For a right sampler it is about standard normal, with a right tail that is somewhat heavier.
 */
export function chiSquareZ(counts: ArrayLike<number>, probabilities: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i]!;
  let statistic = 0;
  for (let i = 0; i < counts.length; i++) {
    const expected = total * probabilities[i]!;
    statistic += (counts[i]! - expected) ** 2 / expected;
  }
  const freedom = counts.length - 1;
  return (statistic - freedom) / Math.sqrt(2 * freedom);
}
