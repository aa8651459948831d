import { type BinaryLabels, checkChoice, describe } from "../checks.ts";
import { sigmoid, softplus } from "../numerics/log-odds.ts";
import { checkBothClasses, toFitRows } from "./fit-rows.ts";
import { LogisticCalibrator, type LogisticFeatures } from "./logistic-calibrator.ts";
import { minimiseLogLoss } from "./minimise-log-loss.ts";
import { scoreReading } from "./score-reading.ts";

/** Options of {@link fitLogistic}. */
export interface FitLogisticOptions {
  /** What the scores say; it is never guessed from the numbers. */
  readonly input: "probability" | "logit";
  /** What log odds are linear in, for a probability D: `"linear"` D, `"beta1"` its logit, `"beta2"` ln D and ln(1 − D). */
  readonly features: LogisticFeatures;
  /** λ > 0 of the penalty ½λ·(sum of squared coefficients), default 1; scikit-learn's `C` is 1/λ. The intercept is free. */
  readonly penalty?: number | undefined;
  /** With `input: "probability"`: probabilities are clipped to [clip, 1 − clip], in (0, 0.5), default 1e-12. */
  readonly clip?: number | undefined;
  /** Length n, finite, ≥ 0, default all 1. A weight of 2 counts as the row given twice, one of 0 as the row left out. */
  readonly weights?: ArrayLike<number> | undefined;
}

/**
 * Fits a penalised logistic regression on features of a probability D: the three parametric calibrators of the authors of MH-GAN.
 *
 * The coefficients are free in sign, so a curve may fall. `"beta2"` may even turn round, at D = c₁ / (c₁ + c₂) where its two coefficients
 * agree in sign; `fitBeta` never does. Where scores are all equal the coefficients are 0, and the share of positives is predicted.
 *
 * @param scores - length n, finite, in any order. A `Float32Array` is widened first.
 * @param labels - length n: 0 and 1, -1 and 1, or booleans; both classes.
 * @returns A calibrator of two or three numbers, at the exact optimum. O(n) per Newton step, of which about ten are taken.
 * @throws {TypeError} if an argument is no array of numbers.
 * @throws {RangeError} if an array is empty, of another length or not finite, if labels are of neither class or all of one, if a
 * weight is negative or all are 0, if an option is missing or out of range, or if a probability is none.
 * @see Turner, Hung, Frank, Saatchi and Yosinski (2019), "Metropolis-Hastings generative adversarial networks", ICML.
 * @example
 * ```ts
 * import { fitLogistic } from "@mhgan/calibration";
 * const scores = [0.05, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.95];
 * const labels = [0, 0, 1, 0, 1, 0, 1, 1];
 * const calibrator = fitLogistic(scores, labels, { input: "probability", features: "beta1" });
 * calibrator.coefficients; // ≈ [0.696]
 * calibrator.predict([0.1, 0.5, 0.9]); // ≈ [0.178, 0.5, 0.822]
 * ```
 */
export function fitLogistic(
  scores: ArrayLike<number>,
  labels: BinaryLabels,
  options: FitLogisticOptions,
): LogisticCalibrator {
  const reading = scoreReading("fitLogistic", options, ["probability", "logit"], 1e-12);
  const { features, penalty = 1, weights } = options;
  checkChoice("fitLogistic", "features", features, ["linear", "beta1", "beta2"]);
  if (!(typeof penalty === "number" && penalty > 0 && penalty < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`fitLogistic: penalty must be a positive finite number, got ${describe(penalty)}`);
  }
  const rows = toFitRows("fitLogistic", scores, labels, reading, weights);
  checkBothClasses("fitLogistic", rows);
  const columns = columnsOf(features, rows.logits);
  const { coefficients, intercept } = minimiseLogLoss({ rows, columns, intercept: true, penalty });
  return new LogisticCalibrator(reading, features, coefficients.slice(0, columns.length), intercept);
}

function columnsOf(features: LogisticFeatures, logits: Float64Array): Float64Array[] {
  if (features === "linear") return [logits.map(sigmoid)];
  if (features === "beta1") return [logits];
  return [logits.map((logit) => -softplus(-logit)), logits.map((logit) => -softplus(logit))];
}
