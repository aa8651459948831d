import { requirePositiveCount } from "../requirements.ts";
import { type Features, requireFeaturePair } from "./features.ts";
import { neighbourDistances } from "./neighbour-distances.ts";
import { pairBlocks, SIDE } from "./pair-blocks.ts";
import { squaredDistances } from "./squared-distances.ts";

/** How samples and real data cover each other. */
export interface PrecisionRecallDensityCoverage {
  /** The share of fake rows that lie in a ball of a real row, in [0, 1]: how many are realistic. */
  readonly precision: number;
  /** The share of real rows that lie in a ball of a fake row, in [0, 1]: how much of the truth could be made. */
  readonly recall: number;
  /** In how many balls of real rows a fake row lies on average, over k: about 1 for the same law; from 0, may exceed 1. */
  readonly density: number;
  /** The share of real rows with a fake row in their ball, in [0, 1]: about 1 − 2⁻ᵏ for the same law. */
  readonly coverage: number;
}

/**
 * Measures realism and variety of samples apart, by nearest neighbours in a space of features.
 *
 * The ball of a row reaches to its k-th nearest other row of the same set, which is outside: a row lies in it only if
 * strictly nearer. Hence a row with k or more copies has an empty ball. Precision and recall trust each
 * ball, also that of an outlier; density counts the balls, and coverage uses only those of real rows.
 *
 * @param real - n rows, more than k.
 * @param fake - m rows, more than k, with as many columns.
 * @param options - `neighbours`: k, from 1. Default: 5.
 * @returns four plain numbers. O((n² / 2 + m² / 2 + n m) · columns) time, O((n + m) · k) memory beside the data.
 * @throws {RangeError} if a shape does not fit its data or the other, a number is not finite, there are not more than k rows,
 * k is not a positive integer, or numbers are so large that a squared distance overflows.
 * @see Kynkäänniemi et al. (NeurIPS 2019), Improved precision and recall metric for assessing generative models; Naeem et
 * al. (ICML 2020), Reliable fidelity and diversity metrics for generative models.
 * @example
 * ```ts
 * import { precisionRecallDensityCoverage } from "@mhgan/metrics";
 * // Half of the samples are far off, the others know only the left end of the data.
 * const real = { data: [0, 1, 2, 3, 4, 5, 6, 7], shape: [8, 1] };
 * const fake = { data: [0.5, 1.5, 50, 60], shape: [4, 1] };
 * const quality = precisionRecallDensityCoverage(real, fake, { neighbours: 1 });
 * quality.precision; // => 0.5
 * quality.recall; // => 0.375
 * quality.density; // => 1
 * quality.coverage; // => 0.375
 * ```
 */
export function precisionRecallDensityCoverage(
  real: Features,
  fake: Features,
  options: { readonly neighbours?: number } = {},
): PrecisionRecallDensityCoverage {
  const { neighbours = 5 } = options;
  const caller = "precisionRecallDensityCoverage";
  requirePositiveCount(caller, "neighbours", neighbours);
  requireFeaturePair(caller, real, fake, neighbours + 1);
  const realRadii = neighbourDistances(real, neighbours);
  const fakeRadii = neighbourDistances(fake, neighbours);
  requireFinite(caller, "real", realRadii);
  requireFinite(caller, "fake", fakeRadii);

  const inRealBall = new Uint8Array(fakeRadii.length);
  const inFakeBall = new Uint8Array(realRadii.length);
  const covered = new Uint8Array(realRadii.length);
  let inBalls = 0;
  for (const { aStart, aEnd, bStart, bEnd, values } of pairBlocks(real, fake, squaredDistances)) {
    for (let i = aStart; i < aEnd; i++) {
      const row = (i - aStart) * SIDE - bStart;
      const realRadius = realRadii[i]!;
      for (let j = bStart; j < bEnd; j++) {
        const distance = values[row + j]!;
        if (distance < realRadius) {
          inRealBall[j] = 1;
          covered[i] = 1;
          inBalls++;
        }
        if (distance < fakeRadii[j]!) inFakeBall[i] = 1;
      }
    }
  }
  return {
    precision: share(inRealBall),
    recall: share(inFakeBall),
    density: inBalls / (neighbours * inRealBall.length),
    coverage: share(covered),
  };
}

function requireFinite(caller: string, argument: string, squaredRadii: Float64Array): void {
  const row = squaredRadii.indexOf(Infinity);
  if (row >= 0) {
    throw new RangeError(
      `${caller}: ${argument}.data must be small enough to square distances, got Infinity in row ${row}`,
    );
  }
}

function share(flags: Uint8Array): number {
  let sum = 0;
  for (const flag of flags) sum += flag;
  return sum / flags.length;
}
