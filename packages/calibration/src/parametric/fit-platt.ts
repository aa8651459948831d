import { type BinaryLabels, toBinaryLabels, toNonEmpty, toWeights } from "../checks.ts";
import { PlattCalibrator } from "./platt-calibrator.ts";

/** Options of {@link fitPlatt}. */
export interface FitPlattOptions {
  /** Length n, finite, ≥ 0, default all 1. A weight of 2 counts as the row given twice. */
  readonly weights?: ArrayLike<number> | undefined;
}

/**
 * Fits Platt's sigmoid p = 1 / (1 + exp(a·score + b)): logistic regression on targets drawn slightly inwards,
 * (n₁ + 1) / (n₁ + 2) for positives and 1 / (n₀ + 2) for negatives, so that separable classes have a finite fit too.
 * The slope `a` is negative when a higher score means a likelier positive. n₁ and n₀ are sums of weights.
 *
 * Newton's method on standardised scores finds the optimum to machine precision, at any scale of the scores.
 * Where scores are all equal or only one class is present they tell nothing: `a` is 0 and the mean target is predicted.
 *
 * @param scores - length n, finite, in any order: logits or margins rather than probabilities. A `Float32Array` is widened first.
 * @param labels - length n: 0 and 1, -1 and 1, or booleans.
 * @returns A calibrator of two numbers. O(n) per Newton step, of which about ten are taken.
 * @throws {TypeError} if an argument is no array of numbers.
 * @throws {RangeError} if an array is empty, of another length or not finite, if a label is of neither class, if a weight is negative
 * or all are 0, or if the scores span so little that the slope would overflow.
 * @see Platt (1999), "Probabilistic outputs for support vector machines", section 2; Lin, Lin and Weng (2007), "A note on
 * Platt's probabilistic outputs for support vector machines", for Newton's method with backtracking.
 * @example
 * ```ts
 * import { fitPlatt } from "@mhgan/calibration";
 * const calibrator = fitPlatt([-2, -1, 0, 1, 2], [0, 0, 1, 0, 1]);
 * calibrator.a; // ≈ -0.481
 * calibrator.predict([0, 3]); // ≈ [0.411, 0.747]
 * calibrator.logOdds([1000]); // ≈ [480.5]
 * ```
 */
export function fitPlatt(
  scores: ArrayLike<number>,
  labels: BinaryLabels,
  options: FitPlattOptions = {},
): PlattCalibrator {
  const x = toNonEmpty("fitPlatt", "scores", scores);
  const y = toBinaryLabels("fitPlatt", labels, "scores", x.length);
  const w = toWeights("fitPlatt", options.weights, "scores", x.length);
  const [negatives, positives] = classWeights(y, w);
  const { z, unit, center, spread } = standardise(x, w);
  if (spread === 0 || negatives === 0 || positives === 0) {
    return new PlattCalibrator(0, 0 - meanTargetLogOdds(negatives, positives));
  }
  const targets = y.map((label) => (label === 1 ? (positives + 1) / (positives + 2) : 1 / (negatives + 2)));
  const { slope, intercept } = minimise(z, targets, w, Math.log((positives + 1) / (negatives + 1)));
  const a = -slope / spread / unit;
  const b = (slope * center) / spread - intercept;
  if (!Number.isFinite(a) || !Number.isFinite(b)) {
    throw new RangeError(`fitPlatt: scores must differ by enough for a finite slope, got a slope of ${a}`);
  }
  return new PlattCalibrator(a, b);
}

function classWeights(y: Float64Array, w: Float64Array): [negatives: number, positives: number] {
  const sums: [number, number] = [0, 0];
  for (let i = 0; i < y.length; i++) sums[y[i] as 0 | 1] += w[i]!;
  return sums;
}

/** Log odds of the weighted mean of the targets. */
function meanTargetLogOdds(negatives: number, positives: number): number {
  const hits = (positives * (positives + 1)) / (positives + 2) + negatives / (negatives + 2);
  const misses = positives / (positives + 2) + (negatives * (negatives + 1)) / (negatives + 2);
  return Math.log(hits / misses);
}

