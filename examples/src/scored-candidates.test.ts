import { normal, randomStream } from "@mhgan/mcmc";
import { expect, test } from "vitest";
import { meanOfPicks, pickCandidates } from "./scored-candidates.ts";

test("picks from a scored pile follow the target, and whole laws estimate its mean better than picks do", () => {
  // Candidates from normal(0, 1); wanted is normal(1, 1), whose log odds against them are x − ½.
  const random = randomStream("pile");
  const pile = Float64Array.from({ length: 60_000 }, () => normal(random));
  const logOdds = pile.map((x) => x - 0.5);
  const chainLength = 30;
  const { picks, prediction } = pickCandidates(logOdds, chainLength, 1);
  expect(new Set(picks).size).toBe(2000);
  const mean = picks.reduce((sum, row) => sum + pile[row]!, 0) / picks.length;
  // Standard deviation 1: four standard errors, and what chains of 30 leave of the way.
  expect(prediction.totalVariation(chainLength, "proposal")).toBeLessThan(0.02);
  expect(Math.abs(mean - 1)).toBeLessThan(4 / Math.sqrt(2000) + 0.06);
  expect(Math.abs(meanOfPicks(logOdds, pile, chainLength) - 1)).toBeLessThan(0.08);
});
