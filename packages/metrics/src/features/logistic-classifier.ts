import { requirePositive } from "../requirements.ts";
import type { TwoSampleClassifier } from "./two-sample-classifier.ts";

/** How strongly the classifier is held back. */
export interface LogisticClassifierOptions {
  /** What ½ |slope|² costs beside the mean log loss, positive and finite. Default: 0.01. */
  readonly penalty?: number;
}

const MOST_STEPS = 1000;
const GRADIENT_TOLERANCE = 1e-8;

/**
 * A classifier for `classifierTwoSampleTest`: logistic regression of standardised columns.
 *
 * It finds differences in means, with fewer rows than nearest neighbours where there are many columns, and sees little
 * else: not a hole in the middle, nor two modes in place of one.
 *
 * @param options - the penalty.
 * @returns a classifier. Learning takes up to 1,000 accelerated gradient steps of O(rows · columns), scoring O(rows · columns).
 * @throws {RangeError} if the penalty is not positive and finite.
 * @see Nesterov (1983), A method of solving a convex programming problem with convergence rate O(1/k²); O'Donoghue and
 * Candès (2015), Adaptive restart for accelerated gradient schemes.
 * @example
 * ```ts
 * import { logisticClassifier } from "@mhgan/metrics";
 * const learn = logisticClassifier({ penalty: 1 });
 * const score = learn({ data: [0, 2], shape: [2, 1] }, Uint8Array.of(0, 1));
 * score({ data: [0, 1, 2], shape: [3, 1] }); // ≈ [0.4011, 0.5, 0.5989]
 * ```
 */
export function logisticClassifier(options: LogisticClassifierOptions = {}): TwoSampleClassifier {
  const { penalty = 0.01 } = options;
  requirePositive("logisticClassifier", "penalty", penalty);
  if (penalty === Infinity) {
    throw new RangeError("logisticClassifier: penalty must be finite, got Infinity");
  }
  return ({ data, shape }, isReal) => {
    const columns = shape[1]!;
    const standardise = standardiser(data, columns);
    const coefficients = minimise(standardise(data), columns, isReal, penalty);
    return (rows) => {
      const standardised = standardise(rows.data);
      return Float64Array.from({ length: rows.shape[0]! }, (_, row) =>
        probability(standardised, row, coefficients),
      );
    };
  };
}

/** Takes from each column its mean here and divides by its standard deviation; a constant column becomes 0. */
function standardiser(data: ArrayLike<number>, columns: number): (data: ArrayLike<number>) => Float64Array {
  const rows = data.length / columns;
  const means = new Float64Array(columns);
  const scales = new Float64Array(columns);
  // About the first row: the mean of a constant column is then that constant to the last bit.
  for (let i = 0; i < data.length; i++) means[i % columns]! += (data[i]! - data[i % columns]!) / rows;
  for (let column = 0; column < columns; column++) means[column]! += data[column]!;
  for (let i = 0; i < data.length; i++) scales[i % columns]! += (data[i]! - means[i % columns]!) ** 2 / rows;
  for (let column = 0; column < columns; column++) {
    const variance = scales[column]!;
    scales[column] = variance > 0 ? 1 / Math.sqrt(variance) : 0;
  }
  return (values) =>
    Float64Array.from(values, (value, i) => (value - means[i % columns]!) * scales[i % columns]!);
}

/** Slopes and, last, the intercept, where the penalised mean log loss is least. */
function minimise(data: Float64Array, columns: number, isReal: Uint8Array, penalty: number): Float64Array {
  // The curvature is at most ¼ of the largest eigenvalue of the correlations, which is at most their number.
  const step = 1 / (columns / 4 + penalty);
  const gradient = new Float64Array(columns + 1);
  const ahead = new Float64Array(columns + 1);
  const coefficients = new Float64Array(columns + 1);
  let momentum = 1;
  for (let k = 0; k < MOST_STEPS; k++) {
    gradientAt(ahead, data, isReal, penalty, gradient);
    if (gradient.every((slope) => Math.abs(slope) < GRADIENT_TOLERANCE)) break;
    let uphill = 0;
    const next = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const stride = (momentum - 1) / next;
    for (let j = 0; j <= columns; j++) {
      const before = coefficients[j]!;
      const now = ahead[j]! - step * gradient[j]!;
      uphill += gradient[j]! * (now - before);
      coefficients[j] = now;
      ahead[j] = now + stride * (now - before);
    }
    if (uphill > 0) ahead.set(coefficients);
    momentum = uphill > 0 ? 1 : next;
  }
  return ahead;
}

function gradientAt(
  coefficients: Float64Array,
  data: Float64Array,
  isReal: Uint8Array,
  penalty: number,
  gradient: Float64Array,
): void {
  const columns = coefficients.length - 1;
  for (let j = 0; j < columns; j++) gradient[j] = penalty * coefficients[j]!;
  gradient[columns] = 0;
  for (let row = 0; row < isReal.length; row++) {
    const excess = (probability(data, row, coefficients) - isReal[row]!) / isReal.length;
    for (let j = 0; j < columns; j++) gradient[j]! += excess * data[row * columns + j]!;
    gradient[columns]! += excess;
  }
}

function probability(data: Float64Array, row: number, coefficients: Float64Array): number {
  const columns = coefficients.length - 1;
  let logit = coefficients[columns]!;
  for (let j = 0; j < columns; j++) logit += coefficients[j]! * data[row * columns + j]!;
  return 1 / (1 + Math.exp(-logit));
}
