import { requirePositiveCount, requireRandom } from "../requirements.ts";
import { type Features, requireFeaturePair } from "./features.ts";
import { discrepancy } from "./maximum-mean-discrepancy.ts";
import { pairKernel } from "./mmd-kernel.ts";

/** How many rows are compared, and how often. */
export interface KernelInceptionDistanceOptions {
  /** How many pairs of subsets are compared. Default: 100. */
  readonly subsets?: number;
  /** The rows in a subset, from 2 to the rows of the smaller set. Default: 1000. */
  readonly subsetSize?: number;
  /** Uniform on [0, 1): chooses the subsets. */
  readonly random: () => number;
}

/** The discrepancies of random subsets. */
export interface KernelInceptionDistance {
  /** Their mean: near 0 for sets of one law, at any size; it may be negative. */
  readonly mean: number;
  /**
   * Their standard deviation, over `subsets`. It tells how subsets scatter, not how well the mean is known: they share
   * rows.
   */
  readonly standardDeviation: number;
}

/**
 * The kernel distance between two sets of features: KID, if they are those of the Inception network.
 *
 * The mean over random subsets of the unbiased squared maximum mean discrepancy with the kernel (x·y / columns + 1)³, as
 * torchmetrics has it. Unlike the Fréchet distance it has no bias that depends on the number of rows.
 *
 * @param real - at least `subsetSize` rows.
 * @param fake - at least `subsetSize` rows, with as many columns.
 * @returns mean and spread over subsets. O(subsets · subsetSize² · columns).
 * @throws {RangeError} if a shape does not fit its data or the other, a number is not finite, `subsets` is not a positive integer,
 * `subsetSize` is not an integer from 2 to the number of rows, or a kernel overflows.
 * @throws {TypeError} if `random` is not a function.
 * @see Bińkowski et al. (ICLR 2018), Demystifying MMD GANs, section 4.
 * @example
 * ```ts
 * import { kernelInceptionDistance } from "@mhgan/metrics";
 * const real = { data: [0, 1, 2], shape: [3, 1] };
 * const fake = { data: [2, 3, 4], shape: [3, 1] };
 * // All rows in every subset, so that nothing is left to chance.
 * const { mean, standardDeviation } = kernelInceptionDistance(real, fake, {
 *   subsets: 2,
 *   subsetSize: 3,
 *   random: () => 0.5,
 * });
 * mean; // ≈ 784.6667
 * standardDeviation; // ≈ 0.0000
 * ```
 */
export function kernelInceptionDistance(
  real: Features,
  fake: Features,
  options: KernelInceptionDistanceOptions,
): KernelInceptionDistance {
  const caller = "kernelInceptionDistance";
  const { subsets = 100, subsetSize = 1000, random } = options;
  requirePositiveCount(caller, "subsets", subsets);
  requireRandom(caller, random);
  requireFeaturePair(caller, real, fake, 2);
  const most = Math.min(real.shape[0]!, fake.shape[0]!);
  if (!(Number.isInteger(subsetSize) && subsetSize >= 2 && subsetSize <= most)) {
    throw new RangeError(
      `${caller}: subsetSize must be an integer from 2 to the rows of both sets, ${most}, got ${String(subsetSize)}`,
    );
  }
  const kernel = pairKernel(caller, { kind: "polynomial" }, real, fake);
  const nextReal = subsetsOf(real, subsetSize, random);
  const nextFake = subsetsOf(fake, subsetSize, random);
  const values = Float64Array.from({ length: subsets }, () =>
    discrepancy(caller, nextReal(), nextFake(), { kernel, unbiased: true }),
  );
  const mean = values.reduce((sum, value) => sum + value, 0) / subsets;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / subsets;
  return { mean, standardDeviation: Math.sqrt(variance) };
}

/** What gives another random subset of the rows at each call, in the memory of the one before. */
function subsetsOf({ data, shape }: Features, size: number, random: () => number): () => Features {
  const [rows, columns] = shape as [number, number];
  const order = Uint32Array.from({ length: rows }, (_, row) => row);
  const subset = new Float64Array(size * columns);
  return () => {
    // The first steps of a shuffle; it may go on from the order that the last one left.
    for (let i = 0; i < size; i++) {
      const other = i + Math.floor(random() * (rows - i));
      const row = order[other]!;
      order[other] = order[i]!;
      order[i] = row;
      for (let k = 0; k < columns; k++) subset[i * columns + k] = data[row * columns + k]!;
    }
    return { data: subset, shape: [size, columns] };
  };
}
