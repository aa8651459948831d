import { expect, test } from "vitest";
import { laplaceApproximation, logPosterior, samplePosterior } from "./logistic-regression.ts";

/** Posterior means by summing over a fine grid. */
function exactMeans(): [number, number] {
  const { mode, covariance } = laplaceApproximation();
  const top = logPosterior(mode);
  let [total, a, b] = [0, 0, 0];
  const cells = 400;
  for (let i = 0; i < cells; i++) {
    for (let j = 0; j < cells; j++) {
      const x = mode[0] + Math.sqrt(covariance[0]) * 12 * ((i + 0.5) / cells - 0.5);
      const y = mode[1] + Math.sqrt(covariance[2]) * 16 * ((j + 0.5) / cells - 0.4);
      const density = Math.exp(logPosterior([x, y]) - top);
      total += density;
      a += density * x;
      b += density * y;
    }
  }
  return [a / total, b / total];
}

test("Laplace's proposal and Metropolis-Hastings give the posterior of a logistic regression", async () => {
  const draws = 4000;
  const run = await samplePosterior(draws, 1);
  // Each draw has its own chain, so the draws are independent: four standard errors on two means.
  exactMeans().forEach((exact, parameter) => {
    const values = run.draws.map((draw) => draw[parameter]!);
    const mean = values.reduce((sum, x) => sum + x, 0) / draws;
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws;
    expect(Math.abs(mean - exact)).toBeLessThan(4 * Math.sqrt(variance / draws));
  });
  expect(run.chainLength).toBeLessThan(100);
  // The first step is always accepted; afterwards as predicted from the pilot.
  const afterFirst = (run.acceptanceRate * run.chainLength - 1) / (run.chainLength - 1);
  expect(Math.abs(afterFirst - run.prediction.acceptanceRate)).toBeLessThan(0.03);
});
