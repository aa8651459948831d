import type { FitRows } from "./fit-rows.ts";

/** A logistic regression on at most two features. */
export interface LogLossProblem {
  /** The labels and weights; the logits are not read. */
  readonly rows: FitRows;
  /** None, one or two columns of features, finite, one value per row. */
  readonly columns: readonly Float64Array[];
  /** Whether there is an intercept; it is never penalised. Both classes must be present then, unless targets have slack. */
  readonly intercept: boolean;
  /** λ ≥ 0 of the penalty ½λ·(sum of squared coefficients). */
  readonly penalty: number;
  /** How far the targets of label 0 and label 1 lie inwards of 0 and 1. Default none. */
  readonly slack?: Slack;
}

type Slack = readonly [negatives: number, positives: number];

/** The log odds `coefficients[0]·x₀ + coefficients[1]·x₁ + intercept`. */
export interface LinearLogOdds {
  /** The coefficient of a column that is not there is 0. */
  readonly coefficients: readonly [number, number];
  readonly intercept: number;
}

/**
 * Minimises Σ w·(softplus(η) − target·η) + ½λ|coefficients|² over the line or plane η, to machine precision: Newton's method on
 * standardised columns, so at any scale. Beside an intercept, a column that does not vary gets the coefficient 0.
 *
 * The steps are safeguarded by the slope of the loss along them rather than by the loss, which costs no logarithms: the loss is convex,
 * so a step is too long just where the loss rises steeply at its end. The optimum for one row in {@link STRIDE} is
 * where a large problem starts from, which leaves about four steps on all rows.
 *
 * @internal O(n) per step.
 */
export function minimiseLogLoss(problem: LogLossProblem): LinearLogOdds {
  const { rows, columns, intercept, penalty, slack = [0, 0] } = problem;
  const { labels, weights } = rows;
  // A column that is missing is one of zeros: no slope along it has a gradient.
  const [first, second] = [0, 1].map((k) =>
    standardise(columns[k] ?? new Float64Array(labels.length), weights, intercept, penalty),
  ) as [Column, Column];
  const passes: Passes = {
    z0: first.z,
    z1: second.z,
    labels,
    weights,
    slack,
    penalties: [0, first.penalty, second.penalty],
    intercept,
  };
  const flat: Plane = [intercept ? meanTargetLogOdds(rows, slack) : 0, 0, 0];
  const sketch = labels.length < SMALL ? undefined : newton(passes, flat, STRIDE, 12);
  const [height, slope0, slope1] = newton(passes, sketch?.converged ? sketch.plane : flat, 1, 100).plane;
  return {
    coefficients: [slopeOf(first, slope0), slopeOf(second, slope1)],
    intercept: height - shiftOf(first, slope0) - shiftOf(second, slope1),
  };
}

/** Below this many rows, all are used from the start. */
const SMALL = 4096;

/** Odd, so that rows which alternate between the classes are sampled from both. */
const STRIDE = 17;

interface Column {
  /** `(x / unit − center) / spread`, at most 1 in magnitude. */
  readonly z: Float64Array;
  readonly unit: number;
  readonly center: number;
  readonly spread: number;
  /** On half the square of the slope along z. */
  readonly penalty: number;
}

/**
 * Brings a column to [-1, 1], around its weighted mean if there is an intercept to take that up. One that does not vary, or
 * whose slope would cost too much for a number to hold, becomes one of zeros.
 */
