import { randomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { useBackend } from "../backend.ts";
import { multilayerPerceptron } from "../multilayer-perceptron.ts";
import { type TrainingResult, trainGan } from "../train-gan.ts";
import { holdOutRows } from "./held-out-rows.ts";
import type { TrainGanOptions } from "./train-gan-options.ts";

beforeAll(async () => {
  await useBackend("cpu");
});

const count = 50;
const batchSize = 8;
/** Rows that hold nothing but their own number, twice. */
const numbered = {
  data: Uint8Array.from({ length: 2 * count }, (_, i) => Math.floor(i / 2)),
  shape: [count, 2],
};

/** Trains and notes which real rows the discriminator is shown: its updates see them first, and then as many generated ones. */
async function watched(
  options: Partial<TrainGanOptions>,
): Promise<{ result: TrainingResult; seen: Set<number> }> {
  const random = randomStream("models");
  const generator = multilayerPerceptron({ inputs: 1, outputs: 2, hidden: [], random });
  const discriminator = multilayerPerceptron({ inputs: 2, outputs: 1, hidden: [], random });
  const seen = new Set<number>();
  const apply = discriminator.apply.bind(discriminator);
  discriminator.apply = (input, kwargs) => {
    const rows = input as tf.Tensor;
    if (rows.shape[0] === 2 * batchSize) {
      for (const row of tf.tidy(() => tf.slice(rows, 0, batchSize).dataSync())) seen.add(row);
    }
    return apply(input, kwargs);
  };
  const result = await trainGan({
    generator,
    discriminator,
    real: numbered,
    heldOutShare: 0.2,
    steps: 30,
    batchSize,
    learningRate: 1e-6,
    seed: 1,
    ...options,
  });
  return { result, seen };
}

describe("trainGan", () => {
  test("trains on every row that it does not hold out, and on no other", async () => {
    const { result, seen } = await watched({});
    const { rows, data, shape } = result.heldOut;
    expect(shape).toEqual([10, 2]);
    expect(data).toEqual(Float32Array.from([...rows].flatMap((row) => [row, row])));
    expect(seen).toEqual(
      new Set(Array.from({ length: count }, (_, i) => i).filter((i) => !rows.includes(i))),
    );
  });

  test("holds out the same rows whatever the seed of the run, and others by another seed for them", async () => {
    const { result: first } = await watched({ steps: 1 });
    const { result: second, seen } = await watched({ seed: 2, heldOutShare: 0.4 });
    expect(second.heldOut.rows.slice(0, 10)).toEqual(first.heldOut.rows);
    expect([...first.heldOut.rows].filter((row) => seen.has(row))).toEqual([]);
    const { result: other } = await watched({ steps: 1, heldOutSeed: "another" });
    expect(new Set(other.heldOut.rows)).not.toEqual(new Set(first.heldOut.rows));
  });

  test("holds out nothing where 0 says so", async () => {
    const { result, seen } = await watched({ heldOutShare: 0 });
    expect(result.heldOut).toEqual({ data: new Float32Array(), shape: [0, 2], rows: new Uint32Array() });
    expect(seen.size).toBe(count);
  });
});

test("every row is held out as often as any other, at any place", () => {
  const counts = new Uint32Array(5);
  for (let i = 0; i < 5000; i++) {
    const real = { data: Float32Array.of(0, 1, 2, 3, 4), shape: [5] };
    const { heldOut } = holdOutRows(real, 0.4, randomStream(1).split(i));
    expect(Array.from(heldOut.data)).toEqual(Array.from(heldOut.rows));
    counts[heldOut.rows[0]!]!++;
  }
  // 1000 each, sd 28: beyond 5 sd for about 3 seeds in a million.
  for (const n of counts) expect(Math.abs(n - 1000)).toBeLessThan(140);
});
