import { type BinaryLabels, toBinaryLabels, toWeights } from "../checks.ts";
import { softplus } from "../numerics/log-odds.ts";
import type { WeightOptions } from "./rows.ts";
import { toLogOdds } from "./to-log-odds.ts";
import { weightedMean } from "./weighted-mean.ts";

/**
 * The log loss of log odds l: the mean of ln(1 + exp(−l)) over positives and ln(1 + exp(l)) over negatives, in nats.
 *
 * It is `logLoss` of the probabilities 1 / (1 + exp(−l)), without ever forming them: a miss at log odds of 1000 costs
 * 1000, not `Infinity`.
 *
 * @param logOdds - length n, any numbers but NaN. Infinite ones cost nothing if right and `Infinity` if wrong.
 * @param labels - length n: 0 and 1, -1 and 1, or booleans.
 * @returns A number ≥ 0, possibly `Infinity`; 0 is perfect, ln 2 is what 0 gets everywhere. O(n).
 * @throws {TypeError} if an argument is no array of numbers.
 * @throws {RangeError} if an array is empty or of another length, if log odds are NaN, or a label or weight is out of range.
 * @see Good (1952), "Rational decisions".
 * @example
 * ```ts
 * import { logLossOfLogOdds } from "@mhgan/calibration";
 * logLossOfLogOdds([0, 2], [0, 1]); // ≈ 0.4100
 * logLossOfLogOdds([1000, Infinity], [0, 1]); // => 500
 * ```
 */
export function logLossOfLogOdds(
  logOdds: ArrayLike<number>,
  labels: BinaryLabels,
  options: WeightOptions = {},
): number {
  const l = toLogOdds("logLossOfLogOdds", logOdds);
  const y = toBinaryLabels("logLossOfLogOdds", labels, "logOdds", l.length);
  const w = toWeights("logLossOfLogOdds", options.weights, "logOdds", l.length);
  return weightedMean(
    l.map((value, i) => softplus(y[i] === 1 ? -value : value)),
    w,
  );
}
