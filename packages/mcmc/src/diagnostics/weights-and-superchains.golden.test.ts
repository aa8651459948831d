import { describe, expect, test } from "vitest";
import { betaQuantile } from "./beta-quantile.ts";
import { expectClose, readGolden } from "./golden/read-golden.ts";
import { nestedRHat } from "./nested-r-hat.ts";
import { paretoKHat } from "./pareto-k-hat.ts";

interface Golden {
  pareto: { name: string; log_weights: number[]; tail_length: number; k_hat: number }[];
  nested: { name: string; chains: number; superchains: number; x: number[]; r_hat: number }[];
  beta_quantiles: [a: number, b: number, probability: number, x: number][];
  large_beta_quantiles: [a: number, b: number, probability: number, x: number][];
}
const golden = readGolden<Golden>("weights-and-superchains.json");

describe("Pareto k-hat equals that of arviz-stats", () => {
  test.each(golden.pareto)("$name", ({ log_weights, tail_length, k_hat }) => {
    const { kHat, tailLength } = paretoKHat(log_weights);
    expect(tailLength).toBe(tail_length);
    expectClose(kHat, k_hat, { rel: 1e-9, abs: 1e-10 }, "k-hat");
  });
});

test.each(golden.nested)("nested R-hat equals that of arviz-stats: $name", ({ x, r_hat, ...options }) => {
  expectClose(nestedRHat(x, options), r_hat, { rel: 1e-12, abs: 0 }, "R-hat");
});

test("beta quantiles equal those of 30-digit arithmetic", () => {
  expect(golden.beta_quantiles.length).toBe(36);
  for (const [a, b, probability, x] of golden.beta_quantiles) {
    expectClose(betaQuantile(probability, a, b), x, { rel: 1e-13, abs: 0 }, `${a}, ${b}, ${probability}`);
  }
});

test("beta quantiles of large parameters equal those of SciPy", () => {
  for (const [a, b, probability, x] of golden.large_beta_quantiles) {
    expectClose(betaQuantile(probability, a, b), x, { rel: 1e-13, abs: 0 }, `${a}, ${b}, ${probability}`);
  }
});
