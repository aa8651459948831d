import { normalQuantile } from "../numerics/normal-quantile.ts";
import { normalTail } from "../numerics/normal-tail.ts";

/**
 * The two levels at which the BCa method reads the replicates, in place of `tail` and 1 − `tail`.
 *
 * @param replicates - of the bootstrap.
 * @param leftOut - for each sample, the statistic without each of its rows.
 * @throws {RangeError} if the method has no answer.
 * @see Efron and Tibshirani (1993), An introduction to the bootstrap, section 14.3.
 * @internal
 */
export function biasCorrectedLevels(
  replicates: Float64Array,
  estimate: number,
  tail: number,
  leftOut: readonly Float64Array[],
): [low: number, high: number] {
  const bias = normalQuantile(shareBelow(replicates, estimate));
  if (!Number.isFinite(bias)) {
    throw new RangeError(
      `bootstrapInterval: bca needs replicates on both sides of the estimate, got none ${bias < 0 ? "below" : "above"} ${estimate}`,
    );
  }
  const acceleration = accelerationOf(leftOut);
  const corrected = (z: number): number => {
    const shifted = bias + z;
    const stretch = 1 - acceleration * shifted;
    if (!(stretch > 0)) {
      throw new RangeError("bootstrapInterval: bca has no answer at this level for so skewed a statistic");
    }
    return normalTail(-(bias + shifted / stretch));
  };
  const z = normalQuantile(tail);
  return [corrected(z), corrected(-z)];
}

/** The share of the replicates below the estimate, those equal to it counting one half. */
function shareBelow(replicates: Float64Array, estimate: number): number {
  let below = 0;
  for (const value of replicates) below += value < estimate ? 1 : value === estimate ? 0.5 : 0;
  return below / replicates.length;
}

/** A sixth of the skewness that the influence of the rows gives the statistic; 0 if no row has any. */
function accelerationOf(leftOut: readonly Float64Array[]): number {
  let squares = 0;
  let cubes = 0;
  for (const values of leftOut) {
    const n = values.length;
    const mean = values.reduce((sum, value) => sum + value, 0) / n;
    for (const value of values) {
      const influence = ((n - 1) * (mean - value)) / n;
      squares += influence ** 2;
      cubes += influence ** 3;
    }
  }
  return squares > 0 ? cubes / (6 * squares ** 1.5) : 0;
}
