/** Σ wᵢvᵢ / Σ wᵢ. A value of weight 0 is left out, even an infinite one. */
export function weightedMean(values: Float64Array, weights: Float64Array): number {
  let total = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    if (weights[i] === 0) continue;
    total += weights[i]!;
    sum += weights[i]! * values[i]!;
  }
  return sum / total;
}
