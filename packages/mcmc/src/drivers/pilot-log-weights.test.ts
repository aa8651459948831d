import { expect, test } from "vitest";
import type { RandomStream } from "../random/random-stream.ts";
import { randomStream } from "../random/random-stream.ts";
import { kolmogorovSmirnovPValue } from "../testing/kolmogorov-smirnov.ts";
import { pilotLogWeights } from "./pilot-log-weights.ts";

const target = { propose: (random: RandomStream) => random(), logWeight: (x: number) => 2 * x };

test("weighs proposals, the same for every batch size", async () => {
  const pilots = await pilotLogWeights(target, { count: 5000, seed: 1 });
  // Uniform on [0, 2]. Fixed seed; fails for 1 seed in 1000.
  expect(kolmogorovSmirnovPValue(Array.from(pilots), (x) => x / 2)).toBeGreaterThan(0.001);
  expect(await pilotLogWeights(target, { count: 5000, seed: randomStream(1), batchSize: 7 })).toEqual(pilots);
  expect(await pilotLogWeights(target, { count: 10, seed: 1 })).toEqual(pilots.slice(0, 10));
});

test("refuses what is off, and stops when aborted", async () => {
  await expect(pilotLogWeights(target, { count: 0, seed: 1 })).rejects.toThrow(
    "pilotLogWeights: count must be a safe integer from 1, got 0",
  );
  await expect(pilotLogWeights(target, { count: 1, seed: 1, batchSize: 0 })).rejects.toThrow("batchSize");
  const short = { proposeBatch: () => [1], logWeightBatch: () => [1] };
  await expect(pilotLogWeights(short, { count: 2, seed: 1 })).rejects.toThrow(
    "pilotLogWeights: proposeBatch must return 2 values, got 1",
  );
  const signal = AbortSignal.abort(new Error("enough"));
  await expect(pilotLogWeights(target, { count: 1, seed: 1, signal })).rejects.toThrow("enough");
});
