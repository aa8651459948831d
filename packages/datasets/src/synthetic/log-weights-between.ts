import type { Distribution } from "./distribution.ts";

/**
 * The exact log weights log p(x) − log q(x) of points between two distributions whose densities are known: what a perfect
 * discriminator's log odds would be, and what a sampler should be given to turn draws of q into draws of p.
 *
 * @param data - p, where the points should come from.
 * @param generator - q, where they do come from.
 * @param points - row-major, no NaN.
 * @returns one number for each point: `-Infinity` where p is 0, `Infinity` where q is. O(points · cost of the densities).
 * @throws {RangeError} if the dimensions differ, if both densities are 0 at a point, or as the densities throw.
 * @example
 * ```ts
 * import { gaussianMixture, logWeightsBetween } from "@mhgan/datasets";
 * const data = gaussianMixture({ means: [0], dimensions: 1, sd: 1 });
 * const generator = gaussianMixture({ means: [1], dimensions: 1, sd: 1 });
 * logWeightsBetween(data, generator, [0, 0.5, 2]); // ≈ [0.5, 0, -1.5]
 * ```
 */
export function logWeightsBetween(
  data: Distribution,
  generator: Distribution,
  points: ArrayLike<number>,
): Float64Array {
  if (data.dimensions !== generator.dimensions) {
    throw new RangeError(
      `logWeightsBetween: data and generator must have the same dimensions, got ${data.dimensions} and ${generator.dimensions}`,
    );
  }
  const logGenerator = generator.logDensity(points);
  return data.logDensity(points).map((logData, i) => {
    const logWeight = logData - logGenerator[i]!;
    if (Number.isNaN(logWeight)) {
      throw new RangeError(`logWeightsBetween: points must be possible, got density 0 twice at point ${i}`);
    }
    return logWeight;
  });
}
