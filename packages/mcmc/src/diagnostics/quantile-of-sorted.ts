/** The quantile of ascending values by linear interpolation: type 7 of Hyndman and Fan, the default of R and NumPy. */
export function quantileOfSorted(sorted: Float64Array, probability: number): number {
  const place = (sorted.length - 1) * probability;
  const below = Math.floor(place);
  return between(sorted[below]!, sorted[Math.min(below + 1, sorted.length - 1)]!, place - below);
}

/** Between two neighbours, at a fraction of the way. */
export function between(low: number, high: number, fraction: number): number {
  // Without the first case, two equal infinities would give NaN.
  return low === high || fraction === 0 ? low : (1 - fraction) * low + fraction * high;
}