function standardise(
  x: Float64Array,
  w: Float64Array | undefined,
  centered: boolean,
  penalty: number,
): Column {
  let lowest = x[0]!;
  let highest = lowest;
  for (let i = 1; i < x.length; i++) {
    const value = x[i]!;
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  const largest = Math.max(-lowest, highest);
  // A power of two, so that dividing by it rounds nothing.
  const unit = largest === 0 ? 1 : 2 ** Math.min(1023, Math.floor(Math.log2(largest)));
  const center = centered ? weightedMean(x, w, unit) : 0;
  const spread = Math.max(highest / unit - center, center - lowest / unit);
  const z = new Float64Array(x.length);
  const own = spread > 0 ? penalty / spread / unit / spread / unit : Infinity;
  if (own === Infinity) return { z, unit, center, spread, penalty: 0 };
  for (let i = 0; i < x.length; i++) z[i] = (x[i]! / unit - center) / spread;
  return { z, unit, center, spread, penalty: own };
}

function weightedMean(x: Float64Array, w: Float64Array | undefined, unit: number): number {
  const first = x[0]! / unit;
  let sum = 0;
  let total = 0;
  for (let i = 0; i < x.length; i++) {
    const weight = w === undefined ? 1 : w[i]!;
    sum += weight * (x[i]! / unit - first);
    total += weight;
  }
  return first + sum / total;
}

function slopeOf({ unit, spread }: Column, slope: number): number {
  return slope === 0 ? 0 : slope / spread / unit;
}

function shiftOf({ center, spread }: Column, slope: number): number {
  return slope === 0 ? 0 : (slope * center) / spread;
}

/** What a pass over the rows reads. */
interface Passes {
  readonly z0: Float64Array;
  readonly z1: Float64Array;
  readonly labels: Float64Array;
  readonly weights: Float64Array | undefined;
  readonly slack: Slack;
  readonly penalties: Plane;
  readonly intercept: boolean;
}

/** A point of the search, or a step of it: log odds `height + slope0·z0 + slope1·z1`. */
type Plane = readonly [height: number, slope0: number, slope1: number];

function meanTargetLogOdds({ negatives, positives }: FitRows, [low, high]: Slack): number {
  const hits = positives * (1 - high) + negatives * low;
  const misses = positives * high + negatives * (1 - low);
  return Math.log(hits / misses);
}

function newton(
  passes: Passes,
  start: Plane,
  stride: number,
  iterations: number,
): { plane: Plane; converged: boolean } {
  let plane = start;
  let here = derivativesAt(passes, plane, stride);
  for (let iteration = 0; iteration < iterations; iteration++) {
    const step = newtonStep(here);
    // How far the step may change any log odds. Its square is the error after it: convergence is quadratic.
    const size = lengthOf(step);
    if (size <= 1e-7 + 1e-12 * lengthOf(plane)) return { plane: moved(plane, step, 1), converged: true };
    const descent = -slopeAlong(here, step);
    let length = 1;
    let next = moved(plane, step, length);
    let there = derivativesAt(passes, next, stride);
    let ascent = slopeAlong(there, step);
    while (ascent > descent / 2 && length * size > 1e-7) {
      length *= Math.min(0.5, Math.max(0.1, descent / (descent + ascent)));
      next = moved(plane, step, length);
      there = derivativesAt(passes, next, stride);
      ascent = slopeAlong(there, step);
    }
    plane = next;
    here = there;
  }
  return { plane, converged: false };
}

function lengthOf(plane: Plane): number {
  return plane.reduce((sum, value) => sum + Math.abs(value), 0);
}

function moved(plane: Plane, step: Plane, length: number): Plane {
  return plane.map((value, k) => value + length * step[k]!) as unknown as Plane;
}

/** Gradient g and curvature h of the loss at a plane, by height (H) and slopes (0, 1). */
type Derivatives = [
  gH: number,
  g0: number,
  g1: number,
  hHH: number,
  hH0: number,
  hH1: number,
  h00: number,
  h01: number,
  h11: number,
];

function slopeAlong(derivatives: Derivatives, step: Plane): number {
  return step.reduce((sum, value, k) => sum + value * derivatives[k]!, 0);
}

/** The derivatives over every row, or over one in `stride`. */
function derivativesAt(passes: Passes, plane: Plane, stride: number): Derivatives {
  const { penalties, intercept } = passes;
  const sums: Derivatives = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  const wrong = new Float64Array(BLOCK);
  for (let from = 0; from < passes.labels.length; from += BLOCK * stride) {
    addBlock(sums, wrong, passes, plane, from, stride);
  }
  // A height that is held at 0 has no gradient, and interacts with nothing.
  if (!intercept) sums[0] = sums[4] = sums[5] = 0;
  for (const [slope, curvature] of [
    [1, 6],
    [2, 8],
  ] as const) {
    sums[slope] += (penalties[slope] / stride) * plane[slope];
    sums[curvature] += penalties[slope] / stride;
  }
  return sums;
}

/** Rows of a block: with the exponentials in a loop of their own, the other keeps its sums in registers. */
const BLOCK = 256;

/** Adds a block of rows to the sums of a pass. `wrong` is for intermediate results. */
function addBlock(
  sums: Derivatives,
  wrong: Float64Array,
  { z0, z1, labels, weights, slack }: Passes,
  [height, slope0, slope1]: Plane,
  from: number,
  stride: number,
): void {
  const to = Math.min(labels.length, from + BLOCK * stride);
  for (let i = from, k = 0; i < to; i += stride, k++) {
    // The probability of the other class keeps all its digits where the fit is all but certain.
    const sign = 1 - 2 * labels[i]!;
    wrong[k] = 1 / (1 + Math.exp(-sign * (slope0 * z0[i]! + slope1 * z1[i]! + height)));
  }
  const slack0 = slack[0];
  const slackRise = slack[1] - slack0;
  let gH = 0;
  let g0 = 0;
  let g1 = 0;
  let hHH = 0;
  let hH0 = 0;
  let hH1 = 0;
  let h00 = 0;
  let h01 = 0;
  let h11 = 0;
  for (let i = from, k = 0; i < to; i += stride, k++) {
    const weight = weights === undefined ? 1 : weights[i]!;
    const u = z0[i]!;
    const v = z1[i]!;
    const label = labels[i]!;
    const p = wrong[k]!;
    const residual = weight * (1 - 2 * label) * (p - (slack0 + label * slackRise));
    const curvature = weight * p * (1 - p);
    const curvatureU = curvature * u;
    const curvatureV = curvature * v;
    gH += residual;
    g0 += residual * u;
    g1 += residual * v;
    hHH += curvature;
    hH0 += curvatureU;
    hH1 += curvatureV;
    h00 += curvatureU * u;
    h01 += curvatureU * v;
    h11 += curvatureV * v;
  }
  sums[0] += gH;
  sums[1] += g0;
  sums[2] += g1;
  sums[3] += hHH;
  sums[4] += hH0;
  sums[5] += hH1;
  sums[6] += h00;
  sums[7] += h01;
  sums[8] += h11;
}

/** Solves for Newton's step, the height first: around the mean of z, slopes and height do not interact. */
function newtonStep([gH, g0, g1, hHH, hH0, hH1, h00, h01, h11]: Derivatives): Plane {
  const pivotH = floored(hHH, hHH);
  const mean0 = hH0 / pivotH;
  const mean1 = hH1 / pivotH;
  const pivot0 = floored(h00 - mean0 * hH0, h00);
  const shared = (h01 - mean0 * hH1) / pivot0;
  const pivot1 = floored(h11 - mean1 * hH1 - shared * shared * pivot0, h11);
  const rest0 = g0 - mean0 * gH;
  const rest1 = g1 - mean1 * gH - shared * rest0;
  const slope1 = -rest1 / pivot1;
  const slope0 = -rest0 / pivot0 - shared * slope1;
  return [-gH / pivotH - mean0 * slope0 - mean1 * slope1, slope0, slope1];
}

/** What is left of a curvature when others are eliminated; the floor keeps a step downhill. */
function floored(pivot: number, curvature: number): number {
  return Math.max(pivot, 1e-12 * curvature, Number.MIN_VALUE);
}
