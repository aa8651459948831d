/**
 * The chance that a real sample weighs more than a generated one, a tie counting one half, with its standard error from the spread of the placements.
 *
 * @see DeLong, DeLong and Clarke-Pearson, "Comparing the areas under two or more correlated receiver operating characteristic curves", Biometrics
 * 44 (1988).
 */
export function aucWithError(
  real: ArrayLike<number>,
  fake: ArrayLike<number>,
): { readonly auc: number; readonly error: number } {
  const sortedReal = Float64Array.from(real).sort();
  const sortedFake = Float64Array.from(fake).sort();
  const ofReal = sortedReal.map((value) => shareBelow(sortedFake, value));
  const ofFake = sortedFake.map((value) => 1 - shareBelow(sortedReal, value));
  const auc = mean(ofReal);
  return { auc, error: Math.sqrt(variance(ofReal) / ofReal.length + variance(ofFake) / ofFake.length) };
}

/** Share of sorted values below this one, ties counting one half. */
function shareBelow(sorted: Float64Array, value: number): number {
  const below = firstIndex(sorted, (each) => each >= value);
  const notAbove = firstIndex(sorted, (each) => each > value);
  return (below + notAbove) / (2 * sorted.length);
}

/** The first index from which on the condition holds, of values for which it goes on holding. */
function firstIndex(sorted: Float64Array, holds: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function variance(values: Float64Array): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
}
