import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { independenceSampler, sample } from "@mhgan/mcmc";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fromJSON, meanToError, shareAboveHalf, toJSON } from "./streaming.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "streaming-"));
});
afterAll(() => rm(folder, { recursive: true }));

test("a stream stops once the mean is known, and goes on from a file to the same bits", async () => {
  const file = join(folder, "run.json");
  const coarse = await meanToError(0.002, 1, file);
  const stopped = fromJSON(await readFile(file, "utf8"));
  const fine = await meanToError(0.001, 1, file);
  // Beta(8, 4) has mean 8/12. Four of the errors, which may be off by a tenth: a right stream fails for 1 seed in 3000.
  for (const { mean, error } of [coarse, fine]) expect(Math.abs(mean - 2 / 3)).toBeLessThan(4 * error);
  expect(coarse.error).toBeLessThanOrEqual(0.002);
  expect(fine.error).toBeLessThanOrEqual(0.001);
  expect(fine.draws).toBeGreaterThan(coarse.draws);
  expect(stopped.tally.draws).toBe(coarse.draws);
  // Nothing is left to do, so nothing is done.
  expect(await meanToError(0.001, 1, file)).toEqual(fine);

  const other = join(folder, "other.json");
  expect(existsSync(other)).toBe(false);
  expect(await meanToError(0.001, 1, other)).toEqual(fine);
  expect(await readFile(other, "utf8")).toBe(await readFile(file, "utf8"));
});

test("saved chains survive JSON, also where a weight is 0", async () => {
  const sampler = independenceSampler({
    propose: (random) => random(),
    logWeight: (x) => (x < 0.5 ? -Infinity : x),
  });
  const plan = { chains: 8, seed: 1 };
  const first = await sample(sampler, { ...plan, draws: 8 });
  const tally = { draws: 0, mean: 0, batches: 0, batchMean: 0, squares: 0 };
  const { saved } = fromJSON(toJSON({ tally, saved: first.saved! }));
  expect(saved).toEqual(first.saved);
  expect((saved.state as { logWeights: Float64Array }).logWeights).toContain(-Infinity);
  const rest = await sample(sampler, { ...plan, draws: 80, resume: saved });
  const whole = await sample(sampler, { ...plan, draws: 80 });
  expect(rest.draws).toEqual(whole.draws.filter((_, i) => i % 10 > 0));
});

test("more draws than are in memory at once have the right share above one half", async () => {
  const draws = 50_000;
  const { share, largestBlock, proposalsPerDraw } = await shareAboveHalf(draws, 2);
  // Beta(8, 4) is above one half as often as 11 coins show at most 7 heads. Four standard errors: 1 seed in 15,000.
  const exact = 1 - (165 + 55 + 11 + 1) / 2048;
  expect(Math.abs(share - exact)).toBeLessThan(4 * Math.sqrt((exact * (1 - exact)) / draws));
  expect(largestBlock).toBeLessThanOrEqual(1024);
  expect(proposalsPerDraw).toBeLessThan(8);
});
