/** A distribution that can be sampled and whose density is known. Points are row-major: d numbers for each. */
export interface Distribution {
  /** d, the numbers in a point. */
  readonly dimensions: number;
  /**
   * Draws independent points, each from the same number of values of `random`, so more points from the same source begin
   * with the same points.
   *
   * @param random - uniform on [0, 1).
   * @returns `count · dimensions` numbers, row-major.
   */
  sample(count: number, random: () => number): Float64Array;
  /**
   * The natural logarithm of the density at each point, right also where the density itself underflows.
   *
   * @param points - row-major, no NaN.
   * @returns one number for each point.
   */
  logDensity(points: ArrayLike<number>): Float64Array;
  /** The density at each point; see `logDensity`. */
  density(points: ArrayLike<number>): Float64Array;
}
