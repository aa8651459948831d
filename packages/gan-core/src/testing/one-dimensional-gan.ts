import { normal, type RandomStream } from "@mhgan/mcmc";
import type { Gan } from "../gan.ts";

// The MH-GAN paper's figure 2: data are an equal mixture of normals around 0, 1, 2 and 3, the generator has lost the
// last mode and is a little wider. The discriminator is perfect.
const DATA = { means: [0, 1, 2, 3], sd: 0.25 };
const GENERATOR = { means: [0, 1, 2], sd: 0.3125 };

type Mixture = typeof DATA;

function draw({ means, sd }: Mixture, random: () => number): number {
  return means[Math.floor(random() * means.length)]! + sd * normal(random);
}

function logDensity({ means, sd }: Mixture, x: number): number {
  const sum = means.reduce((total, mean) => total + Math.exp(-0.5 * ((x - mean) / sd) ** 2), 0);
  return Math.log(sum / (means.length * sd));
}

/** log p(x)/q(x), exactly. */
export const exactLogWeight = (x: number): number => logDensity(DATA, x) - logDensity(GENERATOR, x);

/** A perfect discriminator's logit is the log weight. */
export const oneDimensionalGan: Gan<number[]> = {
  output: "logit",
  generate: (count, random) => Array.from({ length: count }, () => draw(GENERATOR, random)),
  score: (batch) => batch.map(exactLogWeight),
};

/** Samples of the data. */
export const realData = (count: number, random: RandomStream): number[] =>
  Array.from({ length: count }, () => draw(DATA, random));

/** The share of samples in the mode that the generator has lost. */
export function fourthModeShare(samples: readonly number[]): number {
  return samples.filter((x) => x > 2.5).length / samples.length;
}

/** The share of that mode under the generator's law times a function of the log weight, by quadrature. */
export function fourthModeShareOfWeights(logWeightAt: (exact: number) => number): number {
  let inside = 0;
  let total = 0;
  for (let x = -2; x < 6; x += 1e-4) {
    const mass = Math.exp(logDensity(GENERATOR, x) + logWeightAt(exactLogWeight(x)));
    total += mass;
    if (x > 2.5) inside += mass;
  }
  return inside / total;
}
