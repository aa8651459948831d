import { type BinaryLabels, describe } from "../checks.ts";
import { type Rows, toRows, type WeightOptions } from "./rows.ts";
import { weightedMean } from "./weighted-mean.ts";

/** Options of {@link logLoss}. */
export interface LogLossOptions extends WeightOptions {
  /** Probabilities are moved into [clip, 1 − clip] first; in [0, 0.5). Default 0: they are taken at their word. */
  readonly clip?: number | undefined;
}

/**
 * The log loss, or cross-entropy: the mean of −ln p over positives and −ln(1 − p) over negatives, in nats. A proper score.
 *
 * A probability of exactly 0 or 1 that was wrong costs `Infinity`, which is what it deserves. `clip: Number.EPSILON` gives
 * what scikit-learn's `log_loss` does. Where log odds are at hand, `logLossOfLogOdds` loses nothing to rounding.
 *
 * @param probabilities - length n, each in [0, 1].
 * @param labels - length n: 0 and 1, -1 and 1, or booleans.
 * @returns A number ≥ 0, possibly `Infinity`; 0 is perfect, ln 2 is what ½ gets everywhere. O(n).
 * @throws {TypeError} if an argument is no array of numbers.
 * @throws {RangeError} if an array is empty or of another length, or if a probability, label or weight, or `clip`, is out of range.
 * @see Good (1952), "Rational decisions".
 * @example
 * ```ts
 * import { logLoss } from "@mhgan/calibration";
 * logLoss([0.5, 0.8], [0, 1]); // ≈ 0.4581
 * logLoss([0.5, 1], [0, 0]); // => Infinity
 * logLoss([0.5, 1], [0, 0], { clip: Number.EPSILON }); // ≈ 18.3684
 * ```
 */
export function logLoss(
  probabilities: ArrayLike<number>,
  labels: BinaryLabels,
  options: LogLossOptions = {},
): number {
  const { clip = 0, weights } = options;
  const rows = toRows("logLoss", probabilities, labels, weights);
  if (!(typeof clip === "number" && clip >= 0 && clip < 0.5)) {
    throw new RangeError(`logLoss: clip must be a number in [0, 0.5), got ${describe(clip)}`);
  }
  const clipped = rows.probabilities.map((p) => Math.min(1 - clip, Math.max(clip, p)));
  return meanLogLoss({ ...rows, probabilities: clipped });
}

/** @internal As {@link logLoss}, unclipped, for rows that a caller has checked under its own name. */
export function meanLogLoss({ probabilities, labels, weights }: Rows): number {
  return weightedMean(
    probabilities.map((p, i) => (labels[i] === 1 ? 0 - Math.log(p) : 0 - Math.log1p(-p))),
    weights,
  );
}
