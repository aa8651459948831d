import { expect, test } from "vitest";
import { isotonicTails } from "./isotonic-tails.ts";
import { meanAndError } from "./mean-and-error.ts";
import { laplacePair, normalPair } from "./score-pair.ts";
import { centred, exact, platt, pooled, vennAbers } from "./tail-rules.ts";

const rules = [exact, pooled(5), centred(5), vennAbers, platt];
const options = { rules, runs: 20, chainLength: 640, seed: 2 };

// What is compared lies some six standard errors apart over twenty runs, or more: fewer than 1 seed in 100,000 fails.
test("tails keep the weights finite and exact sampling near the target", () => {
  const pairs = [normalPair(2), laplacePair(2)];
  const studies = [...isotonicTails({ ...options, pairs, sizes: [500, 5_000] })];
  expect(studies.map(({ pair, size }) => [pair.name, size])).toEqual(
    pairs.flatMap(({ name }) => [500, 5_000].map((size) => [name, size])),
  );
  const totalVariations = studies.map((study) => {
    for (const { name, judgements } of study.rules) {
      expect(judgements).toHaveLength(20);
      for (const { maximumWeight, logLossExcess } of judgements) {
        // Exact isotonic regression has a bound only where a fake has the highest score of all.
        if (name !== "exact") expect(Number.isFinite(maximumWeight)).toBe(name !== "Platt");
        expect(logLossExcess).toBeGreaterThan(0);
      }
    }
    return study.rules.map(({ judgements }) => meanAndError(judgements.map((j) => j.totalVariation)).mean);
  });
  for (const [frozen, tails] of totalVariations) expect(frozen!).toBeGreaterThan(tails!);
  // On the Laplace pair, whose true weights are flat in the tails, there is little between these two.
  for (const [, tails, centres] of totalVariations.slice(0, 2)) expect(centres!).toBeLessThan(tails!);
  const [normalFew, normalMany, laplaceFew, laplaceMany] = totalVariations.map(([, tails]) => tails!);
  expect(normalMany!).toBeLessThan(normalFew!);
  expect(laplaceMany!).toBeLessThan(laplaceFew!);
  // Platt's model is the truth for the one pair and not for the other.
  expect(totalVariations[1]!.at(-1)!).toBeLessThan(totalVariations[1]![1]! / 2);
  expect(totalVariations[3]!.at(-1)!).toBeGreaterThan(totalVariations[3]![1]!);
});

test("the same seed gives the same study, and more runs only add to it", () => {
  const run = (runs: number) =>
    [...isotonicTails({ ...options, pairs: [laplacePair(1)], sizes: [50], runs })][0]!;
  const [two, three] = [run(2), run(3)];
  expect(three.rules.map(({ judgements }) => judgements.slice(0, 2))).toEqual(
    two.rules.map(({ judgements }) => judgements),
  );
  expect(three.truth.totalVariation).toBeLessThan(1e-12);
});
