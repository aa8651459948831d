import { normal, randomStream } from "@mhgan/mcmc";
import { predictSelection } from "@mhgan/mcmc/predictions";
import { expect, test } from "vitest";
import { aucWithError } from "./auc-with-error.ts";
import { measuredAcceptance } from "./measured-acceptance.ts";

// Real samples normal(1, 1), generated ones normal(0, 1): the log weight of x is x − 1/2.
const random = randomStream(1);
const real = Float64Array.from({ length: 20_000 }, () => 1 + normal(random));
const fake = Float64Array.from({ length: 20_000 }, () => normal(random));

test("of right weights it is 2(1 − AUC), of wrong ones it is not", () => {
  const { auc, error } = aucWithError(real, fake);
  const [realWeights, fakeWeights] = [real, fake].map((xs) => xs.map((x) => x - 0.5));
  const right = measuredAcceptance(realWeights!, fakeWeights!, randomStream(2));
  // The errors are about 0.003 and 0.005: four of both. (The AUC of these two laws is Φ(1/√2).)
  expect(Math.abs(right.rate - 2 * (1 - auc))).toBeLessThan(4 * Math.hypot(right.error, 2 * error));
  expect(Math.abs(2 * (1 - auc) - 0.4795)).toBeLessThan(0.02);
  // Twice as bold: the order is the same and so is the AUC, but chains accept less.
  const [realBold, fakeBold] = [real, fake].map((xs) => xs.map((x) => 2 * x));
  const bold = measuredAcceptance(realBold!, fakeBold!, randomStream(2));
  expect(bold.rate).toBeLessThan(0.35);
  const predicted = predictSelection(fakeBold!).acceptanceRate;
  expect(Math.abs(bold.rate - predicted)).toBeLessThan(5 * bold.error);
});
