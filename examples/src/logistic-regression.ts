import {
  type IndependenceTarget,
  independenceSampler,
  normal,
  pilotLogWeights,
  type SampleResult,
  sample,
} from "@mhgan/mcmc";
import { predictSelection, type SelectionPrediction } from "@mhgan/mcmc/predictions";

/** Did it rain (1) or not (0) at some humidities, centred and scaled: twelve made-up days. */
export const days: { readonly humidity: readonly number[]; readonly rain: readonly number[] } = {
  humidity: [-1.8, -1.5, -1.1, -0.9, -0.6, -0.2, 0.1, 0.4, 0.7, 1.1, 1.5, 1.9],
  rain: [0, 0, 0, 1, 0, 0, 1, 0, 1, 1, 1, 1],
};
const PRIOR_SD = 3;

type Parameters = readonly [intercept: number, slope: number];

/** Draws, and what their weights said of the chains beforehand. */
export interface PosteriorSample extends SampleResult<Parameters[]> {
  readonly chainLength: number;
  readonly prediction: SelectionPrediction;
}

/** The log posterior of a logistic regression, up to a constant. */
export function logPosterior([intercept, slope]: Parameters): number {
  let sum = -(intercept ** 2 + slope ** 2) / (2 * PRIOR_SD ** 2);
  days.humidity.forEach((x, i) => {
    const logit = intercept + slope * x;
    // log P(rain) = −log(1 + e^−logit), written so that it cannot overflow.
    const signed = days.rain[i] === 1 ? logit : -logit;
    sum += Math.min(0, signed) - Math.log1p(Math.exp(-Math.abs(signed)));
  });
  return sum;
}

/** The posterior's mode and the inverse of its curvature there, by Newton's method. */
export function laplaceApproximation(): { mode: Parameters; covariance: [number, number, number] } {
  let [a, b] = [0, 0];
  for (let iteration = 0; ; iteration++) {
    let [ga, gb] = [-a / PRIOR_SD ** 2, -b / PRIOR_SD ** 2];
    let [haa, hab, hbb] = [1 / PRIOR_SD ** 2, 0, 1 / PRIOR_SD ** 2];
    days.humidity.forEach((x, i) => {
      const p = 1 / (1 + Math.exp(-(a + b * x)));
      ga += days.rain[i]! - p;
      gb += (days.rain[i]! - p) * x;
      haa += p * (1 - p);
      hab += p * (1 - p) * x;
      hbb += p * (1 - p) * x * x;
    });
    const determinant = haa * hbb - hab ** 2;
    const covariance: [number, number, number] = [hbb / determinant, -hab / determinant, haa / determinant];
    const [da, db] = [covariance[0] * ga + covariance[1] * gb, covariance[1] * ga + covariance[2] * gb];
    if (Math.abs(da) + Math.abs(db) < 1e-12 || iteration === 50) return { mode: [a, b], covariance };
    a += da;
    b += db;
  }
}

/**
 * Draws from the posterior. The proposal is the Laplace approximation, made wider so that it covers the posterior's tails:
 * the weights, and what they predict, say whether that was enough.
 */
export async function samplePosterior(draws: number, seed: number): Promise<PosteriorSample> {
  const { mode, covariance } = laplaceApproximation();
  const WIDER = 1.5;
  const sdA = WIDER * Math.sqrt(covariance[0]);
  const slope = covariance[1] / covariance[0];
  const sdB = WIDER * Math.sqrt(covariance[2] - covariance[1] ** 2 / covariance[0]);
  const logProposal = ([a, b]: Parameters): number => {
    const za = (a - mode[0]) / sdA;
    const zb = (b - mode[1] - slope * (a - mode[0])) / sdB;
    return -(za * za + zb * zb) / 2;
  };
  const target: IndependenceTarget<Parameters> = {
    propose: (random) => {
      const a = mode[0] + sdA * normal(random);
      return [a, mode[1] + slope * (a - mode[0]) + sdB * normal(random)];
    },
    logWeight: (parameters) => logPosterior(parameters) - logProposal(parameters),
  };
  const prediction = predictSelection(await pilotLogWeights(target, { count: 4000, seed }));
  const chainLength = prediction.chainLength(0.001, "proposal");
  const run = await sample(independenceSampler(target), { draws, chainLength, seed });
  return { ...run, chainLength, prediction };
}
