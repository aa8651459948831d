/** The mean of `values[start]` to `values[end − 1]`, with one correction for rounding. */
export function meanOf(values: Float64Array, start = 0, end: number = values.length): number {
  const count = end - start;
  let sum = 0;
  for (let i = start; i < end; i++) sum += values[i]!;
  const rough = sum / count;
  let rest = 0;
  for (let i = start; i < end; i++) rest += values[i]! - rough;
  // An infinite sum leaves NaN behind: then the rough mean is all that can be said.
  return Number.isFinite(rest) ? rough + rest / count : rough;
}

/** The sample variance about a known mean (divided by count − 1): NaN for a single value. */
export function varianceOf(
  values: Float64Array,
  mean: number,
  start = 0,
  end: number = values.length,
): number {
  let sum = 0;
  for (let i = start; i < end; i++) {
    const difference = values[i]! - mean;
    sum += difference * difference;
  }
  return sum / (end - start - 1);
}
