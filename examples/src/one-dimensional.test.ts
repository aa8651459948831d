import { expect, test } from "vitest";
import { keepOnAccept, oneDimensional } from "./one-dimensional.ts";

// The exact values, by quadrature. Four standard errors on three figures: a right sampler fails for 1 seed in 5000.
test("Metropolis-Hastings does what theory says on the paper's one-dimensional example", () => {
  const result = oneDimensional(8_000, 640, 2);
  const { standardErrors } = result;
  expect(Math.abs(result.acceptance - 0.6798)).toBeLessThan(4 * standardErrors.acceptance);
  expect(Math.abs(result.capOut - 0.0598)).toBeLessThan(4 * standardErrors.capOut);
  expect(Math.abs(result.fourthMode - 0.2022)).toBeLessThan(4 * standardErrors.fourthMode);
  // A largest gap is biased upwards by about one standard error of a share.
  expect(Math.abs(result.totalVariation - 0.0557)).toBeLessThan(5 * standardErrors.fourthMode);
});

test("keeping a sample only when it is accepted leaves the lost mode lost", () => {
  // By quadrature .0213 for the law of the jumps; with 20,000 draws that mix quickly, far below the .2022 of K = 640.
  const share = keepOnAccept(20_000, 1);
  expect(share).toBeGreaterThan(0.015);
  expect(share).toBeLessThan(0.03);
});
