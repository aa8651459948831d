import { normal, randomStream } from "@mhgan/mcmc";
import { predictSelection } from "@mhgan/mcmc/predictions";
import { describe, expect, test } from "vitest";
import { predictedChains } from "./predicted-chains.ts";
import { predictedSamplers } from "./predicted-samplers.ts";

// Target normal(0, 0.5), proposals normal(0, 1): no weight is above 2, and the mean weight is 1.
const random = randomStream(1);
const prediction = predictSelection(
  Float64Array.from({ length: 2000 }, () => Math.log(2) - 1.5 * normal(random) ** 2),
);

describe("predictedChains", () => {
  test("ascend, have the length that was used, and go some way beyond it", () => {
    const chains = predictedChains(prediction, 30);
    expect(chains.map(({ chainLength }) => chainLength)).toEqual([1, 2, 5, 10, 20, 30, 50, 100]);
    expect(chains.filter(({ chosen }) => chosen).map(({ chainLength }) => chainLength)).toEqual([30]);
    expect(predictedChains(prediction, 5000).at(-1)!.chainLength).toBe(5000);
  });

  test("come closer as they grow, and cap out less", () => {
    const chains = predictedChains(prediction, 10);
    for (const [i, chain] of chains.slice(1).entries()) {
      expect(chain.predictedTotalVariation).toBeLessThanOrEqual(chains[i]!.predictedTotalVariation);
      expect(chain.predictedCapOut).toBeLessThan(chains[i]!.predictedCapOut!);
    }
    expect(chains[0]!.predictedAcceptance).toBe(prediction.acceptanceRate);
  });
});

describe("predictedSamplers", () => {
  test("the GAN alone costs one proposal and is as far as its weights say", () => {
    const [gan] = predictedSamplers(prediction);
    expect(gan).toMatchObject({ name: "the GAN alone" });
    expect(gan!.cost).toBeCloseTo(1, 10);
    // Densities are equal at |x| = .6798, so the distance is 2(Φ(1.3596) − Φ(.6798)) = .3226; .03 are 5 standard errors of 2000 weights.
    expect(Math.abs(gan!.totalVariation - 0.3226)).toBeLessThan(0.03);
  });

  test("names what the run drew with, and is exact only under a bound", () => {
    const names = (options: Parameters<typeof predictedSamplers>[1]) =>
      predictedSamplers(prediction, options);
    expect(names({ chainLength: 30 }).find(({ chosen }) => chosen)!.name).toBe("Metropolis-Hastings, K = 30");
    expect(names({}).some(({ chosen }) => chosen)).toBe(false);
    expect(names({}).map(({ name }) => name)).not.toContain("rejection, exact");
    const exact = names({ logWeightBound: Math.log(2) }).find(({ name }) => name === "rejection, exact")!;
    expect(exact.totalVariation).toBe(0);
    expect(exact.cost).toBeCloseTo(2, 1);
  });

  test("under a bound chains are found backward, from fewer proposals", () => {
    const cost = (options: Parameters<typeof predictedSamplers>[1]) =>
      predictedSamplers(prediction, options).find(({ name }) => name === "Metropolis-Hastings, K = 256")!
        .cost;
    expect(cost({ logWeightBound: Math.log(2) })).toBeLessThan(cost({}) / 50);
  });
});
