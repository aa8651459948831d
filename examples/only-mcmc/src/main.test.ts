import { readFileSync } from "node:fs";
import { randomStream } from "@mhgan/mcmc";
import { expect, test, vi } from "vitest";
import { exactMeans } from "./exact.ts";
import { explore } from "./explore.ts";
import { laplaceApproximation } from "./laplace.ts";
import { logPosterior, type Position, schoolEffects } from "./posterior.ts";
import { gaussianProposal, studentProposal } from "./proposals.ts";

test("the README shows what the program prints", async () => {
  const print = vi.spyOn(console, "log").mockReturnValue();
  await import("./main.ts");
  const printed = print.mock.calls.map(([line]) => `${line}\n`).join("");
  print.mockRestore();
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  expect(/```text\n(.*?)```/s.exec(readme)?.[1]).toBe(printed);
});

test("both samplers find the exact means, and cost what was predicted", async () => {
  const exact = exactMeans();
  const { predictions, chains, exactDraws } = await explore({ draws: 20_000, seed: 2 });
  // Twenty figures at four standard errors: right samplers fail for 1 seed in 800.
  for (const { summary } of [chains, exactDraws]) {
    summary.forEach(({ mean, errorOfMean, rHat }, i) => {
      expect(Math.abs(mean - exact[i]!)).toBeLessThan(4 * errorOfMean);
      expect(errorOfMean).toBeLessThan(0.1);
      expect(rHat).toBeLessThan(1.01);
    });
  }
  expect(predictions.student.paretoKHat.level).toBe("good");
  // Of 300 other seeds none failed these two: the smallest ratio was 2.7, the smallest difference .25.
  expect(predictions.gaussian.maximumWeight).toBeGreaterThan(2 * predictions.student.maximumWeight);
  expect(predictions.gaussian.paretoKHat.kHat).toBeGreaterThan(predictions.student.paretoKHat.kHat);
  // Over 40 other seeds predicted and measured rates differ by .0075 and .00105 in the mean square: each fails for 1 seed in 15,000.
  expect(Math.abs(chains.acceptanceRate - predictions.student.acceptanceRate)).toBeLessThan(0.03);
  expect(Math.abs(exactDraws.acceptanceRate - exactDraws.predictedAcceptanceRate)).toBeLessThan(0.0042);
});

test("the means by quadrature are those of the posterior on a grid", () => {
  let total = 0;
  const sums = new Array<number>(10).fill(0);
  for (let mean = -150; mean <= 170; mean += 0.5) {
    for (let logSpread = -20; logSpread <= 6; logSpread += 0.05) {
      const at: Position = [mean, logSpread];
      const mass = Math.exp(logPosterior(at));
      total += mass;
      [mean, Math.exp(logSpread), ...schoolEffects(at).map((effect) => effect.mean)].forEach((value, j) => {
        sums[j]! += mass * value;
      });
    }
  }
  // The two differ by what lies beyond the grid, where µ and τ are large: some 1e-5 of the mean of τ.
  exactMeans().forEach((exact, j) => {
    expect(sums[j]! / total).toBeCloseTo(exact, 3);
  });
});

test("the Laplace approximation of a Gaussian is that Gaussian", () => {
  // The covariance [[4, 1], [1, 2.5]] is L Lᵀ with L = [[2, 0], [0.5, 1.5]].
  const quadratic = ([x, y]: Position): number =>
    -(2.5 * (x - 3) ** 2 - 2 * (x - 3) * (y + 1) + 4 * (y + 1) ** 2) / (2 * 9);
  const { centre, lower } = laplaceApproximation(quadratic, [0, 0]);
  [...centre, ...lower].forEach((value, i) => {
    expect(value).toBeCloseTo([3, -1, 2, 0.5, 1.5][i]!, 6);
  });
  expect(() => laplaceApproximation(([x]) => x ** 2, [1, 1])).toThrow("not concave");
});

test("the proposals have the densities that they say", () => {
  // Both leave out the same factor 1/(2π det L), so weights from one to the other have the mean 1.
  const shape = { centre: [1, 2], lower: [2, 0.5, 1.5] } as const;
  const [gaussian, student] = [gaussianProposal(shape), studentProposal(shape, 3)];
  const random = randomStream(1);
  const weights = Array.from({ length: 50_000 }, () => {
    const at = student.propose(random);
    return Math.exp(gaussian.logDensity(at) - student.logDensity(at));
  });
  const mean = weights.reduce((sum, weight) => sum + weight) / weights.length;
  const variance = weights.reduce((sum, weight) => sum + (weight - mean) ** 2, 0) / weights.length;
  // Four standard errors: a right pair fails for 1 seed in 15,000.
  expect(Math.abs(mean - 1)).toBeLessThan(4 * Math.sqrt(variance / weights.length));
});
