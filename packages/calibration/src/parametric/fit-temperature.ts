import type { BinaryLabels } from "../checks.ts";
import { type FitRows, toFitRows } from "./fit-rows.ts";
import { bestTemperature, type LossDerivatives } from "./inverse-temperature.ts";
import { scoreReading } from "./score-reading.ts";
import { TemperatureCalibrator } from "./temperature-calibrator.ts";

/** Options of {@link fitTemperature}. */
export interface FitTemperatureOptions {
  /** What the scores say; it is never guessed from the numbers. */
  readonly input: "probability" | "logit";
  /** With `input: "probability"`: probabilities are clipped to [clip, 1 − clip], in (0, 0.5), default 2⁻⁵². */
  readonly clip?: number | undefined;
  /** Length n, finite, ≥ 0, default all 1. A weight of 2 counts as the row given twice, one of 0 as the row left out. */
  readonly weights?: ArrayLike<number> | undefined;
}

/**
 * Fits the temperature T of p = sigmoid(logit / T) by maximum likelihood. It changes how sure the scores are, not which
 * class they favour: a probability of ½ stays.
 *
 * ln T is searched in [-10, 10]. Where every logit has the sign of its label the likelihood grows for ever as T falls to 0, and where
 * the logits tell nothing or are mostly wrong it grows as T rises: T then stops at that end, and `atBound` is true. Both may
 * happen with one class only. Where all logits are 0 every temperature is the same, and T is 1.
 *
 * @param scores - length n, finite, in any order. A `Float32Array` is widened first.
 * @param labels - length n: 0 and 1, -1 and 1, or booleans.
 * @returns A calibrator of one number. O(n) per evaluation of the likelihood's slope, of which about ten are taken.
 * @throws {TypeError} if an argument is no array of numbers.
 * @throws {RangeError} if an array is empty, of another length or not finite, if a label is of neither class, if a weight is negative
 * or all are 0, if an option is missing or out of range, or if a probability is none.
 * @see Guo, Pleiss, Sun and Weinberger (2017), "On calibration of modern neural networks", section 4.2.
 * @example
 * ```ts
 * import { fitTemperature } from "@mhgan/calibration";
 * const calibrator = fitTemperature([-4, -2, -1, 1, 3, 5], [0, 1, 0, 0, 1, 1], { input: "logit" });
 * calibrator.temperature; // ≈ 2.209
 * calibrator.predict([0, 4]); // ≈ [0.5, 0.859]
 * ```
 */
export function fitTemperature(
  scores: ArrayLike<number>,
  labels: BinaryLabels,
  options: FitTemperatureOptions,
): TemperatureCalibrator {
  const reading = scoreReading("fitTemperature", options, ["probability", "logit"]);
  const rows = toFitRows("fitTemperature", scores, labels, reading, options.weights);
  const unit = largestMagnitude(rows.logits);
  return new TemperatureCalibrator(
    reading,
    bestTemperature((inverse) => derivatives(rows, inverse, unit)),
  );
}

/** What to divide huge numbers by, so that no sum of them overflows; at least 1. */
function largestMagnitude(values: Float64Array): number {
  let largest = 1;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]!));
  return largest;
}

/** Of the log loss by the inverse temperature, over `unit`. */
function derivatives({ logits, labels, weights }: FitRows, inverse: number, unit: number): LossDerivatives {
  let slope = 0;
  let curvature = 0;
  for (let i = 0; i < logits.length; i++) {
    const weight = weights === undefined ? 1 : weights[i]!;
    const logit = logits[i]!;
    // Small where the fit is right: the probability of the other class keeps all its digits there.
    const sign = 1 - 2 * labels[i]!;
    const wrong = 1 / (1 + Math.exp(-sign * inverse * logit));
    const scaled = (weight * logit) / unit;
    slope += sign * wrong * scaled;
    curvature += wrong * (1 - wrong) * scaled * logit;
  }
  return { slope, curvature };
}
