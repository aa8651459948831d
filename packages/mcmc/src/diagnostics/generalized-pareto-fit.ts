/** Shape and scale of a generalised Pareto law: P(X > x) = (1 + shape · x / scale)^(−1 / shape). */
export interface GeneralizedPareto {
  readonly shape: number;
  readonly scale: number;
}

/**
 * Fits a generalised Pareto law to excesses over a threshold: the empirical Bayes estimate, quick and without iteration.
 *
 * @param excesses - ascending; above 0.
 * @see Zhang and Stephens, "A new and efficient estimation method for the generalized Pareto distribution", Technometrics 51 (2009).
 */
export function fitGeneralizedPareto(excesses: Float64Array): GeneralizedPareto {
  const n = excesses.length;
  const gridSize = 30 + Math.floor(Math.sqrt(n));
  const quartile = excesses[Math.max(0, Math.floor(n / 4 + 0.5) - 1)]!;
  const largest = excesses[n - 1]!;
  // A grid over θ = −shape / scale, with the profile log likelihood of each point.
  const grid = new Float64Array(gridSize);
  const logLikelihoods = new Float64Array(gridSize);
  for (let j = 0; j < gridSize; j++) {
    grid[j] = 1 / largest + (1 - Math.sqrt(gridSize / (j + 0.5))) / (3 * quartile);
    const shape = profileShape(excesses, grid[j]!);
    logLikelihoods[j] = n * (Math.log(-grid[j]! / shape) - shape - 1);
  }
  const best = logLikelihoods.reduce((a, b) => Math.max(a, b), -Infinity);
  let sum = 0;
  let weighted = 0;
  for (let j = 0; j < gridSize; j++) {
    const weight = Math.exp(logLikelihoods[j]! - best);
    sum += weight;
    weighted += weight * grid[j]!;
  }
  const theta = weighted / sum;
  const shape = profileShape(excesses, theta);
  return { shape, scale: -shape / theta };
}

/** The shape that is most likely for a given θ: the mean of log(1 − θx). */
function profileShape(excesses: Float64Array, theta: number): number {
  let sum = 0;
  for (let i = 0; i < excesses.length; i++) sum += Math.log1p(-theta * excesses[i]!);
  return sum / excesses.length;
}
