import { throwNaN } from "./log-weights.ts";

/**
 * Raises weights to a power: w^β, in logarithms. A selector given these samples the law p^β q^(1−β), up to its constant.
 *
 * β below 1 leads to a law between the proposals (0) and the target (1), for weights that are sharper than they should be; β
 * above 1 leads beyond the target. Infinities stay, also for β = 0: what is impossible remains so.
 *
 * @param logWeights - log weights, each up to the same constant. NaN is an error.
 * @param exponent - β, finite, from 0.
 * @returns A new array: β times each log weight. O(n).
 * @throws {RangeError} if a log weight is NaN (the message names its index), or the exponent is negative or not finite.
 * @see Neal, "Annealed importance sampling", Statistics and Computing 11 (2001), section 2: the same path of laws.
 * @example
 * ```ts
 * import { temperLogWeights } from "@mhgan/mcmc";
 * Array.from(temperLogWeights([-2, 0, 3, -Infinity], 0.5)); // => [-1, 0, 1.5, -Infinity]
 * ```
 */
export function temperLogWeights(logWeights: ArrayLike<number>, exponent: number): Float64Array {
  requireExponent("temperLogWeights", exponent);
  const tempered = new Float64Array(logWeights.length);
  for (let k = 0; k < tempered.length; k++) {
    const logWeight = logWeights[k]!;
    if (Number.isNaN(logWeight)) throwNaN("temperLogWeights", k);
    tempered[k] = Number.isFinite(logWeight) ? exponent * logWeight : logWeight;
  }
  return tempered;
}

export function requireExponent(caller: string, exponent: number): void {
  if (!Number.isFinite(exponent) || exponent < 0) {
    throw new RangeError(`${caller}: exponent must be a finite number from 0, got ${String(exponent)}`);
  }
}
