import { normal, type RandomStream } from "@mhgan/mcmc";
import type { Gan } from "../gan.ts";

/**
 * Data from normal(1, 1), a generator of normal(0, 1) and a perfect discriminator: its logit is x − ½, its AUC
 * Φ(1/√2) = .76025, and weights have mean 1 and standard deviation √(e − 1) = 1.31.
 */
export const shiftedGan: Gan<number[]> = {
  output: "logit",
  generate: (count, random) => Array.from({ length: count }, () => normal(random)),
  score: (batch) => batch.map((x) => x - 0.5),
};

/** Samples of the data. */
export const shiftedData = (count: number, random: RandomStream): number[] =>
  Array.from({ length: count }, () => 1 + normal(random));