/** `z = (x / unit - center) / spread`: weighted mean 0, at most 1 in magnitude, whatever the scale of `x`. */
function standardise(
  x: Float64Array,
  w: Float64Array,
): { z: Float64Array; unit: number; center: number; spread: number } {
  let largest = 0;
  let total = 0;
  for (let i = 0; i < x.length; i++) {
    total += w[i]!;
    if (w[i]! > 0) largest = Math.max(largest, Math.abs(x[i]!));
  }
  // A power of two, so that dividing by it rounds nothing.
  const unit = largest === 0 ? 1 : 2 ** Math.floor(Math.log2(largest));
  const first = x[w.findIndex((weight) => weight > 0)]! / unit;
  let center = first;
  for (let i = 0; i < x.length; i++) center += (w[i]! / total) * (x[i]! / unit - first);
  let spread = 0;
  for (let i = 0; i < x.length; i++) {
    if (w[i]! > 0) spread = Math.max(spread, Math.abs(x[i]! / unit - center));
  }
  const z = x.map((score) => (score / unit - center) / (spread || 1));
  return { z, unit, center, spread };
}

interface Line {
  readonly slope: number;
  readonly intercept: number;
}

/** Minimises the weighted cross-entropy of sigmoid(slope·z + intercept) against the targets. */
function minimise(z: Float64Array, targets: Float64Array, w: Float64Array, prior: number): Line {
  let line: Line = { slope: 0, intercept: prior };
  let here = lossAround(line, z, targets, w);
  for (let iteration = 0; iteration < 100; iteration++) {
    const { step } = here;
    let length = 1;
    let next = moved(line, step, length);
    let there = lossAround(next, z, targets, w);
    // Far from the optimum a full Newton step may overshoot. The slack is for rounding, close to it.
    while (!(there.loss <= here.loss * (1 + 1e-12)) && length > 1e-10) {
      length /= 2;
      next = moved(line, step, length);
      there = lossAround(next, z, targets, w);
    }
    line = next;
    here = there;
    // Convergence is quadratic: after a step this small the error left is its square.
    const size = Math.abs(step.slope) + Math.abs(step.intercept);
    if (size <= 1e-9 * (1 + Math.abs(line.slope) + Math.abs(line.intercept))) break;
  }
  return line;
}

function moved(line: Line, step: Line, length: number): Line {
  return {
    slope: line.slope + length * step.slope,
    intercept: line.intercept + length * step.intercept,
  };
}

/** The loss at a line, and Newton's step from there. */
function lossAround(
  { slope, intercept }: Line,
  z: Float64Array,
  targets: Float64Array,
  w: Float64Array,
): { loss: number; step: Line } {
  let loss = 0;
  let gradient0 = 0;
  let gradient1 = 0;
  let curvature00 = 0;
  let curvature01 = 0;
  let curvature11 = 0;
  for (let i = 0; i < z.length; i++) {
    const weight = w[i]!;
    if (weight === 0) continue;
    const logOdds = slope * z[i]! + intercept;
    const tail = Math.exp(-Math.abs(logOdds));
    const probability = (logOdds < 0 ? tail : 1) / (1 + tail);
    const residual = weight * (probability - targets[i]!);
    const curvature = (weight * tail) / ((1 + tail) * (1 + tail));
    loss += weight * (Math.max(logOdds, 0) + Math.log1p(tail) - targets[i]! * logOdds);
    gradient0 += residual;
    gradient1 += residual * z[i]!;
    curvature00 += curvature;
    curvature01 += curvature * z[i]!;
    curvature11 += curvature * z[i]! * z[i]!;
  }
  // Solved around the weighted mean of z, where slope and intercept do not interact; the floor keeps a step downhill.
  const mean = curvature01 / curvature00;
  const slopeCurvature = Math.max(curvature11 - mean * curvature01, 1e-12 * curvature11);
  const slopeStep = -(gradient1 - mean * gradient0) / slopeCurvature;
  return { loss, step: { slope: slopeStep, intercept: -gradient0 / curvature00 - mean * slopeStep } };
}
