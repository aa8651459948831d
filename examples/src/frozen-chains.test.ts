import { fitIsotonic } from "@mhgan/calibration";
import { randomStream } from "@mhgan/mcmc";
import { expect, test } from "vitest";
import { frozenChains, frozenShares } from "./frozen-chains.ts";
import { normalPair } from "./score-pair.ts";
import { centred, exact, pooled } from "./tail-rules.ts";

const share = (values: Float64Array, wanted: number): number =>
  values.filter((value) => value === wanted).length / values.length;

// Four standard errors of a share, three times: fails for 1 seed in 5000.
test("the frozen shares are those of fresh samples", () => {
  const pair = normalPair(2);
  const random = randomStream(4);
  const { scores, labels } = pair.sample(500, random.split("fit"));
  const calibrator = fitIsotonic(scores, labels);
  const count = 50_000;
  const fresh = calibrator.predict(pair.sample(count, random.split("fresh")).scores);
  const [real, fake] = [fresh.subarray(0, count), fresh.subarray(count)];
  const { realAtOne, fakeAtOne, fakeAtZero } = frozenShares(calibrator, 2);
  for (const [seen, expected] of [
    [share(real, 1), realAtOne],
    [share(fake, 1), fakeAtOne],
    [share(fake, 0), fakeAtZero],
  ] as const) {
    expect(Math.abs(seen - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / count));
  }
});

test("without 0 and 1 nothing is frozen", () => {
  const none = { realAtOne: 0, fakeAtOne: 0, fakeAtZero: 0 };
  expect(frozenShares(fitIsotonic([1, 1, 2, 2], [0, 1, 0, 1]), 2)).toEqual(none);
});

// Published means of 20 runs, whose errors are taken to be as large as ours. Four errors of each difference: 1 seed in 1800.
test("isotonic regression freezes as many chains as scikit-learn's was seen to", () => {
  const { shares } = frozenChains({
    ...{ distance: 4, size: 500, rules: [], runs: 20 },
    ...{ chains: 1, chainLength: 1, seed: 5 },
  });
  for (const [name, published] of [
    ["realAtOne", 0.8],
    ["fakeAtZero", 0.81],
  ] as const) {
    const { mean, standardError } = shares[name];
    expect(Math.abs(mean - published)).toBeLessThan(4 * Math.SQRT2 * standardError);
  }
});

test("chains cap out as often as their weights say, and pooled tails set them free", () => {
  const runs = 4;
  const chains = 300;
  const { rows } = frozenChains({
    ...{ distance: 2, size: 500, rules: [exact, pooled(5), centred(5)], runs },
    ...{ chains, chainLength: 640, seed: 6 },
  });
  // Given the fits the chains are independent: four standard errors and half a chain, four times: 1 seed in 3000.
  for (const { capOut, expectedCapOut } of rows) {
    const variance = (expectedCapOut.mean * (1 - expectedCapOut.mean)) / (runs * chains);
    expect(Math.abs(capOut.mean - expectedCapOut.mean)).toBeLessThan(
      4 * Math.sqrt(variance) + 0.5 / (runs * chains),
    );
  }
  const [frozen, tails, centres, truth] = rows.map(({ expectedCapOut }) => expectedCapOut.mean);
  expect(truth).toBeCloseTo(0.01376, 4);
  expect(frozen!).toBeGreaterThan(truth!);
  expect(Math.max(tails!, centres!)).toBeLessThan(0.001);
  const [unbounded, bounded] = rows.map(({ maximumWeight }) => maximumWeight.mean);
  expect(unbounded).toBe(Infinity);
  expect(bounded!).toBeLessThan(100);
});
