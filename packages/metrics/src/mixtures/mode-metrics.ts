import { jensenShannonDivergence } from "../distances/jensen-shannon-divergence.ts";
import {
  requireLength,
  requireMasses,
  requirePositive,
  requirePositiveCount,
  requireRows,
} from "../requirements.ts";
import { assignModes } from "./assign-modes.ts";
import { squaredDistance } from "./squared-distance.ts";

/** The mixture that the points should have come from, and how near a mode a point must be. */
export interface ModeMetricsOptions {
  /** The centres of the k modes, row-major: `dimensions` numbers for each. */
  readonly modes: ArrayLike<number>;
  /** The standard deviation of a mode on each axis, in the units of the points. */
  readonly modeSd: number;
  /** The numbers in a point and in a centre. */
  readonly dimensions: number;
  /** How many `modeSd` a point may be from its nearest centre and still be of high quality. Default: 4. */
  readonly radiusInSd?: number;
  /** How much each point counts, from 0; only ratios matter. Default: all alike. */
  readonly weights?: ArrayLike<number>;
}

/** How well points match a mixture whose modes are known. */
export interface ModeMetrics {
  /** The share of the points that are within the radius of a mode (high quality), in [0, 1]. */
  readonly highQualityShare: number;
  /** How many modes have at least one high-quality point of positive weight. */
  readonly recoveredModes: number;
  /**
   * The Jensen-Shannon divergence, in nats, between the shares of the k modes and of the points that belong to none, and
   * what they should be: 1/k each, and 0.
   */
  readonly jensenShannon: number;
  /**
   * The root mean square, over high-quality points and axes, of the deviation from the *centre* of the mode: a mode in
   * the wrong place counts as spread. NaN if there is no high-quality point.
   */
  readonly withinModeSd: number;
  /** The high-quality points of each mode: k counts, or sums of weights. */
  readonly counts: Float64Array;
  /** The other points: their number, or the sum of their weights. */
  readonly unassigned: number;
}

/**
 * Measures points against a mixture of equally likely modes, as the papers on lost modes do with 25 Gaussians.
 *
 * A point belongs to its nearest mode if that is within the radius, inclusively, and to none otherwise. Perfect points
 * do not score perfectly. With d = 2 and radius 4, n independent points of the true mixture have, on average,
 * `highQualityShare` 1 − e⁻⁸ ≈ .99966, `jensenShannon` about (k − 1) / (8 n) + ½ e⁻⁸ log 2 ≈ (k − 1) / (8 n) + .00012, and
 * `withinModeSd` .9987 of `modeSd`, for the tails beyond the radius are missing.
 *
 * @param points - row-major, finite, at least one.
 * @returns plain numbers and counts. O(points · k · dimensions).
 * @throws {RangeError} if lengths do not fit together, a number is not finite, `modeSd` or `radiusInSd` is not positive, or
 * the weights are negative or sum to 0, or there is no point.
 * @see Turner et al. (ICML 2019), Metropolis-Hastings generative adversarial networks, "25 Gaussians"; high quality and
 * recovered modes after Azadi et al. (ICLR 2019), Discriminator rejection sampling.
 * @example
 * ```ts
 * import { modeMetrics } from "@mhgan/metrics";
 * const points = [0.1, 0, 0, -0.1, 3.1, 0, 9, 9];
 * const quality = modeMetrics(points, { modes: [0, 0, 3, 0], modeSd: 0.1, dimensions: 2 });
 * quality.highQualityShare; // => 0.75
 * quality.recoveredModes; // => 2
 * quality.counts; // => [2, 1]
 * quality.withinModeSd; // ≈ 0.0707
 * quality.jensenShannon; // ≈ 0.1079
 * ```
 */
export function modeMetrics(points: ArrayLike<number>, options: ModeMetricsOptions): ModeMetrics {
  const { modes, modeSd, dimensions, radiusInSd = 4 } = options;
  requirePositive("modeMetrics", "modeSd", modeSd);
  requirePositive("modeMetrics", "radiusInSd", radiusInSd);
  requirePositiveCount("modeMetrics", "dimensions", dimensions);
  requireRows("modeMetrics", "points", points, dimensions, 1);
  requireRows("modeMetrics", "modes", modes, dimensions, 1);
  const assigned = assignModes(points, { modes, dimensions, radius: radiusInSd * modeSd });
  if (assigned.length === 0)
    throw new RangeError("modeMetrics: points must hold at least one point, got none");
  const weights = options.weights ?? new Float64Array(assigned.length).fill(1);
  requireLength("modeMetrics", "weights", weights, assigned.length);
  requireMasses("modeMetrics", "weights", weights);

  const counts = new Float64Array(modes.length / dimensions);
  let unassigned = 0;
  let squares = 0;
  assigned.forEach((mode, i) => {
    const weight = weights[i]!;
    if (mode < 0) {
      unassigned += weight;
    } else {
      counts[mode]! += weight;
      squares += weight * squaredDistance(points, i, modes, mode, dimensions);
    }
  });
  const highQuality = counts.reduce((sum, count) => sum + count, 0);
  return {
    highQualityShare: highQuality / (highQuality + unassigned),
    recoveredModes: counts.reduce((recovered, count) => recovered + (count > 0 ? 1 : 0), 0),
    jensenShannon: jensenShannonDivergence([...counts, unassigned], [...counts.map(() => 1), 0]),
    withinModeSd: Math.sqrt(squares / (highQuality * dimensions)),
    counts,
    unassigned,
  };
}
