import { normal, type RandomStream } from "@mhgan/mcmc";
import type { Gan, ScoreGradients } from "../gan.ts";
import { drawLatents } from "../latent-prior.ts";

type Pair = readonly [number, number];
type Matrix = readonly [Pair, Pair];

const times = ([[a, b], [c, d]]: Matrix, [x, y]: Pair): Pair => [a * x + b * y, c * x + d * y];
const product = (m: Matrix, [[a, b], [c, d]]: Matrix): Matrix =>
  transposed([times(m, [a, c]), times(m, [b, d])]);
export const transposed = ([[a, b], [c, d]]: Matrix): Matrix => [
  [a, c],
  [b, d],
];
const minus = ([a, b]: Pair, [c, d]: Pair): Pair => [a - c, b - d];
const dot = ([a, b]: Pair, [c, d]: Pair): number => a * c + b * d;
const determinant = ([[a, b], [c, d]]: Matrix): number => a * d - b * c;

/** scale·I + a·M + b·M² */
export const quadratic = (m: Matrix, scale: number, a: number, b: number): Matrix => {
  const square = product(m, m);
  const entry = (i: 0 | 1, j: 0 | 1) => (i === j ? scale : 0) + a * m[i][j] + b * square[i][j];
  return [
    [entry(0, 0), entry(0, 1)],
    [entry(1, 0), entry(1, 1)],
  ];
};

export function inverse(m: Matrix): Matrix {
  const [[a, b], [c, d]] = m;
  const size = determinant(m);
  return [
    [d / size, -b / size],
    [-c / size, a / size],
  ];
}

// The generator x = Az + b and the law of the data, normal(m, S).
export const A: Matrix = [
  [1, 0.5],
  [-0.3, 0.8],
];
export const b: Pair = [0.2, -0.4];
export const m: Pair = [1, -1];
const S: Matrix = [
  [0.45, 0.1],
  [0.1, 0.2],
];
/** S⁻¹, and (AAᵀ)⁻¹ of the law of the generator. */
export const dataPrecision: Matrix = inverse(S);
export const generatorPrecision: Matrix = inverse(product(A, transposed(A)));
export const logConstant: number = Math.log(Math.abs(determinant(A))) - Math.log(determinant(S)) / 2;

/** The law of the latents whose samples follow the data: z = A⁻¹(x − b) for x of the data. */
export const posteriorMean: Pair = times(inverse(A), minus(m, b));
export const posteriorCovariance: Matrix = product(product(inverse(A), S), transposed(inverse(A)));

export const generated = (z: Pair): Pair => {
  const [x, y] = times(A, z);
  return [x + b[0], y + b[1]];
};

/** log p(x)/q(x), exactly. */
export function exactScore(x: Pair): number {
  const fromData = minus(x, m);
  const fromGenerator = minus(x, b);
  const data = dot(fromData, times(dataPrecision, fromData));
  return logConstant - data / 2 + dot(fromGenerator, times(generatorPrecision, fromGenerator)) / 2;
}

/** Its gradient by x. */
export const exactSlope = (x: Pair): Pair =>
  minus(times(generatorPrecision, minus(x, b)), times(dataPrecision, minus(x, m)));

/** The gradient of the score by z. */
export const latentSlope = (z: Pair): Pair => times(transposed(A), exactSlope(generated(z)));

const rowsOf = (values: ArrayLike<number>): Pair[] =>
  Array.from({ length: values.length / 2 }, (_, i) => [values[2 * i]!, values[2 * i + 1]!]);

const gradientsOf = (
  rows: Pair[],
  score: (row: Pair) => number,
  slope: (row: Pair) => Pair,
): ScoreGradients => ({
  scores: rows.map(score),
  gradients: rows.flatMap(slope),
});

/** A linear generator of normal data, in the plane, with a perfect discriminator. Everything about it is known. */
export const linearGan: Gan<Pair[]> & Required<Pick<Gan<Pair[]>, "latent">> = {
  output: "logit",
  generate: (count, random) => rowsOf(drawLatents("normal", count, 2, random)).map(generated),
  score: (batch) => batch.map(exactScore),
  latent: {
    size: 2,
    draw: (count, random) => drawLatents("normal", count, 2, random),
    decode: (latents) => rowsOf(latents).map(generated),
    scoreGradients: (latents) => gradientsOf(rowsOf(latents), (z) => exactScore(generated(z)), latentSlope),
  },
  dataSpace: {
    size: 2,
    read: (batch) => batch.flat(),
    decode: rowsOf,
    scoreGradients: (values) => gradientsOf(rowsOf(values), exactScore, exactSlope),
  },
};

/** Samples of the data. */
export function linearData(count: number, random: RandomStream): Pair[] {
  const root = Math.sqrt(S[0][0]);
  const lower = S[1][0] / root;
  const rest = Math.sqrt(S[1][1] - lower ** 2);
  return Array.from({ length: count }, () => {
    const [u, v] = [normal(random), normal(random)];
    return [m[0] + root * u, m[1] + lower * u + rest * v];
  });
}

/**
 * How far the moments of points of the plane are from those of a normal law, in standard errors: both means, both variances, and the covariance.
 */
export function momentErrors(rows: ArrayLike<number>, mean: Pair, covariance: Matrix): number[] {
  const points = rowsOf(rows);
  const n = points.length;
  const average = (f: (point: Pair) => number) => points.reduce((sum, point) => sum + f(point), 0) / n;
  const [[vx, c], [, vy]] = covariance;
  return [
    (average(([x]) => x) - mean[0]) / Math.sqrt(vx / n),
    (average(([, y]) => y) - mean[1]) / Math.sqrt(vy / n),
    (average(([x]) => (x - mean[0]) ** 2) - vx) / (vx * Math.sqrt(2 / n)),
    (average(([, y]) => (y - mean[1]) ** 2) - vy) / (vy * Math.sqrt(2 / n)),
    (average(([x, y]) => (x - mean[0]) * (y - mean[1])) - c) / Math.sqrt((vx * vy + c * c) / n),
  ];
}
