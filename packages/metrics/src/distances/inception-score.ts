import { type Features, requireFeatures } from "../features/features.ts";
import { requireLength, requireMasses, requirePositiveCount } from "../requirements.ts";

/** How the rows are split, and how much each counts. */
export interface InceptionScoreOptions {
  /** How many scores are averaged, an integer from 1 up to the number of rows. Default: 10. */
  readonly splits?: number;
  /** How much each row counts, from 0, some row of each split more; only ratios within a split matter. Default: all alike. */
  readonly weights?: ArrayLike<number>;
}

/** The scores of the splits, summed up. */
export interface InceptionScore {
  /** The mean of the scores of the splits. */
  readonly mean: number;
  /** Their standard deviation, with the number of splits as divisor; 0 for one split. */
  readonly standardDeviation: number;
}

/** How far the sum of a row may be from 1: what rounding to 16-bit floats does. */
const TOLERANCE = 1e-3;

/**
 * The Inception score: `exp(E KL(p(y | x) ‖ p(y)))`, high where a classifier is sure of each sample and finds all classes.
 *
 * p(y) is the mean row *of the split*. Splits are runs of neighbouring rows, as even as can be: shuffle rows that lie in
 * an order. With few rows in a split the score is too low (it cannot pass their number), so only scores of splits of one
 * size compare. Nor does it see lost variety within a class, or look at real data at all. The standard deviation is that
 * of a split, not the error of the mean.
 *
 * @param probabilities - one row for each sample, one column for each class: what a classifier says, in [0, 1].
 * @param options - the number of splits, and weights of the rows.
 * @returns scores in [1, classes]. O(rows · classes).
 * @throws {RangeError} if the probabilities are no matrix, one is outside [0, 1], a row does not sum to 1 within 0.001, the splits are
 * no integer from 1 up to the number of rows, or weights do not fit, are negative or sum to 0 in a split.
 * @see Salimans et al. (NIPS 2016), Improved techniques for training GANs, section 4; Barratt and Sharma (2018), A note on the
 * Inception score, for what it does not say.
 * @example
 * ```ts
 * import { inceptionScore } from "@mhgan/metrics";
 * inceptionScore({ data: [1, 0, 0, 1], shape: [2, 2] }, { splits: 1 }); // => { mean: 2, standardDeviation: 0 }
 * inceptionScore({ data: [0.9, 0.1, 0.2, 0.8], shape: [2, 2] }, { splits: 1 }).mean; // ≈ 1.3171
 * ```
 */
export function inceptionScore(probabilities: Features, options: InceptionScoreOptions = {}): InceptionScore {
  const { splits = 10, weights } = options;
  requirePositiveCount("inceptionScore", "splits", splits);
  requireFeatures("inceptionScore", "probabilities", probabilities, splits);
  const { data, shape } = probabilities;
  const [rows, classes] = shape as [number, number];
  for (let row = 0; row < rows; row++) requireDistribution(data, row, classes);
  if (weights) {
    requireLength("inceptionScore", "weights", weights, rows);
    requireMasses("inceptionScore", "weights", weights);
  }

  const marginal = new Float64Array(classes);
  let sum = 0;
  const scores = new Float64Array(splits);
  for (let split = 0; split < splits; split++) {
    const from = Math.floor((split * rows) / splits);
    const to = Math.floor(((split + 1) * rows) / splits);
    scores[split] = scoreOf(data, classes, from, to, marginal, weights);
    sum += scores[split]!;
  }
  const mean = sum / splits;
  const squares = scores.reduce((total, score) => total + (score - mean) ** 2, 0);
  return { mean, standardDeviation: Math.sqrt(squares / splits) };
}

/** The score of the rows in between. */
function scoreOf(
  data: ArrayLike<number>,
  classes: number,
  from: number,
  to: number,
  marginal: Float64Array,
  weights: ArrayLike<number> | undefined,
): number {
  marginal.fill(0);
  let total = 0;
  for (let row = from; row < to; row++) total += weights ? weights[row]! : 1;
  if (!(total > 0)) {
    throw new RangeError(
      `inceptionScore: the weights of rows ${from} to ${to - 1}, a split, must not all be 0`,
    );
  }
  // E KL(p(y | x) ‖ p(y)) is the entropy of the mean row less the mean entropy of the rows.
  let logarithms = 0;
  for (let row = from; row < to; row++) {
    const share = weights ? weights[row]! / total : 1;
    for (let k = 0; k < classes; k++) {
      const probability = data[row * classes + k]!;
      marginal[k]! += share * probability;
      logarithms += share * entropyTerm(probability);
    }
  }
  const shares = weights ? 1 : to - from;
  let information = logarithms / shares;
  for (let k = 0; k < classes; k++) information -= entropyTerm(marginal[k]! / shares);
  return Math.exp(Math.max(information, 0));
}

/** p log p, which is 0 at 0. */
function entropyTerm(probability: number): number {
  return probability === 0 ? 0 : probability * Math.log(probability);
}

function requireDistribution(data: ArrayLike<number>, row: number, classes: number): void {
  let sum = 0;
  for (let k = 0; k < classes; k++) {
    const probability = data[row * classes + k]!;
    if (!(probability >= 0 && probability <= 1)) {
      const index = row * classes + k;
      throw new RangeError(
        `inceptionScore: probabilities.data[${index}] must be in [0, 1], got ${probability}`,
      );
    }
    sum += probability;
  }
  if (Math.abs(sum - 1) > TOLERANCE) {
    throw new RangeError(`inceptionScore: row ${row} must sum to 1 within ${TOLERANCE}, got ${sum}`);
  }
}
