/** A mean over independent runs. */
export interface MeanAndError {
  readonly mean: number;
  /** NaN where the mean is infinite or there is one run. */
  readonly standardError: number;
}

export function meanAndError(values: readonly number[]): MeanAndError {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, standardError: Math.sqrt(squares / (count - 1) / count) };
}
